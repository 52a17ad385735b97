with rijen as (
    {{ geaccepteerde_rijen('declaraties') }}
),

verzekerden as (
    select * from {{ ref('stg_verzekerden') }}
)

select
    rijen.bestand,
    rijen.rijnummer,
    rijen.aanlevermaand,
    rijen.iza_regio,
    rijen.leverancier,
    rijen.declaratie_id,
    rijen.debet_credit,
    rijen.gerelateerd_declaratie_id,
    rijen.patient_pseudoniem,
    rijen.geboortejaar,
    -- een 573-bericht draagt geen gemeente: die komt uit de tabel verzekerden ernaast
    coalesce(rijen.gemeente_code, verzekerden.gemeente_code) as gemeente_code,
    rijen.agb_onderneming,
    rijen.agb_vestiging,
    rijen.wet,
    rijen.zorgtrajectnummer,
    rijen.prestatiecode,
    rijen.begindatum,
    rijen.bedrag,
    rijen.zorgvraagtype,
    rijen.zorgvraagtype_gewist,
    rijen.zorglabel,
    rijen.privacyverklaring,
    rijen.verwijzing_type,
    rijen.verwijsdatum
from rijen
left join verzekerden
    on rijen.gemeente_code is null
    and rijen.uit_bericht
    and rijen.aanlevermaand = verzekerden.aanlevermaand
    and rijen.iza_regio = verzekerden.iza_regio
    and rijen.leverancier = verzekerden.leverancier
    and rijen.patient_pseudoniem = verzekerden.patient_pseudoniem
