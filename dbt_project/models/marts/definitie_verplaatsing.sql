with tellingen as (
    select * from {{ ref('int_kenmerk_telling') }}
),

kenmerken as (
    select * from {{ ref('int_kenmerk') }}
),

toewijzingen as (
    select * from {{ ref('int_cluster_toewijzing') }}
),

verplaatst as (
    select
        naar.versie,
        naar.kenmerken,
        coalesce(van.regel, 'geen_regel') as regel_van,
        van.cluster as cluster_van,
        coalesce(naar.regel, 'geen_regel') as regel_naar,
        naar.cluster as cluster_naar
    from toewijzingen as naar
    inner join toewijzingen as van on naar.kenmerken = van.kenmerken and van.is_standaard
    where naar.cluster <> van.cluster
)

select
    verplaatst.versie,
    tellingen.maand,
    tellingen.iza_regio,
    tellingen.agb_vestiging,
    verplaatst.regel_van,
    verplaatst.cluster_van,
    verplaatst.regel_naar,
    verplaatst.cluster_naar,
    cast(sum(tellingen.prestaties) as bigint) as prestaties,
    cast(sum(
        case when kenmerken.prestatietype = 'verblijfsdag' then tellingen.prestaties else 0 end
    ) as bigint) as verblijfsdagen,
    cast(sum(
        case when kenmerken.prestatietype in ('consult', 'groepsconsult') then tellingen.prestaties else 0 end
    ) as bigint) as contacten
from tellingen
inner join verplaatst on tellingen.kenmerken = verplaatst.kenmerken
inner join kenmerken on tellingen.kenmerken = kenmerken.kenmerken
group by
    verplaatst.versie, tellingen.maand, tellingen.iza_regio, tellingen.agb_vestiging,
    verplaatst.regel_van, verplaatst.cluster_van, verplaatst.regel_naar, verplaatst.cluster_naar
