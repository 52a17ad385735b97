{# Rekenen met dagen en maanden, altijd met een DATE als uitkomst; wat per motor anders heet, staat in motor/datum.sql. #}

{% macro maand_van(datum) -%}
    cast({{ dbt.date_trunc('month', datum) }} as date)
{%- endmacro %}

{% macro dagen_eerder(datum, dagen) -%}
    {{ dagen_later(datum, '-1 * ' ~ dagen) }}
{%- endmacro %}

{# jjjj-mm van een dag: zo heten aanlevermaanden in de kwaliteitstabellen. #}
{% macro maandtekst(datum) -%}
    substring(cast({{ datum }} as string), 1, 7)
{%- endmacro %}
