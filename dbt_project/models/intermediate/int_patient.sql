-- depends_on: {{ ref('int_geraakt') }}
with personen as (
    {%- if wordt_bijgewerkt() %}
    select patient_pseudoniem from {{ this }}
    union
    select patient_pseudoniem from {{ ref('int_geraakt') }}
    {%- else %}
    select distinct patient_pseudoniem from {{ ref('stg_declaraties') }} where debet_credit = 'D'
    {%- endif %}
),

-- wie al een nummer had houdt het: andere tabellen kennen haar daaraan
eerdere as (
    {%- if staat_er_al() %}
    select * from {{ this }}
    {%- else %}
    select cast(null as string) as patient_pseudoniem, cast(null as bigint) as patient_nr
    where false
    {%- endif %}
),

nieuw as (
    select personen.patient_pseudoniem
    from personen
    left join eerdere on personen.patient_pseudoniem = eerdere.patient_pseudoniem
    where eerdere.patient_pseudoniem is null
)

select eerdere.patient_pseudoniem, eerdere.patient_nr
from eerdere
inner join personen on eerdere.patient_pseudoniem = personen.patient_pseudoniem
union all
select
    patient_pseudoniem,
    (select coalesce(max(patient_nr), 0) from eerdere) + row_number() over (order by patient_pseudoniem) as patient_nr
from nieuw
