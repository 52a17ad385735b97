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
    cast(sum(bevindingen.aantal) as bigint) as aantal
from bevindingen
inner join gebieden on bevindingen.iza_regio = gebieden.iza_regio
group by bevindingen.maand, gebieden.gebied, bevindingen.code
