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
),

capaciteit as (
    select * from {{ ref('int_versie_capaciteit') }}
),

bedden_geleverd as (
    select * from {{ ref('int_geleverd') }} where bron = 'bedden'
),

wachtlijst_geleverd as (
    select * from {{ ref('int_geleverd') }} where bron = 'wachtlijst'
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
    case when statussen.geleverd then coalesce(zorg.contacten, 0) end as contacten,
    capaciteit.operationeel,
    capaciteit.bezet,
    capaciteit.uitgestelde_dagen,
    bedden_geleverd.maand is not null as geleverd_bedden,
    capaciteit.wachtplekken,
    wachtlijst_geleverd.maand is not null as geleverd_wachtlijst,
    capaciteit.belasting,
    capaciteit.benodigd,
    capaciteit.beschikbaar,
    capaciteit.tekort
from stromen
inner join statussen
    on stromen.maand = statussen.maand
    and stromen.iza_regio = statussen.iza_regio
inner join capaciteit
    on stromen.versie = capaciteit.versie
    and stromen.maand = capaciteit.maand
    and stromen.iza_regio = capaciteit.iza_regio
    and stromen.cluster = capaciteit.cluster
left join zorg
    on stromen.versie = zorg.versie
    and stromen.maand = zorg.maand
    and stromen.iza_regio = zorg.iza_regio
    and stromen.cluster = zorg.cluster
left join bedden_geleverd
    on stromen.maand = bedden_geleverd.maand
    and stromen.iza_regio = bedden_geleverd.iza_regio
left join wachtlijst_geleverd
    on stromen.maand = wachtlijst_geleverd.maand
    and stromen.iza_regio = wachtlijst_geleverd.iza_regio
