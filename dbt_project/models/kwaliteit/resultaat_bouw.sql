with leveringen as (
    select * from {{ ref('aanlevering') }} where status in ('actief', 'vervangen')
),

codes as (
    select
        code,
        ernst,
        titel,
        bronnen
    from {{ ref('kwaliteit_code') }}
),

dubbelen as (
    select bestand, count(*) as aantal
    from {{ ref('afgekeurde_rij') }}
    where codes like '%A04%'
    group by bestand
),

signalen_per_bestand as (
    select bestand, code, count(*) as aantal
    from {{ ref('signaal') }}
    group by bestand, code
),

sleutels as (
    select
        leveringen.bron, leveringen.maand, leveringen.iza_regio, leveringen.leverancier,
        leveringen.bron as suite, 'sleutel_uniek' as expectation, codes.ernst,
        coalesce(dubbelen.aantal, 0) as aantal_onverwacht, leveringen.rijen_gelezen as aantal,
        leveringen.bestand || ': A04 ' || codes.titel as waarneming
    from leveringen
    inner join codes on codes.code = 'A04' and {{ staat_in('leveringen.bron', 'codes.bronnen', '|') }}
    left join dubbelen on leveringen.bestand = dubbelen.bestand
),

signalen as (
    select
        leveringen.bron, leveringen.maand, leveringen.iza_regio, leveringen.leverancier,
        'signaal' as suite, codes.code as expectation, codes.ernst,
        coalesce(gezien.aantal, 0) as aantal_onverwacht, leveringen.rijen_geaccepteerd as aantal,
        leveringen.bestand || ': ' || codes.titel as waarneming
    from leveringen
    inner join codes on codes.code like 'W%' and {{ staat_in('leveringen.bron', 'codes.bronnen', '|') }}
    left join signalen_per_bestand as gezien on leveringen.bestand = gezien.bestand and codes.code = gezien.code
    where leveringen.status = 'actief'
),

-- alleen 573-berichten hebben controleregels
controleregels as (
    select
        leveringen.bron, leveringen.maand, leveringen.iza_regio, leveringen.leverancier,
        'gds801' as suite, oordelen.regel as expectation, codes.ernst,
        coalesce(gebroken.rijen, 0) as aantal_onverwacht, leveringen.rijen_gelezen as aantal,
        leveringen.bestand || ': ' || oordelen.inhoud as waarneming
    from leveringen
    cross join {{ ref('gds801_oordeel') }} as oordelen
    inner join codes on codes.code = {{ gds_code('oordelen.oordeel') }}
    left join {{ ref('controleregel') }} as gebroken
        on leveringen.bestand = gebroken.bestand and oordelen.regel = gebroken.regel
    where leveringen.status = 'actief' and leveringen.bestand like '%.xml%'
),

zpm as (
    select
        cast(null as varchar) as bron, {{ maandtekst('mismatch.maand') }} as maand, mismatch.iza_regio,
        cast(null as varchar) as leverancier,
        'zpm' as suite, codes.code as expectation, codes.ernst,
        coalesce(sum(mismatch.aantal), 0) as aantal_onverwacht, cast(null as bigint) as aantal,
        cast(count(mismatch.code) as varchar) || ' bevindingen: ' || codes.titel as waarneming
    from codes
    left join {{ ref('zpm_mismatch') }} as mismatch on codes.code = mismatch.code
    where codes.code like 'ZPM%'
    group by mismatch.maand, mismatch.iza_regio, codes.code, codes.ernst, codes.titel
),

plausibiliteit as (
    select
        meting.bron, {{ maandtekst('meting.maand') }} as maand, meting.iza_regio, meting.leverancier,
        'plausibiliteit' as suite, meting.code as expectation, codes.ernst,
        count(case when meting.afwijkend then 1 end) as aantal_onverwacht, count(*) as aantal,
        {{ dbt.listagg('case when meting.afwijkend then meting.waarneming end', "'; '", 'order by meting.waarneming') }}
            as waarneming
    from {{ ref('plausibiliteit') }} as meting
    inner join codes on meting.code = codes.code
    group by meting.bron, meting.maand, meting.iza_regio, meting.leverancier, meting.code, codes.ernst
),

opvallend as (
    select
        leveringen.bron, leveringen.maand, leveringen.iza_regio, leveringen.leverancier,
        'levering' as suite, codes.code as expectation, codes.ernst,
        case when gezien.code is null then 0 else 1 end as aantal_onverwacht, 1 as aantal,
        leveringen.bestand || ': ' || coalesce(gezien.toelichting, codes.titel) as waarneming
    from leveringen
    inner join codes on codes.code in ('LEV-01', 'LEV-02')
    left join {{ ref('levering_opvallend') }} as gezien on leveringen.bestand = gezien.bestand and codes.code = gezien.code
    where leveringen.status = 'actief'
),

alle as (
    select * from sleutels
    union all
    select * from opvallend
    union all
    select * from signalen
    union all
    select * from controleregels
    union all
    select * from zpm
    union all
    select * from plausibiliteit
)

select
    bron, maand, iza_regio, leverancier, suite, expectation, cast(null as varchar) as kolom, ernst,
    aantal_onverwacht = 0 as geslaagd, cast(aantal_onverwacht as bigint) as aantal_onverwacht, aantal, waarneming
from alle
