{{ config(materialized='view') }}

with debetprestaties as (
    select * from {{ ref('int_debetprestatie') }} where kredietmaand is null
),

patienten as (
    select * from {{ ref('int_patient') }}
),

codelijst as (
    select * from {{ ref('int_prestatiecode') }}
)

select
    debetprestaties.*,
    patienten.patient_nr,
    codelijst.prestatietype,
    codelijst.setting,
    codelijst.verzorgingsgraad,
    codelijst.beveiligingsniveau,
    codelijst.acuut_binnen_budget,
    codelijst.code_kenmerken
from debetprestaties
inner join patienten
    on debetprestaties.patient_pseudoniem = patienten.patient_pseudoniem
inner join codelijst
    on debetprestaties.prestatiecode = codelijst.prestatiecode
    and debetprestaties.begindatum between codelijst.geldig_van and codelijst.geldig_tot
