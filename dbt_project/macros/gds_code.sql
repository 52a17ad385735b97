{# De code van een gebroken controleregel van een 573-bericht: wat zij met de rij doet. #}
{% macro gds_code(oordeel) -%}
    case {{ oordeel }} when 'geweigerd' then 'GDS-01' when 'gesignaleerd' then 'GDS-02' when 'informatief' then 'GDS-03' end
{%- endmacro %}
