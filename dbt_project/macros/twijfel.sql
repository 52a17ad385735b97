{# Hoe zwaar een twijfel weegt: wat er aan personen, dagen, prestaties en geld onder valt. #}
{% macro twijfelgewicht(zorgdagen) -%}
    count(distinct {{ zorgdagen }}.patient_nr) as personen,
    count(*) as zorgdagen,
    cast(sum({{ zorgdagen }}.verblijfsdagen) as bigint) as verblijfsdagen,
    cast(sum({{ zorgdagen }}.prestaties) as bigint) as prestaties,
    sum({{ zorgdagen }}.bedrag) as bedrag
{%- endmacro %}
