with scores as (
    select * from {{ ref('score') }}
),

-- zijn er zo weinig anderen dat hun midden iemand aanwijst, dan staat het er niet
anderen as (
    select
        eigen.leverancier,
        eigen.bron,
        eigen.maand,
        {{ kwantiel('ander.score', '0.25') }} as kwart1,
        {{ kwantiel('ander.score', '0.5') }} as mediaan,
        {{ kwantiel('ander.score', '0.75') }} as kwart3
    from scores as eigen
    inner join scores as ander
        on eigen.bron = ander.bron
        and eigen.maand = ander.maand
        and eigen.leverancier <> ander.leverancier
    group by eigen.leverancier, eigen.bron, eigen.maand
    having count(*) >= {{ norm_kwaliteit('score_minimum_anderen') }}
)

select
    scores.leverancier,
    scores.bron,
    {{ maandtekst('scores.maand') }} as maand,
    scores.verwachte_leveringen,
    scores.leveringen,
    scores.rijen_gelezen,
    scores.rijen_geaccepteerd,
    scores.dekking,
    scores.geldigheid,
    scores.tijdigheid,
    scores.score,
    anderen.kwart1,
    anderen.mediaan,
    anderen.kwart3
from scores
left join anderen
    on scores.leverancier = anderen.leverancier
    and scores.bron = anderen.bron
    and scores.maand = anderen.maand
