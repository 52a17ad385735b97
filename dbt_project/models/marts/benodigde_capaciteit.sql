with skelet as (
    select * from {{ ref('int_skelet') }}
),

statussen as (
    select * from {{ ref('int_maandstatus') }}
),

belastingen as (
    select * from {{ ref('int_belasting') }}
),

beschikbaar as (
    select * from {{ ref('int_beschikbaar') }}
),

kansen as (
    select * from {{ ref('int_erlang_b') }}
),

benodigd as (
    select belasting, min(plaatsen) as plaatsen
    from kansen
    where kans_vol <= {{ norm('blokkeringsnorm') }}
    group by belasting
),

uitkomsten as (
    select
        skelet.maand,
        skelet.iza_regio,
        skelet.cluster,
        belastingen.maanden_basis,
        belastingen.aankomsten_per_dag,
        belastingen.gemiddelde_duur_dagen,
        belastingen.belasting,
        beschikbaar.beschikbaar,
        cast(ceil(
            belastingen.belasting / cast({{ norm('bezettingsnorm') }} as double)
            - cast({{ norm('ceil_marge') }} as double)
        ) as bigint) as benodigd_bezetting,
        case when belastingen.belasting = 0 then 0 else benodigd.plaatsen end as benodigd_erlang,
        case
            when beschikbaar.beschikbaar is null then null
            when belastingen.belasting = 0 then 0
            when belastingen.belasting > 0 then coalesce(kansen.kans_vol, 0)
            -- zonder duur is er geen belasting, en dan ook geen kans
        end as kans_vol,
        statussen.status,
        statussen.volledigheid,
        statussen.geleverd
    from skelet
    inner join statussen on skelet.maand = statussen.maand and skelet.iza_regio = statussen.iza_regio
    left join belastingen
        on skelet.maand = belastingen.maand and skelet.iza_regio = belastingen.iza_regio
        and skelet.cluster = belastingen.cluster
    left join beschikbaar
        on skelet.maand = beschikbaar.maand and skelet.iza_regio = beschikbaar.iza_regio
        and skelet.cluster = beschikbaar.cluster
    left join benodigd on belastingen.belasting = benodigd.belasting
    left join kansen
        on belastingen.belasting = kansen.belasting and beschikbaar.beschikbaar = kansen.plaatsen
)

select
    *,
    benodigd_erlang - beschikbaar as tekort
from uitkomsten
