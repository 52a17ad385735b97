with aangeleverd as (
    select * from {{ ref('int_actief') }} where bron = 'declaraties'
),

laatste_maanden as (
    select iza_regio, max(maand) as maand
    from aangeleverd
    group by iza_regio
)

select
    iza_regio,
    {{ laatste_dag_van('maand') }} as peildatum
from laatste_maanden
