with eisen as (
    select distinct agb_vestiging_begint as eis
    from {{ ref('cluster_regel') }}
    where agb_vestiging_begint is not null
),

vestigingen as (
    -- ook van afgekeurde rijen: een vestiging te veel doet geen kwaad
    select distinct agb_vestiging from {{ source('aanlevering', 'declaraties') }}
)

select
    vestigingen.agb_vestiging,
    {{ dbt.listagg('eisen.eis', "';'", 'order by eisen.eis') }} as agb_vestiging_begint
from vestigingen
inner join eisen
    on {% for lengte in range(1, 9) -%}
    {{ 'or ' if not loop.first }}'|' || eisen.eis || '|' like '%|' || substring(vestigingen.agb_vestiging, 1, {{ lengte }}) || '|%'
    {% endfor -%}
group by vestigingen.agb_vestiging
