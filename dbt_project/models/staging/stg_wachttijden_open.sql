with rijen as (
    {{ geaccepteerde_rijen('wachttijden_open') }}
)

select
    bestand,
    rijnummer,
    aanlevermaand as maand,
    type_aanbieder,
    groep,
    naam_zorgaanbieder,
    vestigingslocatie,
    gemeentecodes,
    circuit,
    hoofddiagnosegroep,
    type_zorg,
    datum_actualisatie_website,
    peildatum,
    aanmeldwachttijd_weken,
    aanmeldstop,
    behandelwachttijd_weken,
    behandelstop
from rijen
