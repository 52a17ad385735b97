with rijen as (
    {{ geaccepteerde_rijen('hic_monitor') }}
)

select
    bestand,
    rijnummer,
    aanlevermaand as maand,
    iza_regio,
    leverancier,
    agb_vestiging,
    eenheid_id,
    eenheid_type,
    capaciteit,
    bezette_dagen,
    opnames,
    ontslagen,
    opnames_buiten_regio,
    heropnames_30d,
    separaties,
    separatie_uren,
    gedwongen_medicatie,
    uitgestelde_dagen,
    modelgetrouwheid,
    audit_datum
from rijen
