with tellingen as (
    select * from {{ ref('int_kenmerk_telling') }}
),

kenmerken as (
    select * from {{ ref('int_kenmerk') }}
),

toewijzingen as (
    select * from {{ ref('int_cluster_toewijzing') }}
),

paren as (
    select * from {{ ref('int_versiepaar') }}
),

verplaatst as (
    select
        paren.versie_van,
        paren.versie_naar,
        naar.kenmerken,
        coalesce(van.regel, 'geen_regel') as regel_van,
        van.cluster as cluster_van,
        coalesce(naar.regel, 'geen_regel') as regel_naar,
        naar.cluster as cluster_naar
    from paren
    inner join toewijzingen as van on paren.versie_van = van.versie
    inner join toewijzingen as naar on paren.versie_naar = naar.versie and van.kenmerken = naar.kenmerken
    where van.cluster <> naar.cluster
)

select
    verplaatst.versie_van,
    verplaatst.versie_naar,
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
    verplaatst.versie_van, verplaatst.versie_naar, tellingen.maand, tellingen.iza_regio, tellingen.agb_vestiging,
    verplaatst.regel_van, verplaatst.cluster_van, verplaatst.regel_naar, verplaatst.cluster_naar
