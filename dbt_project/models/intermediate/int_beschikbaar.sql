select
    maand,
    iza_regio,
    cluster,
    cast(sum(operationeel) as bigint) as beschikbaar
from {{ ref('capaciteit_maand') }}
where geleverd
group by maand, iza_regio, cluster
