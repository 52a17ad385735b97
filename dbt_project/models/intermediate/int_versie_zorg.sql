with tellingen as (
    select * from {{ ref('int_kenmerk_telling') }}
),

kenmerken as (
    select * from {{ ref('int_kenmerk') }}
),

toewijzingen as (
    select * from {{ ref('int_cluster_toewijzing') }}
)

select
    toewijzingen.versie,
    tellingen.maand,
    tellingen.iza_regio,
    toewijzingen.cluster,
    cast(sum(
        case when kenmerken.prestatietype = 'verblijfsdag' then tellingen.prestaties else 0 end
    ) as bigint) as verblijfsdagen,
    cast(sum(
        case when kenmerken.prestatietype in ('consult', 'groepsconsult') then tellingen.prestaties else 0 end
    ) as bigint) as contacten
from tellingen
inner join kenmerken on tellingen.kenmerken = kenmerken.kenmerken
inner join toewijzingen on tellingen.kenmerken = toewijzingen.kenmerken
group by toewijzingen.versie, tellingen.maand, tellingen.iza_regio, toewijzingen.cluster
