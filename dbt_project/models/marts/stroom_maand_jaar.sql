{%- set stromen = {
    'instroom_nieuw': true, 'instroom_terugkeer': true, 'instroom': true, 'doorstroom_in': true,
    'doorstroom_uit': true, 'uitstroom': true
} -%}

with stromen as (
    select * from {{ ref('stroom_maand') }}
),

-- in- en uitstroom over dezelfde maanden, voor alle clusters: die waarvan elk cluster van de regio te bepalen is
te_bepalen as (
    select maand, iza_regio
    from stromen
    where geleverd
    group by maand, iza_regio
    having min(case when uitstroom_bepaald and not aanloop then 1 else 0 end) = 1
),

geleverd as (
    select stromen.*
    from stromen
    inner join te_bepalen on stromen.maand = te_bepalen.maand and stromen.iza_regio = te_bepalen.iza_regio
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
        groepen.groep as cluster,
        geleverd.status
        {%- for kolom in stromen %},
        geleverd.{{ kolom }}
        {%- endfor %}
    from geleverd
    inner join gebieden on geleverd.iza_regio = gebieden.iza_regio
    inner join groepen on geleverd.cluster = groepen.cluster
)

-- van twee statussen is voorlopig de hoogste
{{ jaarsom('leden', ['iza_regio', 'cluster'], stromen, extra={'status': 'max(leden.status)'}) }}
