with rijen as (
    {{ geaccepteerde_rijen('wachtlijst') }}
)

select
    bestand,
    rijnummer,
    aanlevermaand as maand,
    iza_regio,
    leverancier,
    wachtplek_id,
    patient_pseudoniem,
    agb_vestiging,
    gemeente_code,
    hoofddiagnosegroep,
    zorgvorm,
    aanmelddatum,
    intakedatum,
    startdatum_behandeling,
    einddatum,
    reden_einde,
    exclusiecriterium,
    voorkeursaanbieder,
    bemiddeling,
    aanmeldpauze,
    agb_onderneming,
    urgentie,
    geboortejaar
from rijen
