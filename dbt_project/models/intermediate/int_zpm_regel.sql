with tellingen as (
    select * from {{ ref('int_kenmerk_telling') }}
),

bevindingen as (
    select * from {{ ref('int_kenmerk_bevinding') }}
)

select
    tellingen.maand,
    tellingen.iza_regio,
    tellingen.agb_vestiging,
    bevindingen.code,
    cast(sum(tellingen.prestaties) as bigint) as aantal
from tellingen
inner join bevindingen on tellingen.kenmerken = bevindingen.kenmerken
group by tellingen.maand, tellingen.iza_regio, tellingen.agb_vestiging, bevindingen.code
