{{ config(materialized='view') }}
{%- set bronnen = ['declaraties', 'hic_monitor', 'wachtlijst', 'bedden'] %}

{% for bron in bronnen %}
select '{{ bron }}' as bron, maand, iza_regio from {{ ref('int_geleverd_' ~ bron) }}
{{ 'union all' if not loop.last }}
{%- endfor %}
