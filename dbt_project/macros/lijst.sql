{# Een rij per waarde van een lijst. #}
{% macro uitgeklapt(lijst) -%}
    unnest({{ lijst }})
{%- endmacro %}

{# Of een waarde voorkomt in een tekst met waarden en een scheidingsteken ertussen. #}
{% macro staat_in(waarde, tekst, scheiding) -%}
    '{{ scheiding }}' || {{ tekst }} || '{{ scheiding }}' like '%{{ scheiding }}' || {{ waarde }} || '{{ scheiding }}%'
{%- endmacro %}

{# Of een lijst een waarde bevat; waar er geen lijst is niet. #}
{% macro bevat(lijst, waarde) -%}
    coalesce(list_contains({{ lijst }}, {{ waarde }}), false)
{%- endmacro %}
