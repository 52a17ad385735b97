with stromen as (
    select * from {{ ref('int_stroom_maand') }}
),

statussen as (
    select * from {{ ref('int_maandstatus') }}
)

select
    stromen.maand,
    stromen.iza_regio,
    stromen.cluster,
    {%- for kolom in [
        'stand_begin', 'instroom_nieuw', 'instroom_terugkeer', 'instroom', 'doorstroom_in', 'doorstroom_uit',
        'uitstroom', 'stand_eind', 'personen'
    ] %}
    case when statussen.geleverd then stromen.{{ kolom }} end as {{ kolom }},
    {%- endfor %}
    statussen.status,
    statussen.volledigheid,
    statussen.geleverd
from stromen
inner join statussen
    on stromen.maand = statussen.maand
    and stromen.iza_regio = statussen.iza_regio
