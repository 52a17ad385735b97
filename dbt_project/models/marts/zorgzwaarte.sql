with prestaties as (
    select * from {{ ref('int_prestatie') }}
),

clusters as (
    select * from {{ ref('cluster') }} where is_cluster = 'J'
),

-- eerst per patiënt: dat is goedkoper dan verschillende patiënten tellen over alle prestaties
per_patient as (
    select
        prestaties.maand,
        prestaties.iza_regio,
        prestaties.cluster,
        prestaties.zorgvraagtype,
        prestaties.patient_nr,
        count(*) as prestaties,
        sum(case when prestaties.is_verblijfsdag then 1 else 0 end) as verblijfsdagen
    from prestaties
    inner join clusters on prestaties.cluster = clusters.cluster
    group by prestaties.maand, prestaties.iza_regio, prestaties.cluster, prestaties.zorgvraagtype, prestaties.patient_nr
)

select
    maand,
    iza_regio,
    cluster,
    zorgvraagtype,
    count(*) as patienten,
    cast(sum(prestaties) as bigint) as prestaties,
    cast(sum(verblijfsdagen) as bigint) as verblijfsdagen
from per_patient
group by maand, iza_regio, cluster, zorgvraagtype
