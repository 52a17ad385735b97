-- Rijen van één versie met dezelfde volgorde zijn alternatieve voorwaarden van één regel: zij delen hun uitkomst.
select versie, volgorde
from {{ ref('cluster_regel') }}
group by versie, volgorde
having
    count(distinct regel) > 1
    or count(distinct cluster) > 1
    or count(distinct zekerheid) > 1
    or count(distinct coalesce(alternatief, '')) > 1
    or count(distinct coalesce(mismatch, '')) > 1
