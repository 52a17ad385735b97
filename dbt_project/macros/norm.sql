{# Normen, drempels en vensters staan als rij in seeds/norm.csv en seeds/episode_parameter.csv, met hun bron. #}

{% macro norm(naam) -%}
    (select waarde from {{ ref('norm') }} where norm = '{{ naam }}')
{%- endmacro %}

{% macro episode_parameter(naam) -%}
    (select waarde from {{ ref('episode_parameter') }} where parameter = '{{ naam }}')
{%- endmacro %}

{# Naar boven afgerond, van de waarde min een marge tegen ruis in de laatste cijfers (spec 3.4). #}
{% macro naar_boven(waarde) -%}
    cast(ceil({{ waarde }} - cast({{ norm('ceil_marge') }} as double)) as bigint)
{%- endmacro %}
