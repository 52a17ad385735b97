with rijen as (
    {{ geaccepteerde_rijen('bedden') }}
)

select
    bestand,
    rijnummer,
    aanlevermaand as maand,
    iza_regio,
    leverancier,
    agb_onderneming,
    agb_vestiging,
    afdeling_id,
    bedtype,
    capaciteit_type,
    wet,
    beveiligingsniveau,
    erkend,
    operationeel,
    gesloten,
    reden_sluiting,
    beschikbare_dagen,
    bezette_dagen,
    opnames,
    ontslagen,
    uitgesteld_beschermd_wonen,
    uitgesteld_wlz,
    uitgesteld_forensisch,
    uitgesteld_woning,
    uitgesteld_andere_ggz,
    uitgesteld_overig,
    uitgesteld_aantal
from rijen
