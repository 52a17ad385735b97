with prestaties as (
    select * from {{ ref('int_prestatie') }} where is_verblijfsdag or is_contact
),

clusters as (
    select * from {{ ref('cluster') }} where is_cluster = 'J'
)

select
    prestaties.maand,
    prestaties.gemeente_code,
    prestaties.woonregio,
    prestaties.iza_regio,
    prestaties.cluster,
    prestaties.patient_nr,
    cast(sum(case when prestaties.is_verblijfsdag then 1 else 0 end) as bigint) as verblijfsdagen,
    cast(sum(case when prestaties.is_contact then 1 else 0 end) as bigint) as contacten,
    min(prestaties.geboortejaar) as geboortejaar
from prestaties
inner join clusters on prestaties.cluster = clusters.cluster
group by
    prestaties.maand,
    prestaties.gemeente_code,
    prestaties.woonregio,
    prestaties.iza_regio,
    prestaties.cluster,
    prestaties.patient_nr
