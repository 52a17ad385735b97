{{ config(materialized='view') }}

with regels as (
    select distinct versie from {{ ref('cluster_regel') }}
),

definities as (
    select * from {{ ref('definitie_versie') }}
)

select
    regels.versie,
    coalesce(definities.standaard = 'J', false) as is_standaard
from regels
left join definities on regels.versie = definities.versie
