{{ config(materialized='view') }}

with codes as (
    select * from {{ ref('kwaliteit_code') }}
),

signalen as (
    select leverancier, maand, bron, iza_regio, bestand, code, count(*) as rijen
    from {{ ref('signaal') }}
    group by leverancier, maand, bron, iza_regio, bestand, code
),

van_rijen as (
    select signalen.*, codes.titel, codes.actie
    from signalen
    inner join codes on signalen.code = codes.code
),

-- wat een rij heeft geweigerd staat bij de afgekeurde rijen
van_bericht as (
    select
        gebroken.leverancier,
        gebroken.maand,
        gebroken.bron,
        gebroken.iza_regio,
        gebroken.bestand,
        codes.code,
        gebroken.rijen,
        codes.titel || ': ' || gebroken.regel || ' ' || gebroken.inhoud as titel,
        codes.actie
    from {{ ref('controleregel') }} as gebroken
    inner join codes on codes.code = {{ gds_code('gebroken.oordeel') }}
    where gebroken.oordeel <> 'geweigerd'
)

select * from van_rijen
union all
select * from van_bericht
