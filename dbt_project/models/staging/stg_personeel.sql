with rijen as (
    {{ geaccepteerde_rijen('personeel') }}
)

select
    bestand,
    rijnummer,
    aanlevermaand as maand,
    iza_regio,
    leverancier,
    agb_onderneming,
    agb_vestiging,
    bedtype,
    functie,
    fte_formatie,
    fte_bezet,
    fte_vacature,
    fte_extern,
    verzuim_aandeel,
    anw_diensten,
    anw_ingevuld
from rijen
