{#
  Sommen over de laatste twaalf maanden (norm venster_maanden) tot en met `maand`. `maanden`: hoeveel maanden van het venster
  er rijen hebben.
#}
{% macro jaarsom(rijen, sleutel, kolommen, extra={}) -%}
select
    tijd.maand,
    {%- for kolom in sleutel %}
    {{ rijen }}.{{ kolom }},
    {%- endfor %}
    {%- for kolom, is_heel in kolommen.items() %}
    {{ som_van(rijen ~ '.' ~ kolom, is_heel) }} as {{ kolom }},
    {%- endfor %}
    {%- for naam, uitdrukking in extra.items() %}
    {{ uitdrukking }} as {{ naam }},
    {%- endfor %}
    count(distinct {{ rijen }}.maand) as maanden
from {{ rijen }}
inner join {{ ref('int_maand') }} as tijd
    on {{ rijen }}.maand <= tijd.maand
    and {{ rijen }}.maand >= {{ maanden_later('tijd.maand', '1 - cast(' ~ norm('venster_maanden') ~ ' as integer)') }}
group by tijd.maand{% for kolom in sleutel %}, {{ rijen }}.{{ kolom }}{% endfor %}
{%- endmacro %}
