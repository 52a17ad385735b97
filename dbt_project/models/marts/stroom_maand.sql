with stromen as (
    select * from {{ ref('int_stroom_maand') }}
),

statussen as (
    select * from {{ ref('int_maandstatus') }}
),

gaten as (
    select cluster, waarde as max_gat_dagen from {{ ref('episode_parameter') }} where parameter = 'max_gat_dagen'
),

-- van welk cluster, welke uitkomst, wet of soort ook
eerste_maanden as (
    select iza_regio, min(maand) as maand
    from {{ ref('int_prestatie_telling') }}
    group by iza_regio
)

select
    stromen.maand,
    stromen.iza_regio,
    stromen.cluster,
    {%- for kolom in [
        'stand_begin', 'instroom_nieuw', 'instroom_terugkeer', 'instroom', 'doorstroom_in', 'doorstroom_uit',
        'uitstroom', 'stand_eind', 'personen'
    ] %}
    case when statussen.geleverd then stromen.{{ kolom }} end as {{ kolom }},
    {%- endfor %}
    statussen.status,
    coalesce(
        eerste_maanden.maand is not null
        and {{ dagen_later(laatste_dag_van('stromen.maand'), 'gaten.max_gat_dagen') }} < statussen.peildatum,
        false
    ) as uitstroom_bepaald,
    {{ maand_van(dagen_later(laatste_dag_van('stromen.maand'), 'gaten.max_gat_dagen + 1')) }} as uitstroom_bepaald_vanaf,
    coalesce(
        statussen.peildatum is not null
        and stromen.maand < {{ dagen_later('eerste_maanden.maand', 'gaten.max_gat_dagen') }},
        false
    ) as aanloop,
    statussen.volledigheid,
    statussen.geleverd
from stromen
inner join statussen
    on stromen.maand = statussen.maand
    and stromen.iza_regio = statussen.iza_regio
inner join gaten on stromen.cluster = gaten.cluster
left join eerste_maanden on stromen.iza_regio = eerste_maanden.iza_regio
