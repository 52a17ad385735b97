{# Drempels en gewichten van de kwaliteitslaag: seeds/kwaliteit_norm.csv. #}
{% macro norm_kwaliteit(naam) -%}
    (select waarde from {{ ref('kwaliteit_norm') }} where norm = '{{ naam }}')
{%- endmacro %}
