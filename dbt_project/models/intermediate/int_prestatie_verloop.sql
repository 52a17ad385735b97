with debetprestaties as (
    select * from {{ ref('int_debetprestatie') }}
),

perioden as (
    select maand, aanlevermaand, kredietmaand, count(*) as prestaties
    from debetprestaties
    group by maand, aanlevermaand, kredietmaand
),

mutaties as (
    select maand as prestatiemaand, aanlevermaand, prestaties as mutatie
    from perioden
    union all
    -- een intrekking telt vanaf de maand waarin zij binnenkwam, en nooit voor de prestatie zelf
    select maand as prestatiemaand, greatest(aanlevermaand, kredietmaand) as aanlevermaand, -prestaties as mutatie
    from perioden
    where kredietmaand is not null
)

select
    prestatiemaand,
    aanlevermaand,
    cast(sum(mutatie) as bigint) as mutatie
from mutaties
group by prestatiemaand, aanlevermaand
