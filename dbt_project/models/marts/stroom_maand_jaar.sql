{%- set stromen = {
    'instroom_nieuw': true, 'instroom_terugkeer': true, 'instroom': true, 'doorstroom_in': true,
    'doorstroom_uit': true, 'uitstroom': true
} -%}

with geleverd as (
    select * from {{ ref('stroom_maand') }} where geleverd
),

gebieden as (
    select * from {{ ref('int_gebied') }}
),

groepen as (
    select * from {{ ref('int_clustergroep') }} where groep <> 'zes_clusters_en_niet_cruciaal'
),

leden as (
    select
        geleverd.maand,
        gebieden.gebied as iza_regio,
        groepen.groep as cluster
        {%- for kolom in stromen %},
        geleverd.{{ kolom }}
        {%- endfor %}
    from geleverd
    inner join gebieden on geleverd.iza_regio = gebieden.iza_regio
    inner join groepen on geleverd.cluster = groepen.cluster
)

{{ jaarsom('leden', ['iza_regio', 'cluster'], stromen) }}
