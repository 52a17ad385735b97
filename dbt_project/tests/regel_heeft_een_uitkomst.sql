{{ config(meta={'dagster': {'ref': {'name': 'cluster_regel'}}}) }}
-- Rijen van één versie met dezelfde volgorde zijn alternatieve voorwaarden van één regel: zij delen hun uitkomst. Een regel staat op één
-- plaats.
select versie, cast(volgorde as varchar) as wat
from {{ met_eigen('cluster_regel') }} as regels
group by versie, volgorde
having
    count(distinct regel) > 1
    or count(distinct cluster) > 1
    or count(distinct zekerheid) > 1
    or count(distinct coalesce(alternatief, '')) > 1
    or count(distinct coalesce(mismatch, '')) > 1
union all
select versie, regel as wat
from {{ met_eigen('cluster_regel') }} as regels
group by versie, regel
having count(distinct volgorde) > 1
