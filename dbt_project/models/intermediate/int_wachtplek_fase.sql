{{ config(materialized='view') }}

with wachtplekken as (
    select * from {{ ref('int_wachtplek') }} where is_open
),

fasen as (
    select * from {{ ref('wachtfase') }}
),

per_fase as (
    select maand, iza_regio, agb_vestiging, cluster, patient_pseudoniem, fase, wacht_fase_dagen as wacht_dagen
    from wachtplekken
    union all
    select maand, iza_regio, agb_vestiging, cluster, patient_pseudoniem, 'totaal' as fase, wacht_totaal_dagen as wacht_dagen
    from wachtplekken
)

select
    per_fase.*,
    per_fase.wacht_dagen > fasen.treeknorm_dagen as is_boven_treeknorm
from per_fase
inner join fasen on per_fase.fase = fasen.fase
