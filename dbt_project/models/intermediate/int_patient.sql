-- depends_on: {{ ref('int_geraakt') }}
with pseudoniemen as (
    {%- if wordt_bijgewerkt() %}
    -- wie er al was houdt haar nummer
    select distinct patient_pseudoniem
    from {{ ref('int_geraakt') }}
    where patient_pseudoniem not in (select patient_pseudoniem from {{ this }})
    {%- else %}
    select distinct patient_pseudoniem from {{ ref('stg_declaraties') }} where debet_credit = 'D'
    {%- endif %}
),

eerdere as (
    {%- if wordt_bijgewerkt() %}
    select * from {{ this }}
    {%- else %}
    select cast(null as string) as patient_pseudoniem, 0 as patient_nr
    where false
    {%- endif %}
)

select patient_pseudoniem, patient_nr from eerdere
union all
select
    patient_pseudoniem,
    (select coalesce(max(patient_nr), 0) from eerdere) + row_number() over (order by patient_pseudoniem) as patient_nr
from pseudoniemen
