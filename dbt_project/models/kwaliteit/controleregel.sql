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
),

per_regel as (
    select combinaties.bestand, oordelen.regel, cast(sum(combinaties.rijen) as bigint) as rijen
    from combinaties
    inner join oordelen on ',' || combinaties.controleregels || ',' like '%,' || oordelen.regel || ',%'
    group by combinaties.bestand, oordelen.regel
)

select
    leveringen.bron,
    leveringen.maand,
    leveringen.iza_regio,
    leveringen.leverancier,
    per_regel.bestand,
    per_regel.regel,
    oordelen.oordeel,
    oordelen.inhoud,
    oordelen.reden,
    per_regel.rijen
from per_regel
inner join leveringen on per_regel.bestand = leveringen.bestand
inner join oordelen on per_regel.regel = oordelen.regel
