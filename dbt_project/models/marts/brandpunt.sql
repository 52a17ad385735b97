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

regelgrenzen as (
    select * from {{ ref('regelgrens') }}
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
        end as afstand,
        regelgrenzen.oordeel * metrieken.richting as koers,
        regelgrenzen.uitslag
    from cijfers
    inner join metrieken on cijfers.code = metrieken.code
    inner join clusters on cijfers.cluster = clusters.cluster
    left join normen on metrieken.norm = normen.norm
    left join regelgrenzen
        on cijfers.code = regelgrenzen.code and cijfers.maand = regelgrenzen.maand
        and cijfers.iza_regio = regelgrenzen.iza_regio and cijfers.cluster = regelgrenzen.cluster
),

-- eerst wat voorbij zijn norm ligt, het verst bovenaan; dan wat daarbinnen ligt en meer verslechterde dan het gewoonlijk beweegt
met_soort as (
    select
        *,
        case when afstand > 0 then 'norm' when koers = 1 then 'verandering' end as soort
    from met_afstand
)

select
    code,
    maand,
    iza_regio,
    cluster,
    waarde,
    norm,
    afstand,
    soort,
    koers,
    row_number() over (
        partition by maand, iza_regio
        order by soort, case when soort = 'norm' then afstand else uitslag end desc, code, cluster
    ) as rang
from met_soort
where soort is not null
