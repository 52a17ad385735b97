with prestaties as (
    select * from {{ ref('int_prestatie') }} where is_verblijfsdag or is_contact
),

clusters as (
    select * from {{ ref('cluster') }} where is_cluster = 'J'
),

statussen as (
    select * from {{ ref('int_maandstatus') }}
),

tellingen as (
    select
        prestaties.maand,
        coalesce(prestaties.woonregio, 'onbekend') as woonregio,
        prestaties.iza_regio,
        prestaties.cluster,
        cast(sum(case when prestaties.is_verblijfsdag then 1 else 0 end) as bigint) as verblijfsdagen,
        cast(sum(case when prestaties.is_contact then 1 else 0 end) as bigint) as contacten,
        count(distinct prestaties.patient_nr) as patienten,
        prestaties.woonregio <> prestaties.iza_regio as bovenregionaal
    from prestaties
    inner join clusters on prestaties.cluster = clusters.cluster
    group by prestaties.maand, prestaties.woonregio, prestaties.iza_regio, prestaties.cluster
)

select
    tellingen.*,
    statussen.status,
    statussen.volledigheid
from tellingen
inner join statussen
    on tellingen.maand = statussen.maand
    and tellingen.iza_regio = statussen.iza_regio
