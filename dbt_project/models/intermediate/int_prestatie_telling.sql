select
    maand,
    iza_regio,
    agb_vestiging,
    cluster,
    mismatch,
    wet,
    prestatietype,
    setting,
    verzorgingsgraad,
    count(*) as prestaties
from {{ ref('int_prestatie') }}
group by maand, iza_regio, agb_vestiging, cluster, mismatch, wet, prestatietype, setting, verzorgingsgraad
