select
    maand,
    iza_regio,
    agb_vestiging,
    kenmerken,
    count(*) as prestaties
from {{ ref('int_prestatie_kenmerk') }}
group by maand, iza_regio, agb_vestiging, kenmerken
