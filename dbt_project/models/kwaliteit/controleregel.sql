with leveringen as (
    select * from {{ ref('stg_levering') }} where status = 'actief'
),

oordelen as (
    select * from {{ ref('gds801_oordeel') }}
),

-- eerst tellen: er zijn maar weinig combinaties van regels
combinaties as (
    select bestand, controleregels, count(*) as rijen
    from {{ source('aanlevering', 'declaraties') }}
    where controleregels is not null
    group by bestand, controleregels
)

select
    leveringen.bron,
    leveringen.maand,
    leveringen.iza_regio,
    leveringen.leverancier,
    combinaties.bestand,
    oordelen.regel,
    oordelen.oordeel,
    oordelen.inhoud,
    oordelen.reden,
    cast(sum(combinaties.rijen) as bigint) as rijen
from combinaties
inner join leveringen on combinaties.bestand = leveringen.bestand
inner join oordelen on ',' || combinaties.controleregels || ',' like '%,' || oordelen.regel || ',%'
group by
    leveringen.bron,
    leveringen.maand,
    leveringen.iza_regio,
    leveringen.leverancier,
    combinaties.bestand,
    oordelen.regel,
    oordelen.oordeel,
    oordelen.inhoud,
    oordelen.reden
