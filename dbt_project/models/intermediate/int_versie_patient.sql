with toewijzingen as (
    select * from {{ ref('int_cluster_toewijzing') }}
),

clusters as (
    select * from {{ ref('cluster') }}
),

kenmerken as (
    select * from {{ ref('int_kenmerk') }} where prestatietype in ('verblijfsdag', 'consult', 'groepsconsult')
),

anders as (
    select eigen.versie, eigen.kenmerken
    from toewijzingen as eigen
    inner join toewijzingen as standaard
        on eigen.kenmerken = standaard.kenmerken and standaard.is_standaard
    inner join kenmerken on eigen.kenmerken = kenmerken.kenmerken
    inner join clusters as cluster_eigen on eigen.cluster = cluster_eigen.cluster
    inner join clusters as cluster_standaard on standaard.cluster = cluster_standaard.cluster
    where eigen.cluster <> standaard.cluster
        -- wat buiten de zes clusters van naam wisselt, raakt geen zorgdag
        and 'J' in (cluster_eigen.is_cluster, cluster_standaard.is_cluster)
)

select distinct
    anders.versie,
    prestaties.patient_nr
from {{ ref('int_prestatie_kenmerk') }} as prestaties
inner join anders on prestaties.kenmerken = anders.kenmerken
