{# De waarden van een groep achter elkaar, op volgorde, met een scheiding ertussen. Op Spark houdt dbt zelf de volgorde niet aan. #}

{% macro samengevoegd(kolom, scheiding) -%}
    {{ adapter.dispatch('samengevoegd')(kolom, scheiding) }}
{%- endmacro %}

{% macro default__samengevoegd(kolom, scheiding) -%}
    {{ dbt.listagg(kolom, "'" ~ scheiding ~ "'", 'order by ' ~ kolom) }}
{%- endmacro %}

{% macro spark__samengevoegd(kolom, scheiding) -%}
    listagg({{ kolom }}, '{{ scheiding }}') within group (order by {{ kolom }})
{%- endmacro %}
