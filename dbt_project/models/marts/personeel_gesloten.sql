with geleverd as (
    select * from {{ ref('int_geleverd') }} where bron = 'personeel'
),

clusters as (
    select * from {{ ref('cluster') }} where is_cluster = 'J'
),

vacatures as (
    select
        maand, iza_regio, cluster,
        cast(sum(cast(fte_vacature as decimal(18, 6))) as double) as fte_vacature
    from {{ ref('personeel_maand') }}
    group by maand, iza_regio, cluster
),

-- leeg waar bedden niet zijn geleverd
sluitingen as (
    select
        maand, iza_regio, cluster,
        cast(sum(gesloten_personeel) as bigint) as gesloten_personeel
    from {{ ref('capaciteit_maand') }}
    group by maand, iza_regio, cluster
)

select
    geleverd.maand,
    geleverd.iza_regio,
    clusters.cluster,
    sluitingen.gesloten_personeel,
    coalesce(vacatures.fte_vacature, 0) as fte_vacature
from geleverd
cross join clusters
left join sluitingen
    on geleverd.maand = sluitingen.maand
    and geleverd.iza_regio = sluitingen.iza_regio
    and clusters.cluster = sluitingen.cluster
left join vacatures
    on geleverd.maand = vacatures.maand
    and geleverd.iza_regio = vacatures.iza_regio
    and clusters.cluster = vacatures.cluster
