with plekken as (
    select * from {{ ref('int_wachtplek') }} where is_open
),

gemeenten as (
    select * from {{ ref('int_gemeente_regio') }}
)

select
    plekken.maand,
    coalesce(gemeenten.iza_regio, 'onbekend') as woonregio,
    plekken.cluster,
    count(*) as wachtplekken,
    count(distinct plekken.patient_pseudoniem) as unieke_wachtenden
from plekken
left join gemeenten
    on plekken.gemeente_code = gemeenten.gemeente_code
    and plekken.maand between gemeenten.geldig_van and gemeenten.geldig_tot
group by plekken.maand, coalesce(gemeenten.iza_regio, 'onbekend'), plekken.cluster
