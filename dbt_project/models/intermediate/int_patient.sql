with pseudoniemen as (
    select distinct patient_pseudoniem from {{ ref('stg_declaraties') }} where debet_credit = 'D'
)

select
    patient_pseudoniem,
    row_number() over (order by patient_pseudoniem) as patient_nr
from pseudoniemen
