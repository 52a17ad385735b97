with cellen as (
    select * from {{ ref('int_capaciteit_cel') }}
),

maanden as (
    select * from {{ ref('int_capaciteit_cel_maand') }}
),

plaatsen as (
    select
        cellen.versie,
        maanden.maand,
        maanden.iza_regio,
        cellen.cluster,
        max(maanden.dagen) as dagen,
        sum(case when maanden.geleverd then maanden.bezette_dagen end) as bezette_dagen,
        cast(sum(case when maanden.geleverd then maanden.operationeel end) as bigint) as operationeel,
        cast(sum(case when maanden.geleverd then maanden.uitgestelde_dagen end) as bigint) as uitgestelde_dagen,
        cast(sum(case when maanden.geleverd_wachtlijst then maanden.wachtplekken end) as bigint) as wachtplekken
    from cellen
    inner join maanden on cellen.cel = maanden.cel
    group by cellen.versie, maanden.maand, maanden.iza_regio, cellen.cluster
),

nodig as (
    select
        versie,
        maand,
        iza_regio,
        cluster,
        sum(belasting) as belasting,
        cast(sum(benodigd) as bigint) as benodigd,
        cast(sum(beschikbaar) as bigint) as beschikbaar
    from {{ ref('int_benodigde_capaciteit') }}
    group by versie, maand, iza_regio, cluster
)

select
    plaatsen.versie,
    plaatsen.maand,
    plaatsen.iza_regio,
    plaatsen.cluster,
    plaatsen.operationeel,
    {{ verhouding('plaatsen.bezette_dagen', 'plaatsen.dagen') }} as bezet,
    plaatsen.uitgestelde_dagen,
    plaatsen.wachtplekken,
    nodig.belasting,
    nodig.benodigd,
    nodig.beschikbaar,
    nodig.benodigd - nodig.beschikbaar as tekort
from plaatsen
inner join nodig
    on plaatsen.versie = nodig.versie
    and plaatsen.maand = nodig.maand
    and plaatsen.iza_regio = nodig.iza_regio
    and plaatsen.cluster = nodig.cluster
