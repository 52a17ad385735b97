with prestaties as (
    select * from {{ ref('int_prestatie') }} where is_verblijfsdag or is_contact
),

clusters as (
    select * from {{ ref('cluster') }} where is_cluster = 'J'
)

select distinct
    prestaties.patient_nr,
    prestaties.iza_regio,
    prestaties.cluster,
    prestaties.begindatum as zorgdag
from prestaties
inner join clusters on prestaties.cluster = clusters.cluster
