with bestemmingen as (
    select * from {{ ref('uitstroom_bestemming') }}
),

-- zolang de uitstroom nog niet te bepalen is, is ook niet te zeggen waarheen zij gaat
bepaald as (
    select * from {{ ref('stroom_maand') }} where uitstroom is not null
),

geleverd as (
    select maand, count(*) as regios_geleverd
    from {{ ref('int_geleverd') }}
    where bron = 'declaraties'
    group by maand
)

select
    bestemmingen.maand,
    'NL' as iza_regio,
    bestemmingen.cluster,
    bestemmingen.vervolg,
    cast(sum(bestemmingen.aantal) as bigint) as aantal,
    max(geleverd.regios_geleverd) as regios_geleverd
from bestemmingen
inner join bepaald
    on bestemmingen.maand = bepaald.maand and bestemmingen.iza_regio = bepaald.iza_regio
    and bestemmingen.cluster = bepaald.cluster
left join geleverd on bestemmingen.maand = geleverd.maand
group by bestemmingen.maand, bestemmingen.cluster, bestemmingen.vervolg
