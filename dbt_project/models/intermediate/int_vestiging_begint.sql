with eisen as (
    select distinct agb_vestiging_begint as eis
    from {{ met_eigen('cluster_regel') }} as regels
    where agb_vestiging_begint is not null
),

vestigingen as (
    -- ook van afgekeurde rijen: een vestiging te veel doet geen kwaad
    select distinct agb_vestiging from {{ source('aanlevering', 'declaraties') }}
)

select
    vestigingen.agb_vestiging,
    {{ samengevoegd('eisen.eis', ';') }} as agb_vestiging_begint
from vestigingen
inner join eisen
    on {{ begint_met('vestigingen.agb_vestiging', 'eisen.eis') }}
group by vestigingen.agb_vestiging
