{{ config(materialized='view') }}

-- van huis naar de regio van behandeling, van wie buiten de eigen regio zorg kreeg
select
    maand,
    woonregio,
    cluster,
    {{ verhouding(
        'sum(cast(patienten * afstand_km as decimal(28, 9)))', 'sum(case when afstand_km is not null then patienten end)'
    ) }} as afstand_elders_km
from {{ ref('herkomst_bestemming') }}
where bovenregionaal
group by maand, woonregio, cluster
