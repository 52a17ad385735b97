{{ config(materialized='view') }}

with regels as (
    select distinct versie from {{ met_eigen('cluster_regel') }} as regels
),

definities as (
    select * from {{ met_eigen('definitie_versie') }} as definities
)

select
    regels.versie,
    coalesce(definities.standaard = 'J', false) as is_standaard
from regels
left join definities on regels.versie = definities.versie
