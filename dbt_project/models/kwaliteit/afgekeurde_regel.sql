with leveringen as (
    select * from {{ ref('stg_levering') }} where status = 'actief'
),

regels as (
    select * from {{ source('aanlevering', 'regel') }}
),

codes as (
    select * from {{ ref('kwaliteit_code') }}
),

oordelen as (
    select * from {{ ref('gds801_oordeel') }} where oordeel = 'geweigerd'
),

gebroken as (
    select bron, bestand, rijnummer, {{ uitgeklapt('regels') }} as regel
    from {{ source('aanlevering', 'rij') }}
    where codes is not null
),

van_contract as (
    select gebroken.bestand, gebroken.rijnummer, 'contract' as herkomst, regels.regel, regels.code, regels.kolom, regels.uitleg
    from gebroken
    inner join regels on gebroken.bron = regels.bron and gebroken.regel = regels.regel
),

-- de sleutel is pas over alle aanleveringen heen te beoordelen
van_sleutel as (
    select
        rijen.bestand,
        rijen.rijnummer,
        'sleutel' as herkomst,
        'sleutel_uniek' as regel,
        codes.code,
        cast(null as varchar) as kolom,
        codes.uitleg
    from {{ ref('afgekeurde_rij') }} as rijen
    inner join codes on codes.code = 'A04'
    where rijen.codes like '%A04%'
),

van_bericht as (
    select
        rijen.bestand,
        rijen.rijnummer,
        'bericht' as herkomst,
        oordelen.regel,
        oordelen.code,
        cast(null as varchar) as kolom,
        oordelen.regel || ' ' || oordelen.inhoud as uitleg
    from {{ source('aanlevering', 'declaraties') }} as rijen
    inner join oordelen on {{ staat_in('oordelen.regel', 'rijen.controleregels', ',') }}
    where rijen.codes is not null
        and rijen.controleregels is not null
),

alle as (
    select * from van_contract
    union all
    select * from van_sleutel
    union all
    select * from van_bericht
)

select
    leveringen.bron,
    leveringen.maand,
    leveringen.iza_regio,
    leveringen.leverancier,
    alle.bestand,
    alle.rijnummer,
    alle.herkomst,
    alle.regel,
    alle.code,
    alle.kolom,
    alle.uitleg
from alle
inner join leveringen on alle.bestand = leveringen.bestand
