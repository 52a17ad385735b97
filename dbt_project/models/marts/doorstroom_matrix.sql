with episodes as (
    select *, {{ maand_van('begindatum') }} as maand
    from {{ ref('episode') }}
    where soort_in = 'doorstroom'
),

statussen as (
    select * from {{ ref('int_maandstatus') }}
),

tellingen as (
    select
        maand,
        van_regio,
        van_cluster,
        iza_regio as naar_regio,
        cluster as naar_cluster,
        count(*) as aantal
    from episodes
    group by maand, van_regio, van_cluster, iza_regio, cluster
)

select
    tellingen.*,
    statussen.status,
    statussen.volledigheid
from tellingen
inner join statussen
    on tellingen.maand = statussen.maand
    and tellingen.naar_regio = statussen.iza_regio
