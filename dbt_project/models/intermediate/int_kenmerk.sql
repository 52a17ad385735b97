with sleutels as (
    select distinct kenmerken from {{ ref('int_prestatie_kenmerk') }}
),

delen as (
    select
        kenmerken
        {%- for deel in delen_van_prestatiesleutel() %},
        {{ deel_van_prestatiesleutel(deel) }} as {{ deel }}
        {%- endfor %}
    from sleutels
),

codes as (
    select distinct code_kenmerken, {{ kenmerken_van_code() | join(', ') }}
    from {{ ref('int_prestatiecode') }}
),

vestigingen as (
    select distinct vestiging_kenmerken, {{ kenmerken_van_vestiging() | join(', ') }}
    from {{ ref('int_vestiging_kenmerk') }}
)

select
    delen.kenmerken,
    delen.wet,
    {%- for kenmerk in kenmerken_van_code() %}
    codes.{{ kenmerk }},
    {%- endfor %}
    {%- for kenmerk in kenmerken_van_vestiging() %}
    -- een vestiging die in de maand geen eenheid of afdeling opgaf, heeft er geen
    coalesce(vestigingen.{{ kenmerk }}, false) as {{ kenmerk }},
    {%- endfor %}
    delen.traject_setting8 = 'true' as traject_setting8,
    cast(delen.zorgvraagtype as integer) as zorgvraagtype,
    delen.agb_vestiging_begint
from delen
inner join codes on delen.code_kenmerken = codes.code_kenmerken
left join vestigingen on delen.vestiging_kenmerken = vestigingen.vestiging_kenmerken
