with maanden as (
    select
        *,
        row_number() over (partition by bevinding order by coalesce(maand, '') desc) as volgorde,
        min(maand) over (partition by bevinding) as eerste_maand,
        max(maand) over (partition by bevinding) as laatste_maand,
        count(*) over (partition by bevinding) as maanden,
        sum(omvang) over (partition by bevinding) as omvang_totaal
    from {{ ref('bevinding_maand') }}
),

codes as (
    select * from {{ ref('kwaliteit_code') }}
),

maandstatus as (
    select maand, status from {{ ref('int_maandstatus') }}
),

-- tot welke maand er iets te zien was: een bevinding van eerder is voorbij
van_leverancier as (
    select bron, iza_regio, leverancier, max(maand) as maand
    from {{ ref('stg_levering') }}
    where bron is not null
    group by bron, iza_regio, leverancier
),

van_code as (
    select code, {{ maandtekst('max(maand)') }} as maand
    from {{ ref('plausibiliteit') }}
    group by code
    union all
    select codes.code, {{ maandtekst('max(maandstatus.maand)') }} as maand
    from codes
    cross join maandstatus
    where codes.code like 'ZPM%'
        and (maandstatus.status = 'definitief' or codes.code not in ('ZPM-05', 'ZPM-06', 'ZPM-13'))
    group by codes.code
)

select
    maanden.bevinding,
    maanden.code,
    codes.titel,
    codes.ernst,
    maanden.bron,
    maanden.iza_regio,
    maanden.leverancier,
    maanden.agb_vestiging,
    maanden.oorzaak,
    maanden.eerste_maand,
    maanden.laatste_maand,
    maanden.maanden,
    maanden.omvang,
    cast(maanden.omvang_totaal as bigint) as omvang_totaal,
    -- wat is geweigerd of afgekeurd blijft staan tot een hogere versie het herstelt
    codes.ernst = 'blokkerend'
    or coalesce(maanden.laatste_maand >= coalesce(van_code.maand, van_leverancier.maand), true) as actueel,
    coalesce(maanden.toelichting, codes.uitleg) as toelichting,
    codes.actie,
    codes.pagina
from maanden
inner join codes on maanden.code = codes.code
left join van_code on maanden.code = van_code.code
left join van_leverancier
    on maanden.bron = van_leverancier.bron
    and maanden.iza_regio = van_leverancier.iza_regio
    and maanden.leverancier = van_leverancier.leverancier
where maanden.volgorde = 1
