with declaraties as (
    select * from {{ ref('stg_declaraties') }}
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

credits_zonder_debet as (
    select credits.bestand, credits.rijnummer, 'W01' as code
    from declaraties as credits
    left join declaraties as debets
        on credits.leverancier = debets.leverancier
        and credits.gerelateerd_declaratie_id = debets.declaratie_id
        and debets.debet_credit = 'D'
    where credits.debet_credit = 'C' and debets.declaratie_id is null
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
