with episodes as (
    select * from {{ ref('episode') }}
),

begonnen as (
    select
        {{ maand_van('begindatum') }} as maand,
        iza_regio,
        cluster,
        count(*) as begonnen,
        sum(case when soort_in = 'instroom_nieuw' then 1 else 0 end) as instroom_nieuw,
        sum(case when soort_in = 'instroom_terugkeer' then 1 else 0 end) as instroom_terugkeer,
        sum(case when soort_in = 'doorstroom' then 1 else 0 end) as doorstroom_in
    from episodes
    group by {{ maand_van('begindatum') }}, iza_regio, cluster
),

geeindigd as (
    select
        {{ maand_van('einddatum') }} as maand,
        iza_regio,
        cluster,
        count(*) as geeindigd,
        sum(case when soort_uit = 'doorstroom' then 1 else 0 end) as doorstroom_uit,
        sum(case when soort_uit = 'uitstroom' then 1 else 0 end) as uitstroom,
        sum({{ dagen_tussen('begindatum', 'einddatum') }} + 1) as duur_dagen
    from episodes
    where einddatum is not null
    group by {{ maand_van('einddatum') }}, iza_regio, cluster
),

skelet as (
    select * from {{ ref('int_skelet') }}
)

select
    skelet.maand,
    skelet.volgnummer,
    skelet.laatste_dag,
    skelet.dagen,
    skelet.iza_regio,
    skelet.cluster,
    coalesce(begonnen.begonnen, 0) as begonnen,
    cast(coalesce(begonnen.instroom_nieuw, 0) as bigint) as instroom_nieuw,
    cast(coalesce(begonnen.instroom_terugkeer, 0) as bigint) as instroom_terugkeer,
    cast(coalesce(begonnen.doorstroom_in, 0) as bigint) as doorstroom_in,
    coalesce(geeindigd.geeindigd, 0) as geeindigd,
    cast(coalesce(geeindigd.doorstroom_uit, 0) as bigint) as doorstroom_uit,
    cast(coalesce(geeindigd.uitstroom, 0) as bigint) as uitstroom,
    cast(coalesce(geeindigd.duur_dagen, 0) as bigint) as duur_dagen
from skelet
left join begonnen
    on skelet.maand = begonnen.maand
    and skelet.iza_regio = begonnen.iza_regio
    and skelet.cluster = begonnen.cluster
left join geeindigd
    on skelet.maand = geeindigd.maand
    and skelet.iza_regio = geeindigd.iza_regio
    and skelet.cluster = geeindigd.cluster
