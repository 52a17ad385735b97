with goede_rijen as (
    select bestand, count(*) as rijen
    from {{ source('aanlevering', 'rij') }}
    where codes is null
    group by bestand
),

dubbelen as (
    select bestand, count(*) as rijen
    from {{ ref('stg_dubbel') }}
    where codes is null
    group by bestand
)

select
    goede_rijen.bestand,
    goede_rijen.rijen - coalesce(dubbelen.rijen, 0) as rijen_geaccepteerd
from goede_rijen
left join dubbelen on goede_rijen.bestand = dubbelen.bestand
