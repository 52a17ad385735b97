{# Dagen en maanden verder, ertussen, en de laatste dag. Op DuckDB zegt dbt het zelf; op Spark rekent dbt met tijdstippen en weigert het
   een lege datum, en staan hier de functies van Spark voor dagen. #}

{% macro laatste_dag_van(maand) -%}
    {{ adapter.dispatch('laatste_dag_van')(maand) }}
{%- endmacro %}

{% macro default__laatste_dag_van(maand) -%}
    cast({{ dbt.last_day(maand, 'month') }} as date)
{%- endmacro %}

{% macro spark__laatste_dag_van(maand) -%}
    last_day({{ maand }})
{%- endmacro %}

{% macro dagen_later(datum, dagen) -%}
    {{ adapter.dispatch('dagen_later')(datum, dagen) }}
{%- endmacro %}

{% macro default__dagen_later(datum, dagen) -%}
    cast({{ dbt.dateadd('day', dagen, datum) }} as date)
{%- endmacro %}

{% macro spark__dagen_later(datum, dagen) -%}
    date_add({{ datum }}, cast({{ dagen }} as integer))
{%- endmacro %}

{% macro maanden_later(datum, maanden) -%}
    {{ adapter.dispatch('maanden_later')(datum, maanden) }}
{%- endmacro %}

{% macro default__maanden_later(datum, maanden) -%}
    cast({{ dbt.dateadd('month', maanden, datum) }} as date)
{%- endmacro %}

{% macro spark__maanden_later(datum, maanden) -%}
    add_months({{ datum }}, cast({{ maanden }} as integer))
{%- endmacro %}

{% macro dagen_tussen(van, tot) -%}
    {{ adapter.dispatch('dagen_tussen')(van, tot) }}
{%- endmacro %}

{% macro default__dagen_tussen(van, tot) -%}
    {{ dbt.datediff(van, tot, 'day') }}
{%- endmacro %}

{% macro spark__dagen_tussen(van, tot) -%}
    datediff({{ tot }}, {{ van }})
{%- endmacro %}

{# Van de eerste dag van een maand tot de eerste dag van een andere. #}
{% macro maanden_tussen(van, tot) -%}
    {{ adapter.dispatch('maanden_tussen')(van, tot) }}
{%- endmacro %}

{% macro default__maanden_tussen(van, tot) -%}
    {{ dbt.datediff(van, tot, 'month') }}
{%- endmacro %}

{% macro spark__maanden_tussen(van, tot) -%}
    cast(months_between({{ tot }}, {{ van }}) as integer)
{%- endmacro %}
