-- Rijen van één versie met dezelfde volgorde zijn alternatieve voorwaarden van één regel: zij delen hun uitkomst.
select versie, volgorde
from {{ met_eigen('cluster_regel') }} as regels
group by versie, volgorde
having
    count(distinct regel) > 1
    or count(distinct cluster) > 1
    or count(distinct zekerheid) > 1
    or count(distinct coalesce(alternatief, '')) > 1
    or count(distinct coalesce(mismatch, '')) > 1
