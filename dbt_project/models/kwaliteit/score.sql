{%- set delen = ['dekking', 'geldigheid', 'tijdigheid'] -%}

with leveringen as (
    select * from {{ ref('verwachte_levering') }}
    -- zolang de termijn loopt telt wat er niet is niet mee
    where leverancier is not null and (ontvangen or verwacht and verstreken)
),

per_leverancier as (
    select
        maand,
        bron,
        leverancier,
        count(case when verwacht then 1 end) as verwachte_leveringen,
        count(case when ontvangen then 1 end) as leveringen,
        cast(coalesce(sum(rijen_gelezen), 0) as bigint) as rijen_gelezen,
        cast(coalesce(sum(rijen_geaccepteerd), 0) as bigint) as rijen_geaccepteerd,
        {{ verhouding('count(case when verwacht and ontvangen then 1 end)', 'count(case when verwacht then 1 end)') }} as dekking,
        case
            when count(case when ontvangen then 1 end) = 0 then null
            when sum(rijen_gelezen) = 0 then cast(1 as double)
            -- er zijn rijen
            else {{ verhouding('sum(rijen_geaccepteerd)', 'sum(rijen_gelezen)') }}
        end as geldigheid,
        {{ verhouding('count(case when op_tijd then 1 end)', 'count(op_tijd)') }} as tijdigheid
    from leveringen
    group by maand, bron, leverancier
)

select
    *,
    100 * (
        {%- for deel in delen %}
        coalesce({{ norm_kwaliteit('score_gewicht_' ~ deel) }} * {{ deel }}, 0){{ ' +' if not loop.last }}
        {%- endfor %}
    ) / (
        {%- for deel in delen %}
        case when {{ deel }} is null then 0 else cast({{ norm_kwaliteit('score_gewicht_' ~ deel) }} as double) end
        {{- ' +' if not loop.last }}
        {%- endfor %}
    ) as score
from per_leverancier
