{# Rekenen met dagen en maanden, altijd met een DATE als uitkomst (dateadd geeft op sommige databases een tijdstip). #}

{% macro maand_van(datum) -%}
    cast({{ dbt.date_trunc('month', datum) }} as date)
{%- endmacro %}

{% macro laatste_dag_van(maand) -%}
    cast({{ dbt.last_day(maand, 'month') }} as date)
{%- endmacro %}

{% macro dagen_later(datum, dagen) -%}
    cast({{ dbt.dateadd('day', dagen, datum) }} as date)
{%- endmacro %}

{% macro maanden_later(datum, maanden) -%}
    cast({{ dbt.dateadd('month', maanden, datum) }} as date)
{%- endmacro %}

{% macro dagen_tussen(van, tot) -%}
    {{ dbt.datediff(van, tot, 'day') }}
{%- endmacro %}

{% macro dagen_eerder(datum, dagen) -%}
    {{ dagen_later(datum, '-1 * ' ~ dagen) }}
{%- endmacro %}

{# jjjj-mm van een dag: zo heten aanlevermaanden in de kwaliteitstabellen. #}
{% macro maandtekst(datum) -%}
    substring(cast({{ datum }} as varchar), 1, 7)
{%- endmacro %}
