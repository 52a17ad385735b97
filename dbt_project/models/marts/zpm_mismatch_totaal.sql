with bevindingen as (
    select * from {{ ref('zpm_mismatch') }}
),

gebieden as (
    select * from {{ ref('int_gebied') }}
)

select
    bevindingen.maand,
    gebieden.gebied as iza_regio,
    bevindingen.code,
    count(distinct bevindingen.agb_vestiging) as vestigingen,
    -- ZPM-13 gaat over een cluster van een regio, en noemt geen vestiging
    count(distinct coalesce(bevindingen.agb_vestiging, bevindingen.iza_regio || ' ' || bevindingen.cluster)) as gevallen,
    cast(sum(bevindingen.aantal) as bigint) as aantal
from bevindingen
inner join gebieden on bevindingen.iza_regio = gebieden.iza_regio
group by bevindingen.maand, gebieden.gebied, bevindingen.code
