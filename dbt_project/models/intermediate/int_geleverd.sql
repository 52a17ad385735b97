with leveringen as (
    select * from {{ ref('stg_levering') }} where status = 'actief'
),

tellingen as (
    select * from {{ ref('int_rijtelling') }} where rijen_geaccepteerd > 0
)

select distinct
    leveringen.bron,
    leveringen.aanlevermaand as maand,
    leveringen.iza_regio
from leveringen
left join tellingen on leveringen.bestand = tellingen.bestand
-- een nulmelding, of een aanlevering waarvan ten minste een rij is geaccepteerd (spec 3b)
where leveringen.rijen_gelezen = 0 or tellingen.bestand is not null
