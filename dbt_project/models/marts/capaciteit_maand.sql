{%- set sommen = beddensommen() -%}

with bedden as (
    select * from {{ ref('int_bedden') }}
),

skelet as (
    select * from {{ ref('int_skelet') }}
),

geleverd as (
    select * from {{ ref('int_geleverd') }} where bron = 'bedden'
),

statussen as (
    select * from {{ ref('int_maandstatus') }}
),

tellingen as (
    select * from {{ ref('int_prestatie_telling') }} where prestatietype = 'verblijfsdag'
),

typen_van_cluster as (
    select distinct cluster, capaciteit_type from bedden
),

-- een cluster zonder capaciteit heeft toch een rij: bed
cellen as (
    select skelet.*, coalesce(typen_van_cluster.capaciteit_type, 'bed') as capaciteit_type
    from skelet
    left join typen_van_cluster on skelet.cluster = typen_van_cluster.cluster
),

capaciteit as (
    select
        maand, iza_regio, cluster, capaciteit_type
        {%- for kolom in sommen %},
        sum({{ kolom }}) as {{ kolom }}
        {%- endfor %}
    from bedden
    group by maand, iza_regio, cluster, capaciteit_type
),

verblijfsdagen as (
    select maand, iza_regio, cluster, sum(prestaties) as verblijfsdagen
    from tellingen
    group by maand, iza_regio, cluster
),

gevuld as (
    select
        cellen.maand,
        cellen.dagen,
        cellen.iza_regio,
        cellen.cluster,
        cellen.capaciteit_type,
        geleverd.maand is not null as geleverd,
        {%- for kolom in sommen %}
        case when geleverd.maand is not null then cast(coalesce(capaciteit.{{ kolom }}, 0) as bigint) end as {{ kolom }},
        {%- endfor %}
        case
            when cellen.capaciteit_type = 'bed' and statussen.geleverd
                then cast(coalesce(verblijfsdagen.verblijfsdagen, 0) as bigint)
        end as verblijfsdagen_declaraties,
        statussen.status as declaraties_status,
        statussen.volledigheid as declaraties_volledigheid
    from cellen
    left join capaciteit
        on cellen.maand = capaciteit.maand and cellen.iza_regio = capaciteit.iza_regio
        and cellen.cluster = capaciteit.cluster and cellen.capaciteit_type = capaciteit.capaciteit_type
    left join verblijfsdagen
        on cellen.maand = verblijfsdagen.maand and cellen.iza_regio = verblijfsdagen.iza_regio
        and cellen.cluster = verblijfsdagen.cluster
    left join geleverd
        on cellen.maand = geleverd.maand and cellen.iza_regio = geleverd.iza_regio
    inner join statussen
        on cellen.maand = statussen.maand and cellen.iza_regio = statussen.iza_regio
)

select
    maand,
    iza_regio,
    cluster,
    capaciteit_type,
    {%- for kolom in sommen %}
    {{ kolom }},
    {%- endfor %}
    {{ verhouding('bezette_dagen', 'beschikbare_dagen') }} as bezettingsgraad,
    {{ verhouding('uitgestelde_dagen', 'bezette_dagen') }} as aandeel_uitgesteld,
    {{ verhouding('uitgestelde_dagen', 'dagen') }} as vrij_te_spelen,
    verblijfsdagen_declaraties,
    declaraties_status,
    declaraties_volledigheid,
    geleverd
from gevuld
