{{ config(materialized='view') }}

with debetprestaties as (
    select * from {{ ref('int_debetprestatie') }} where kredietmaand is null
),

codelijst as (
    select * from {{ ref('zpm_prestatie') }}
)

select
    debetprestaties.*,
    codelijst.prestatietype,
    codelijst.setting,
    codelijst.verzorgingsgraad,
    codelijst.beveiligingsniveau,
    codelijst.acuut_binnen_budget
from debetprestaties
inner join codelijst
    on debetprestaties.prestatiecode = codelijst.prestatiecode
    and debetprestaties.begindatum >= coalesce(codelijst.geldig_van, debetprestaties.begindatum)
    and debetprestaties.begindatum <= coalesce(codelijst.geldig_tot, debetprestaties.begindatum)
