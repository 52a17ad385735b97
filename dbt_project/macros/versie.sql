{# De rijen van een tabel over de definitie: die van de seed, en die van versies die met ggz definitie zijn opgenomen. #}
{% macro met_eigen(tabel) -%}
    (
        select * from {{ ref(tabel) }}
        union all
        select * from {{ source('definities', tabel) }}
    )
{%- endmacro %}

{#
  Een kaart per versie van de definitie (spec 2.4): een rij met de eigen naam van de versie gaat voor een rij zonder versie.
  Wat alleen een andere versie plaatst, is onbepaald.
#}
{% macro kaart_per_versie(kaart, sleutel, uitkomsten=[]) -%}
with versies as (
    select * from {{ ref('int_versie') }}
),

kaart as (
    select * from {{ met_eigen(kaart) }} as rijen
),

sleutels as (
    select distinct {{ sleutel }} from kaart
)

select
    versies.versie,
    versies.is_standaard,
    sleutels.{{ sleutel }},
    coalesce(eigen.cluster, gewoon.cluster, 'onbepaald') as cluster
    {%- for kolom in uitkomsten %},
    coalesce(eigen.{{ kolom }}, gewoon.{{ kolom }}) as {{ kolom }}
    {%- endfor %}
from versies
cross join sleutels
left join kaart as gewoon
    on sleutels.{{ sleutel }} = gewoon.{{ sleutel }} and gewoon.versie is null
left join kaart as eigen
    on sleutels.{{ sleutel }} = eigen.{{ sleutel }} and versies.versie = eigen.versie
{%- endmacro %}


{# De versie waarmee de marts rekenen. #}
{% macro standaardversie() -%}
    (select versie from {{ ref('int_versie') }} where is_standaard)
{%- endmacro %}

{# Wat per versie, maand, regio en cluster wordt geteld om de stroom van te maken (spec 3.2). #}
{% macro stroomtellingen() -%}
    {{ return([
        'begonnen', 'instroom_nieuw', 'instroom_terugkeer', 'doorstroom_in', 'geeindigd', 'doorstroom_uit', 'uitstroom', 'personen'
    ]) }}
{%- endmacro %}
