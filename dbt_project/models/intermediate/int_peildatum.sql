with geleverd as (
    select * from {{ ref('int_geleverd') }} where bron = 'declaraties'
),

laatste_maanden as (
    select iza_regio, max(maand) as maand
    from geleverd
    group by iza_regio
)

select
    iza_regio,
    {{ laatste_dag_van('maand') }} as peildatum
from laatste_maanden
