{%- set sleutel = ['maand', 'iza_regio', 'agb_vestiging', 'code', 'cluster'] -%}

with mismatches as (
    select
        *,
        row_number() over (order by {{ sleutel | join(', ') }}) as nummer
    from {{ ref('zpm_mismatch') }}
),

codes as (
    select * from {{ ref('kwaliteit_code') }} where code like 'ZPM%'
),

aanwezig as (
    select * from {{ ref('terugkoppeling_aanwezig') }}
),

-- wie iets leverde waarop een bevinding berust, en aan welke kant van een vergelijking
bijdragen as (
    select
        mismatches.nummer,
        aanwezig.leverancier,
        codes.bronnen like aanwezig.bron || '|%' as kant_a,
        codes.bronnen like '%|' || aanwezig.bron as kant_b
    from mismatches
    inner join codes on mismatches.code = codes.code
    inner join aanwezig
        on mismatches.maand = aanwezig.maand
        and mismatches.agb_vestiging = aanwezig.agb_vestiging
        and {{ staat_in('aanwezig.bron', 'codes.bronnen', '|') }}
),

betrokkenen as (
    select distinct nummer, leverancier from bijdragen
),

-- een cijfer uit gegevens waar ook een ander aan bijdroeg, staat er niet bij: dan alleen dat er een bevinding is
anderen as (
    select
        betrokkenen.nummer,
        betrokkenen.leverancier,
        count(bijdragen.nummer) as aantal,
        count(case when bijdragen.kant_a then 1 end) as kant_a,
        count(case when bijdragen.kant_b then 1 end) as kant_b
    from betrokkenen
    left join bijdragen
        on betrokkenen.nummer = bijdragen.nummer
        and betrokkenen.leverancier <> bijdragen.leverancier
    group by betrokkenen.nummer, betrokkenen.leverancier
)

select
    anderen.leverancier,
    {{ maandtekst('mismatches.maand') }} as maand,
    mismatches.code,
    codes.titel,
    mismatches.iza_regio,
    mismatches.agb_vestiging,
    mismatches.cluster,
    case when anderen.aantal = 0 then mismatches.aantal end as aantal,
    case when anderen.kant_a = 0 then mismatches.waarde_a end as waarde_a,
    case when anderen.kant_b = 0 then mismatches.waarde_b end as waarde_b,
    anderen.aantal > 0 as met_gegevens_van_anderen,
    codes.actie
from anderen
inner join mismatches on anderen.nummer = mismatches.nummer
inner join codes on mismatches.code = codes.code
