{# Het gemiddelde van een decimale kolom, als double. Spark geeft er zelf een decimaal met vier cijfers meer, en rondt dus af. #}

{% macro midden(kolom) -%}
    {{ adapter.dispatch('midden')(kolom) }}
{%- endmacro %}

{% macro default__midden(kolom) -%}
    avg({{ kolom }})
{%- endmacro %}

{% macro spark__midden(kolom) -%}
    {{ verhouding('sum(' ~ kolom ~ ')', 'count(' ~ kolom ~ ')') }}
{%- endmacro %}
