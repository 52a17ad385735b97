{{ config(pre_hook=geschreven_joinvolgorde(), post_hook=vrije_joinvolgorde()) }}

with declaraties as (
    select * from {{ ref('stg_declaraties') }}
),

gecrediteerd as (
    select * from {{ ref('int_gecrediteerd') }}
),

wachtlijst as (
    select * from {{ ref('stg_wachtlijst') }}
),

bedden as (
    select * from {{ ref('stg_bedden') }}
),

hic_monitor as (
    select * from {{ ref('stg_hic_monitor') }}
),

gemeenten as (
    select * from {{ ref('gemeente_iza_regio') }}
),

leveringen as (
    select * from {{ ref('stg_levering') }} where status = 'actief'
),

bekende_debets as (
    select gecrediteerd.leverancier, gecrediteerd.declaratie_id
    from declaraties
    inner join gecrediteerd
        on declaraties.leverancier = gecrediteerd.leverancier
        and declaraties.declaratie_id = gecrediteerd.declaratie_id
    where declaraties.debet_credit = 'D'
),

credits_zonder_debet as (
    select declaraties.bestand, declaraties.rijnummer, 'W01' as code
    from declaraties
    left join bekende_debets
        on declaraties.leverancier = bekende_debets.leverancier
        and declaraties.gerelateerd_declaratie_id = bekende_debets.declaratie_id
    where declaraties.debet_credit = 'C' and bekende_debets.declaratie_id is null
),

zorgvraagtype_gewist as (
    select bestand, rijnummer, 'W02' as code
    from declaraties
    where zorgvraagtype_gewist
),

woonplaatsen as (
    select bestand, rijnummer, gemeente_code from declaraties
    union all
    select bestand, rijnummer, gemeente_code from wachtlijst
),

woonregio_onbekend as (
    select woonplaatsen.bestand, woonplaatsen.rijnummer, 'W03' as code
    from woonplaatsen
    left join gemeenten on woonplaatsen.gemeente_code = gemeenten.gemeente_code
    where gemeenten.gemeente_code is null
),

overbezet as (
    select bestand, rijnummer, 'W04' as code
    from bedden
    where bezette_dagen > {{ norm('overbezetting_grens') }} * beschikbare_dagen
    union all
    select bestand, rijnummer, 'W04' as code
    from hic_monitor
    where bezette_dagen
        > {{ norm('overbezetting_grens') }} * capaciteit * {{ dagen_tussen('maand', maanden_later('maand', 1)) }}
),

signalen as (
    select * from credits_zonder_debet
    union all
    select * from zorgvraagtype_gewist
    union all
    select * from woonregio_onbekend
    union all
    select * from overbezet
)

select
    leveringen.bron,
    leveringen.maand,
    leveringen.iza_regio,
    leveringen.leverancier,
    signalen.bestand,
    signalen.rijnummer,
    signalen.code
from signalen
inner join leveringen on signalen.bestand = leveringen.bestand
