{%- set uit_stroom = [
    'stand_begin', 'instroom', 'doorstroom_in', 'doorstroom_uit', 'uitstroom', 'stand_eind', 'personen'
] -%}

with stromen as (
    select * from {{ ref('int_versie_stroom_maand') }}
),

statussen as (
    select * from {{ ref('int_maandstatus') }}
),

zorg as (
    select * from {{ ref('int_versie_zorg') }}
)

select
    stromen.versie,
    stromen.maand,
    stromen.iza_regio,
    stromen.cluster,
    {%- for kolom in uit_stroom %}
    case when statussen.geleverd then stromen.{{ kolom }} end as {{ kolom }},
    {%- endfor %}
    statussen.status,
    statussen.geleverd as geleverd_declaraties,
    case when statussen.geleverd then coalesce(zorg.verblijfsdagen, 0) end as verblijfsdagen,
    case when statussen.geleverd then coalesce(zorg.contacten, 0) end as contacten
from stromen
inner join statussen
    on stromen.maand = statussen.maand
    and stromen.iza_regio = statussen.iza_regio
left join zorg
    on stromen.versie = zorg.versie
    and stromen.maand = zorg.maand
    and stromen.iza_regio = zorg.iza_regio
    and stromen.cluster = zorg.cluster
