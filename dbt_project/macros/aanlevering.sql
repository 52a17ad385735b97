{# De geaccepteerde rijen van actieve aanleveringen van een bron: alleen die tellen mee in cijfers. #}
{% macro geaccepteerde_rijen(bron) %}
    select
        rijen.*,
        leveringen.aanlevermaand,
        leveringen.iza_regio,
        leveringen.leverancier
    from {{ source('aanlevering', bron) }} as rijen
    inner join {{ ref('stg_levering') }} as leveringen
        on rijen.bestand = leveringen.bestand and leveringen.status = 'actief'
    left join {{ ref('stg_dubbel') }} as dubbelen
        on rijen.bestand = dubbelen.bestand and rijen.rijnummer = dubbelen.rijnummer
    where rijen.codes is null and dubbelen.bestand is null
{% endmacro %}

{# De codes van een rij, met A04 erbij, op volgorde en met komma's ertussen. #}
{% macro codes_met_a04(codes, is_dubbel) -%}
    concat_ws(
        ',',
        {%- for code in ['A01', 'A02', 'A03'] %}
        case when {{ codes }} like '%{{ code }}%' then '{{ code }}' end,
        {%- endfor %}
        case when {{ is_dubbel }} then 'A04' end,
        {%- for code in ['A05', 'A06'] %}
        case when {{ codes }} like '%{{ code }}%' then '{{ code }}' end
        {%- if not loop.last %},{% endif %}
        {%- endfor %}
    )
{%- endmacro %}

{#
  Van elke bron de rijen die alleen om hun sleutel zijn afgekeurd (A04), als JSON uit de kolommen van het contract: van andere
  afgekeurde rijen bewaart de ingang de tekst zoals zij is aangeleverd. Welke bronnen er zijn staat in bronnen.yml (meta).
#}
{% macro dubbelen_als_json(dubbelen) -%}
    {%- set tabellen = graph.sources.values() | selectattr('meta.bron', 'defined') | list if execute else [] -%}
    {%- for tabel in tabellen %}
    select
        rijen.bestand,
        rijen.rijnummer,
        cast(json_object(
            {%- for kolom in tabel.meta.kolommen %}
            '{{ kolom }}', cast(rijen.{{ kolom }} as varchar){{ ',' if not loop.last }}
            {%- endfor %}
        ) as varchar) as rij
    from {{ tabel.relation_name }} as rijen
    inner join {{ dubbelen }} as dubbelen
        on rijen.bestand = dubbelen.bestand and rijen.rijnummer = dubbelen.rijnummer
    {{ 'union all' if not loop.last }}
    {%- endfor %}
{%- endmacro %}
