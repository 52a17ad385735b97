with maanden as (
    select * from {{ ref('int_episode_maand') }}
),

personen as (
    select
        {{ maand_van('zorgdag') }} as maand,
        iza_regio,
        cluster,
        count(distinct patient_nr) as personen
    from {{ ref('int_zorgdag') }}
    group by {{ maand_van('zorgdag') }}, iza_regio, cluster
),

-- de stand volgt uit wie begon en eindigde, los van de soort in- en uitstroom: zo toetst de identiteit echt iets
standen as (
    select
        *,
        cast(coalesce(sum(begonnen - geeindigd) over (
            partition by iza_regio, cluster order by maand
            rows between unbounded preceding and 1 preceding
        ), 0) as bigint) as stand_begin,
        cast(sum(begonnen - geeindigd) over (
            partition by iza_regio, cluster order by maand
            rows between unbounded preceding and current row
        ) as bigint) as stand_eind
    from maanden
)

select
    standen.maand,
    standen.iza_regio,
    standen.cluster,
    standen.stand_begin,
    standen.instroom_nieuw,
    standen.instroom_terugkeer,
    standen.instroom_nieuw + standen.instroom_terugkeer as instroom,
    standen.doorstroom_in,
    standen.doorstroom_uit,
    standen.uitstroom,
    standen.stand_eind,
    coalesce(personen.personen, 0) as personen
from standen
left join personen
    on standen.maand = personen.maand
    and standen.iza_regio = personen.iza_regio
    and standen.cluster = personen.cluster
