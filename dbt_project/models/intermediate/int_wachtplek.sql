with wachtlijst as (
    select * from {{ ref('stg_wachtlijst') }}
),

clusters as (
    select * from {{ ref('int_zorgvorm_cluster') }} where is_standaard
),

met_peildag as (
    select
        wachtlijst.*,
        clusters.cluster,
        {{ laatste_dag_van('wachtlijst.maand') }} as peildag
    from wachtlijst
    inner join clusters on wachtlijst.zorgvorm = clusters.zorgvorm
),

met_stand as (
    select
        *,
        (startdatum_behandeling is null or startdatum_behandeling > peildag)
        and (einddatum is null or einddatum > peildag) as is_open,
        intakedatum is not null and intakedatum <= peildag as heeft_intake
    from met_peildag
)

select
    maand,
    iza_regio,
    leverancier,
    agb_vestiging,
    wachtplek_id,
    cluster,
    patient_pseudoniem,
    geboortejaar,
    gemeente_code,
    agb_onderneming,
    zorgvorm,
    hoofddiagnosegroep,
    urgentie,
    aanmelddatum,
    intakedatum,
    startdatum_behandeling,
    einddatum,
    reden_einde,
    exclusiecriterium,
    voorkeursaanbieder,
    bemiddeling,
    is_open,
    case
        when not is_open then null
        when heeft_intake then 'behandeling'
        else 'aanmelding'
    end as fase,
    case when is_open then {{ dagen_tussen('aanmelddatum', 'peildag') }} end as wacht_totaal_dagen,
    case
        when not is_open then null
        when heeft_intake then {{ dagen_tussen('intakedatum', 'peildag') }}
        else {{ dagen_tussen('aanmelddatum', 'peildag') }}
    end as wacht_fase_dagen,
    {{ maand_van('aanmelddatum') }} = maand as is_aangemeld,
    coalesce({{ maand_van('intakedatum') }} = maand, false) as is_intakes,
    coalesce({{ maand_van('startdatum_behandeling') }} = maand, false) as is_gestart,
    coalesce({{ maand_van('einddatum') }} = maand and reden_einde <> 'gestart', false) as is_uitval,
    coalesce({{ maand_van('einddatum') }} = maand and reden_einde = 'exclusie', false) as is_uitval_exclusie,
    bemiddeling = 'gelukt' as is_bemiddeld_gelukt,
    bemiddeling = 'mislukt' as is_bemiddeld_mislukt,
    aanmeldpauze = 'J' as heeft_aanmeldpauze
from met_stand
