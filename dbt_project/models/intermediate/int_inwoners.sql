with maanden as (
    select * from {{ ref('int_maand') }}
),

bevolking as (
    select * from {{ ref('bevolking') }}
),

gemeenten as (
    select * from {{ ref('int_gemeente_regio') }}
),

jaren as (
    select distinct jaar from bevolking
),

-- het laatste jaar tot en met dat van de maand, anders het eerste
jaar_van_maand as (
    select
        maanden.maand,
        coalesce(max(case when jaren.jaar <= extract(year from maanden.maand) then jaren.jaar end), min(jaren.jaar)) as jaar
    from maanden
    cross join jaren
    group by maanden.maand
)

select
    jaar_van_maand.maand,
    gemeenten.iza_regio,
    bevolking.leeftijd_van,
    bevolking.leeftijd_tot,
    cast(sum(bevolking.inwoners) as bigint) as inwoners
from jaar_van_maand
inner join bevolking on jaar_van_maand.jaar = bevolking.jaar
inner join gemeenten
    on bevolking.gemeente_code = gemeenten.gemeente_code
    and jaar_van_maand.maand between gemeenten.geldig_van and gemeenten.geldig_tot
group by jaar_van_maand.maand, gemeenten.iza_regio, bevolking.leeftijd_van, bevolking.leeftijd_tot
