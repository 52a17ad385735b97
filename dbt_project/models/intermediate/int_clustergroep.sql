{{ config(materialized='view') }}

-- een cluster telt voor zichzelf; twee groepen tellen er meer samen, elk onder een eigen naam
with clusters as (
    select * from {{ ref('cluster') }}
)

select cluster, cluster as groep
from clusters
union all
select cluster, 'zes_clusters' as groep
from clusters
where is_cluster = 'J'
union all
select cluster, 'zes_clusters_en_niet_cruciaal' as groep
from clusters
where is_cluster = 'J' or cluster = 'niet_cruciaal'
