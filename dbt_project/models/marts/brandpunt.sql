with metrieken as (
    select * from {{ ref('metriek') }} where brandpunt = 'J'
),

normen as (
    select norm, waarde from {{ ref('norm') }}
),

cijfers as (
    select * from {{ ref('int_metriek') }}
    union all
    select * from {{ ref('int_metriek_totaal') }}
),

clusters as (
    select * from {{ ref('cluster') }} where is_cluster = 'J'
),

-- hoe ver voorbij de norm, als deel ervan; een tekort als deel van wat nodig is; een aandeel dat nul hoort te zijn als zichzelf
met_afstand as (
    select
        cijfers.code,
        cijfers.maand,
        cijfers.iza_regio,
        cijfers.cluster,
        cijfers.waarde,
        normen.waarde as norm,
        case
            when normen.waarde is not null then {{ verhouding('cijfers.waarde', 'normen.waarde') }} - 1
            when metrieken.optelling = 'tekort' then {{ verhouding('cijfers.teller', 'cijfers.noemer') }}
            else cijfers.waarde
        end as afstand
    from cijfers
    inner join metrieken on cijfers.code = metrieken.code
    inner join clusters on cijfers.cluster = clusters.cluster
    left join normen on metrieken.norm = normen.norm
)

select
    *,
    row_number() over (partition by maand, iza_regio order by afstand desc, code, cluster) as rang
from met_afstand
where afstand > 0
