with behoeften as (
    select * from {{ ref('int_benodigde_capaciteit') }}
),

cellen as (
    select * from {{ ref('int_capaciteit_cel') }}
),

maanden as (
    select * from {{ ref('int_capaciteit_cel_maand') }}
)

select
    behoeften.versie,
    behoeften.maand,
    behoeften.iza_regio,
    behoeften.cluster,
    behoeften.capaciteit_type,
    {%- for kolom in ['operationeel', 'gesloten', 'bezette_dagen', 'uitgestelde_dagen', 'opnames', 'ontslagen'] %}
    case when maanden.geleverd then maanden.{{ kolom }} end as {{ kolom }},
    {%- endfor %}
    maanden.geleverd as geleverd_bedden,
    {%- for kolom in ['wachtplekken', 'uitval'] %}
    case when maanden.geleverd_wachtlijst then maanden.{{ kolom }} end as {{ kolom }},
    {%- endfor %}
    maanden.geleverd_wachtlijst,
    {%- for kolom in [
        'maanden_basis', 'dagen', 'bezet', 'uitgesteld', 'opnames_per_dag', 'verblijfsduur_dagen', 'groei_per_dag',
        'geweigerd_per_dag', 'aandeel_uniek', 'onvervuld', 'belasting', 'benodigd', 'beschikbaar', 'tekort'
    ] %}
    behoeften.{{ kolom }}{{ ',' if not loop.last }}
    {%- endfor %}
from behoeften
inner join cellen
    on behoeften.versie = cellen.versie
    and behoeften.cluster = cellen.cluster
    and behoeften.capaciteit_type = cellen.capaciteit_type
inner join maanden
    on behoeften.maand = maanden.maand
    and behoeften.iza_regio = maanden.iza_regio
    and cellen.cel = maanden.cel
