with zorgdagen as (
    select distinct {{ maand_van('zorgdag') }} as maand, iza_regio, cluster, patient_nr
    from {{ ref('int_zorgdag') }}
),

geleverd as (
    select maand, iza_regio from {{ ref('int_maandstatus') }} where geleverd
),

gebieden as (
    select * from {{ ref('int_gebied') }}
),

groepen as (
    select * from {{ ref('int_clustergroep') }} where groep <> 'zes_clusters_en_niet_cruciaal'
)

select
    zorgdagen.maand,
    gebieden.gebied,
    groepen.groep,
    count(distinct zorgdagen.patient_nr) as personen
from zorgdagen
inner join geleverd on zorgdagen.maand = geleverd.maand and zorgdagen.iza_regio = geleverd.iza_regio
inner join gebieden on zorgdagen.iza_regio = gebieden.iza_regio
inner join groepen on zorgdagen.cluster = groepen.cluster
where gebieden.gebied <> zorgdagen.iza_regio or groepen.groep <> zorgdagen.cluster
group by zorgdagen.maand, gebieden.gebied, groepen.groep
