{{ config(materialized=als_bij_te_werken(), per='persoon_maand', pre_hook=geschreven_joinvolgorde(), post_hook=vrije_joinvolgorde()) }}

with prestaties as (
    select * from {{ ref('int_netto_prestatie') }} as netto where {{ alleen_geraakt('persoon_maand', 'netto') }}
)

select distinct
    patient_nr,
    agb_onderneming,
    zorgtrajectnummer,
    maand
from prestaties
where prestatietype = 'consult' and setting = 8
