with rijen as (
    {{ geaccepteerde_rijen('verzekerden') }}
)

select
    bestand,
    rijnummer,
    aanlevermaand,
    iza_regio,
    leverancier,
    patient as patient_pseudoniem,
    gemeente_code
from rijen
