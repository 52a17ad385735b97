{# Kwantiel, lineair geinterpoleerd tussen de twee waarden eromheen. #}
{% macro kwantiel(waarde, deel) -%}
    percentile_cont({{ deel }}) within group (order by cast({{ waarde }} as double))
{%- endmacro %}
