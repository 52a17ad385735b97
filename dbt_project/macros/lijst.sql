{# Een rij per waarde van een lijst. #}
{% macro uitgeklapt(lijst) -%}
    unnest({{ lijst }})
{%- endmacro %}

{# Of een waarde voorkomt in een tekst met waarden en een scheidingsteken ertussen. #}
{% macro staat_in(waarde, tekst, scheiding) -%}
    '{{ scheiding }}' || {{ tekst }} || '{{ scheiding }}' like '%{{ scheiding }}' || {{ waarde }} || '{{ scheiding }}%'
{%- endmacro %}
