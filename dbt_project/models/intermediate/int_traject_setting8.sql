with prestaties as (
    select * from {{ ref('int_netto_prestatie') }}
)

select distinct
    patient_pseudoniem,
    agb_onderneming,
    zorgtrajectnummer,
    maand
from prestaties
where prestatietype = 'consult' and setting = 8
