with patienten as (
    select * from {{ ref('int_patient_maand') }}
)

-- wie in een maand in twee woonregio's staat, telt in beide
select
    maand,
    coalesce(woonregio, 'onbekend') as woonregio,
    cluster,
    patient_nr,
    sum(verblijfsdagen) as verblijfsdagen,
    sum(contacten) as contacten,
    max(case when woonregio <> iza_regio then 1 else 0 end) as is_elders,
    extract(year from maand) - min(geboortejaar) as leeftijd
from patienten
group by maand, woonregio, cluster, patient_nr
