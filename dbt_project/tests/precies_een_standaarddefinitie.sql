{{ config(meta={'dagster': {'ref': {'name': 'definitie_versie'}}}) }}
-- De marts rekenen met één definitie, en die heeft regels.
select count(*) as standaarden
from {{ ref('definitie_versie') }}
where standaard = 'J'
    and versie in (select versie from {{ ref('cluster_regel') }})
having count(*) <> 1
