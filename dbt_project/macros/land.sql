{#
  Het land van een mart: haar tellingen opgeteld over de regio's, per maand en de gegeven sleutel. Deze tabellen zijn er voor de
  openbare versie: van de marts zelf ziet ieder alleen haar eigen regio. regios_geleverd: regio's die de bron die maand leverden.
  waar: welke rijen (delen) meetellen.
#}
{% macro land(mart, bron, sleutel, vrij=[], tellingen=[], waar=none) -%}
with delen as (
    select * from {{ ref(mart) }}
),

geleverd as (
    select maand, count(*) as regios_geleverd
    from {{ ref('int_geleverd') }}
    where bron = '{{ bron }}'
    group by maand
)

select
    delen.maand,
    'NL' as iza_regio,
    {%- for kolom in sleutel %}
    delen.{{ kolom }},
    {%- endfor %}
    {%- for kolom in vrij + tellingen %}
    cast(sum(delen.{{ kolom }}) as bigint) as {{ kolom }},
    {%- endfor %}
    max(geleverd.regios_geleverd) as regios_geleverd
from delen
left join geleverd on delen.maand = geleverd.maand
{%- if waar %}
where {{ waar }}
{%- endif %}
group by delen.maand{% for kolom in sleutel %}, delen.{{ kolom }}{% endfor %}
{%- endmacro %}
