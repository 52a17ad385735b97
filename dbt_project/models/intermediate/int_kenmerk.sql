with wetten as (
    -- ook van afgekeurde rijen: een combinatie te veel doet geen kwaad
    select distinct wet from {{ source('aanlevering', 'declaraties') }} where wet is not null
),

codes as (
    select distinct code_kenmerken, {{ kenmerken_van_code() | join(', ') }}
    from {{ ref('int_prestatiecode') }}
),

vestigingen as (
    select distinct vestiging_kenmerken, {{ kenmerken_van_vestiging() | join(', ') }}
    from {{ ref('int_vestiging_kenmerk') }}
    union all
    -- een vestiging die in de maand geen eenheid of afdeling opgaf
    select
        null as vestiging_kenmerken,
        {%- for kenmerk in kenmerken_van_vestiging() %}
        false as {{ kenmerk }}{{ ',' if not loop.last }}
        {%- endfor %}
),

trajecten as (
    select true as traject_setting8
    union all
    select false as traject_setting8
)

select
    {{ kenmerkkolommen() | join(',\n    ') }},
    {{ prestatiesleutel() }} as kenmerken
from wetten
cross join codes
cross join vestigingen
cross join trajecten
