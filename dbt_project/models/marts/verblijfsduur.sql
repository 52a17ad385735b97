{%- set termijnen = [30, 90] -%}
{%- set tellingen = ['stand_eind', 'langer_dan_jaar', 'eindes_30d', 'terug_30d', 'eindes_90d', 'terug_90d'] -%}

with stromen as (
    select * from {{ ref('stroom_maand') }}
),

langer as (
    select * from {{ ref('int_lang_verblijf') }}
),

heropnames as (
    select * from {{ ref('int_heropname') }}
),

overleving as (
    select
        maand,
        gebied,
        cluster,
        cast(sum(instap) as bigint) as episodes,
        min(case when blijft <= 0.5 + {{ norm('ceil_marge') }} then dagen end) as mediaan_dagen,
        min(case when blijft <= 0.1 + {{ norm('ceil_marge') }} then dagen end) as p90_dagen
    from {{ ref('int_verblijfstafel') }}
    group by maand, gebied, cluster
),

-- eindes en terugkeer over het venster van twaalf maanden
regios as (
    select
        stromen.maand,
        stromen.iza_regio as gebied,
        stromen.cluster,
        stromen.geleverd,
        stromen.uitstroom_bepaald,
        stromen.stand_eind,
        coalesce(langer.langer_dan_jaar, 0) as langer_dan_jaar
        {%- for termijn in termijnen %}
        {%- for kolom in ['eindes', 'terug'] %},
        sum(coalesce(heropnames.{{ kolom }}_{{ termijn }}d, 0)) over venster as {{ kolom }}_{{ termijn }}d
        {%- endfor %}
        {%- endfor %}
    from stromen
    left join langer
        on stromen.maand = langer.maand and stromen.iza_regio = langer.iza_regio and stromen.cluster = langer.cluster
    left join heropnames
        on stromen.maand = heropnames.maand and stromen.iza_regio = heropnames.iza_regio
        and stromen.cluster = heropnames.cluster
    window venster as (
        partition by stromen.iza_regio, stromen.cluster order by stromen.maand rows between 11 preceding and current row
    )
),

-- het land: de regio's die voor de maand leverden
gebieden as (
    select maand, gebied, cluster, geleverd, uitstroom_bepaald, cast(null as bigint) as regios_geleverd, {{ tellingen | join(', ') }}
    from regios
    union all
    select
        maand,
        'NL' as gebied,
        cluster,
        count(case when geleverd then 1 end) > 0 as geleverd,
        count(case when geleverd then 1 end) > 0
        and count(case when geleverd and not uitstroom_bepaald then 1 end) = 0 as uitstroom_bepaald,
        count(case when geleverd then 1 end) as regios_geleverd
        {%- for kolom in tellingen %},
        sum(case when geleverd then {{ kolom }} end) as {{ kolom }}
        {%- endfor %}
    from regios
    group by maand, cluster
)

select
    gebieden.maand,
    gebieden.gebied as iza_regio,
    gebieden.cluster,
    case when gebieden.geleverd then coalesce(overleving.episodes, 0) end as episodes,
    overleving.mediaan_dagen,
    overleving.p90_dagen,
    case when gebieden.geleverd then cast(gebieden.langer_dan_jaar as bigint) end as langer_dan_jaar,
    case
        when gebieden.geleverd then {{ verhouding('gebieden.langer_dan_jaar', 'gebieden.stand_eind') }}
    end as aandeel_langer_dan_jaar
    {%- for termijn in termijnen %},
    case when gebieden.geleverd then cast(gebieden.eindes_{{ termijn }}d as bigint) end as eindes_{{ termijn }}d,
    case
        when gebieden.geleverd then {{ verhouding('gebieden.terug_%sd' % termijn, 'gebieden.eindes_%sd' % termijn) }}
    end as terug_binnen_{{ termijn }}d
    {%- endfor %},
    gebieden.uitstroom_bepaald,
    gebieden.geleverd,
    gebieden.regios_geleverd
from gebieden
left join overleving
    on gebieden.maand = overleving.maand
    and gebieden.gebied = overleving.gebied
    and gebieden.cluster = overleving.cluster
