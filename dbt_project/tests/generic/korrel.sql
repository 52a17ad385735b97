{# De korrel: geen twee rijen met dezelfde sleutel, en geen lege sleutelkolom (behalve wat leeg mag zijn). #}
{% test korrel(model, kolommen, mag_leeg=[]) %}

select {{ kolommen | join(', ') }}, count(*) as rijen
from {{ model }}
group by {{ kolommen | join(', ') }}
having
    count(*) > 1
    {%- for kolom in kolommen if kolom not in mag_leeg %}
    or {{ kolom }} is null
    {%- endfor %}

{% endtest %}
