{{ config(meta={'dagster': {'ref': {'name': 'behoefte_inwoners'}}}) }}
-- woonregio's en onbekend samen zijn alle zorg van de zes clusters: dagen en contacten precies, patiënten een keer per woonregio
with inwoners as (
    select
        maand,
        cluster,
        sum(patienten) as patienten,
        sum(verblijfsdagen) as verblijfsdagen,
        sum(contacten) as contacten
    from {{ ref('behoefte_inwoners') }}
    where regios_geleverd > 0
    group by maand, cluster
),

land as (
    select
        maand,
        cluster,
        count(distinct coalesce(woonregio, 'onbekend') || '|' || cast(patient_nr as varchar)) as patienten,
        sum(verblijfsdagen) as verblijfsdagen,
        sum(contacten) as contacten
    from {{ ref('int_patient_maand') }}
    group by maand, cluster
)

select inwoners.maand, inwoners.cluster
from inwoners
left join land on inwoners.maand = land.maand and inwoners.cluster = land.cluster
where inwoners.patienten <> coalesce(land.patienten, 0)
    or inwoners.verblijfsdagen <> coalesce(land.verblijfsdagen, 0)
    or inwoners.contacten <> coalesce(land.contacten, 0)
