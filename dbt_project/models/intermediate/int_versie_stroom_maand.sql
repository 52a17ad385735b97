{%- set tellingen = stroomtellingen() -%}

with stromen as (
    select * from {{ ref('int_versie_stroom') }}
),

versies as (
    select * from {{ ref('int_versie') }}
),

skelet as (
    select * from {{ ref('int_skelet') }}
),

gevuld as (
    select
        versies.versie,
        skelet.maand,
        skelet.iza_regio,
        skelet.cluster
        {%- for kolom in tellingen %},
        coalesce(stromen.{{ kolom }}, 0) as {{ kolom }}
        {%- endfor %}
    from skelet
    cross join versies
    left join stromen
        on versies.versie = stromen.versie
        and skelet.maand = stromen.maand
        and skelet.iza_regio = stromen.iza_regio
        and skelet.cluster = stromen.cluster
)

-- de stand volgt uit wie begon en eindigde, los van de soort in- en uitstroom: zo toetst de identiteit echt iets
select
    versie,
    maand,
    iza_regio,
    cluster,
    cast(coalesce(sum(begonnen - geeindigd) over (
        partition by versie, iza_regio, cluster order by maand
        rows between unbounded preceding and 1 preceding
    ), 0) as bigint) as stand_begin,
    instroom_nieuw,
    instroom_terugkeer,
    instroom_nieuw + instroom_terugkeer as instroom,
    doorstroom_in,
    doorstroom_uit,
    uitstroom,
    cast(sum(begonnen - geeindigd) over (
        partition by versie, iza_regio, cluster order by maand
        rows between unbounded preceding and current row
    ) as bigint) as stand_eind,
    personen
from gevuld
