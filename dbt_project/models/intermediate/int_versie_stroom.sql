{%- set tellingen = stroomtellingen() -%}

with episodes as (
    select * from {{ ref('int_versie_episode') }}
),

begonnen as (
    select episodes.versie, episodes.patient_nr, episodes.iza_regio, episodes.cluster, episodes.begindatum as dag, herkomsten.soort_in
    from episodes
    inner join {{ ref('int_versie_episode_in') }} as herkomsten
        on episodes.versie = herkomsten.versie and episodes.episode_id = herkomsten.episode_id
),

geeindigd as (
    select episodes.versie, episodes.patient_nr, episodes.iza_regio, episodes.cluster, episodes.einddatum as dag, bestemmingen.soort_uit
    from episodes
    inner join {{ ref('int_versie_episode_bestemming') }} as bestemmingen
        on episodes.versie = bestemmingen.versie and episodes.episode_id = bestemmingen.episode_id
),

gebeurtenissen as (
    select
        versie, patient_nr, {{ maand_van('dag') }} as maand, iza_regio, cluster,
        1 as begonnen,
        case when soort_in = 'instroom_nieuw' then 1 else 0 end as instroom_nieuw,
        case when soort_in = 'instroom_terugkeer' then 1 else 0 end as instroom_terugkeer,
        case when soort_in = 'doorstroom' then 1 else 0 end as doorstroom_in,
        0 as geeindigd, 0 as doorstroom_uit, 0 as uitstroom, 0 as personen
    from begonnen
    union all
    select
        versie, patient_nr, {{ maand_van('dag') }} as maand, iza_regio, cluster,
        0 as begonnen, 0 as instroom_nieuw, 0 as instroom_terugkeer, 0 as doorstroom_in,
        1 as geeindigd,
        case when soort_uit = 'doorstroom' then 1 else 0 end as doorstroom_uit,
        case when soort_uit = 'uitstroom' then 1 else 0 end as uitstroom,
        0 as personen
    from geeindigd
    union all
    select distinct
        versie, patient_nr, {{ maand_van('zorgdag') }} as maand, iza_regio, cluster,
        0 as begonnen, 0 as instroom_nieuw, 0 as instroom_terugkeer, 0 as doorstroom_in,
        0 as geeindigd, 0 as doorstroom_uit, 0 as uitstroom, 1 as personen
    from {{ ref('int_versie_zorgdag') }}
),

eigen as (
    select
        versie, maand, iza_regio, cluster
        {%- for kolom in tellingen %},
        sum({{ kolom }}) as {{ kolom }}
        {%- endfor %}
    from gebeurtenissen
    group by versie, maand, iza_regio, cluster
),

-- wie een andere versie niet raakt, telt daar zoals in de standaard: alles van de standaard, min wie zij wel raakt
als_standaard as (
    select versies.versie, eigen.maand, eigen.iza_regio, eigen.cluster{% for kolom in tellingen %}, eigen.{{ kolom }}{% endfor %}
    from eigen
    cross join {{ ref('int_versie') }} as versies
    where eigen.versie = {{ standaardversie() }} and not versies.is_standaard
),

geraakt as (
    select
        patienten.versie, gebeurtenissen.maand, gebeurtenissen.iza_regio, gebeurtenissen.cluster
        {%- for kolom in tellingen %},
        -sum(gebeurtenissen.{{ kolom }}) as {{ kolom }}
        {%- endfor %}
    from gebeurtenissen
    inner join {{ ref('int_versie_patient') }} as patienten on gebeurtenissen.patient_nr = patienten.patient_nr
    where gebeurtenissen.versie = {{ standaardversie() }}
    group by patienten.versie, gebeurtenissen.maand, gebeurtenissen.iza_regio, gebeurtenissen.cluster
),

delen as (
    select * from eigen
    union all
    select * from als_standaard
    union all
    select * from geraakt
)

select
    versie,
    maand,
    iza_regio,
    cluster
    {%- for kolom in tellingen %},
    cast(sum({{ kolom }}) as bigint) as {{ kolom }}
    {%- endfor %}
from delen
group by versie, maand, iza_regio, cluster
