{%- set bronnen = ['declaraties', 'hic_monitor', 'wachtlijst', 'bedden', 'wachttijden_open', 'verzekerden'] -%}

with goede_rijen as (
    {%- for bron in bronnen %}
    select bestand, count(*) as rijen
    from {{ source('aanlevering', bron) }}
    where codes is null
    group by bestand
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

dubbelen as (
    {%- for bron in bronnen if heeft_sleutel(bron) %}
    select bestand, count(*) as rijen
    from {{ ref('stg_dubbele_' ~ bron) }}
    where codes is null
    group by bestand
    {{ 'union all' if not loop.last }}
    {%- endfor %}
)

select
    goede_rijen.bestand,
    goede_rijen.rijen - coalesce(dubbelen.rijen, 0) as rijen_geaccepteerd
from goede_rijen
left join dubbelen on goede_rijen.bestand = dubbelen.bestand
