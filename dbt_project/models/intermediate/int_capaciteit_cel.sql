with versies as (
    select * from {{ ref('int_versie') }}
),

clusters as (
    select * from {{ ref('cluster') }} where is_cluster = 'J'
),

bedtypen as (
    select * from {{ ref('int_bedtype_cluster') }}
),

zorgvormen as (
    select * from {{ ref('int_zorgvorm_cluster') }}
),

bedden as (
    select distinct bedtype, capaciteit_type from {{ ref('stg_bedden') }} where wet = 'Zvw'
),

typen as (
    select bedtypen.versie, bedtypen.cluster, bedden.capaciteit_type
    from bedden
    inner join bedtypen on bedden.bedtype = bedtypen.bedtype
    union
    select versie, cluster, capaciteit_type from zorgvormen
),

-- een cluster zonder plaatsen en zonder zorgvorm heeft toch een rij: bed
cellen as (
    select
        versies.versie,
        versies.is_standaard,
        clusters.cluster,
        coalesce(typen.capaciteit_type, 'bed') as capaciteit_type
    from versies
    cross join clusters
    left join typen on versies.versie = typen.versie and clusters.cluster = typen.cluster
),

bedtypen_van_cluster as (
    select versie, cluster, {{ samengevoegd('bedtype', ' ') }} as bedtypen
    from bedtypen
    group by versie, cluster
),

zorgvormen_van_cel as (
    select versie, cluster, capaciteit_type, {{ samengevoegd('zorgvorm', ' ') }} as zorgvormen
    from zorgvormen
    group by versie, cluster, capaciteit_type
)

select
    cellen.versie,
    cellen.is_standaard,
    cellen.cluster,
    cellen.capaciteit_type,
    -- gelijk waar twee versies dezelfde plaatsen en dezelfde wachtplekken tellen: die worden een keer doorgerekend
    cellen.cluster || '|' || cellen.capaciteit_type
    || '|' || coalesce(bedtypen_van_cluster.bedtypen, '')
    || '|' || coalesce(zorgvormen_van_cel.zorgvormen, '') as cel
from cellen
left join bedtypen_van_cluster
    on cellen.versie = bedtypen_van_cluster.versie and cellen.cluster = bedtypen_van_cluster.cluster
left join zorgvormen_van_cel
    on cellen.versie = zorgvormen_van_cel.versie and cellen.cluster = zorgvormen_van_cel.cluster
    and cellen.capaciteit_type = zorgvormen_van_cel.capaciteit_type
