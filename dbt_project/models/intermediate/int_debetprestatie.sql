{{ config(materialized='view') }}

with debetregels as (
    select * from {{ ref('stg_declaraties') }} where debet_credit = 'D'
),

gecrediteerd as (
    select * from {{ ref('int_gecrediteerd') }}
)

select
    debetregels.aanlevermaand,
    debetregels.iza_regio,
    debetregels.leverancier,
    debetregels.declaratie_id,
    debetregels.patient_pseudoniem,
    debetregels.geboortejaar,
    debetregels.gemeente_code,
    debetregels.agb_onderneming,
    debetregels.agb_vestiging,
    debetregels.wet,
    debetregels.zorgtrajectnummer,
    debetregels.prestatiecode,
    debetregels.begindatum,
    {{ maand_van('debetregels.begindatum') }} as maand,
    debetregels.bedrag,
    debetregels.zorgvraagtype,
    debetregels.verwijsdatum,
    gecrediteerd.kredietmaand
from debetregels
left join gecrediteerd
    on debetregels.leverancier = gecrediteerd.leverancier
    and debetregels.declaratie_id = gecrediteerd.declaratie_id
