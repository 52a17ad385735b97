{# Deling van twee gehele getallen of decimalen, NULL bij deler 0: een keer gedeeld, dus bij elke run dezelfde bits. #}
{% macro verhouding(teller, noemer) -%}
    cast({{ teller }} as double) / nullif(cast({{ noemer }} as double), 0)
{%- endmacro %}

{#
  Gemiddelde van een decimale kolom, zelf weer decimaal: een som van doubles hangt af van de volgorde waarin threads optellen,
  een som van decimalen niet.
#}
{% macro gemiddelde(kolom) -%}
    cast(cast(sum({{ kolom }}) as double) / nullif(count({{ kolom }}), 0) as decimal(18, 12))
{%- endmacro %}

{# De NZa geeft geen getal bij te weinig locaties, maar de tekst dat het er te weinig zijn. #}
{% macro gepubliceerd_getal(kolom) -%}
    case when {{ kolom }} like '<%' then null else cast({{ kolom }} as double) end
{%- endmacro %}

{#
  Som van doubles, via decimalen: een som van doubles hangt af van de volgorde waarin threads optellen, een som van decimalen
  niet. NULL telt niet mee, en is de uitkomst waar alles NULL is.
#}
{% macro som(kolom) -%}
    cast(sum(cast({{ kolom }} as decimal(28, 15))) as double)
{%- endmacro %}

{# Een getal in een zin: heel waar het heel is, anders met een decimaal. #}
{% macro getaltekst(kolom) -%}
    case
        when {{ kolom }} = floor({{ kolom }}) then cast(cast({{ kolom }} as bigint) as string)
        else replace(cast(cast({{ kolom }} as decimal(18, 1)) as string), '.', ',')
    end
{%- endmacro %}
