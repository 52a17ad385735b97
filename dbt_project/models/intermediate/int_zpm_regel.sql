select
    maand,
    iza_regio,
    agb_vestiging,
    mismatch as code,
    cast(sum(prestaties) as bigint) as aantal
from {{ ref('int_prestatie_telling') }}
where mismatch is not null
group by maand, iza_regio, agb_vestiging, mismatch
