with metingen as (
    select * from {{ ref('plausibiliteit_meting') }}
),

verleden as (
    select
        nu.code,
        nu.bron,
        nu.maand,
        nu.iza_regio,
        nu.leverancier,
        count(*) as maanden_basis,
        cast(cast(sum(cast(eerder.waarde as decimal(18, 6))) as double) / count(*) as decimal(18, 6)) as verwacht
    from metingen as nu
    inner join metingen as eerder
        on nu.code = eerder.code
        and nu.bron = eerder.bron
        and nu.iza_regio = eerder.iza_regio
        and nu.leverancier = eerder.leverancier
        and eerder.maand < nu.maand
        and {{ dbt.datediff('eerder.maand', 'nu.maand', 'month') }} <= nu.venster_maanden
    group by nu.code, nu.bron, nu.maand, nu.iza_regio, nu.leverancier
),

grenzen as (
    select
        metingen.*,
        verleden.maanden_basis,
        cast(verleden.verwacht as double) as verwacht,
        case
            when metingen.soort = 'relatief' then metingen.drempel * verleden.verwacht
            -- absoluut: de drempel zelf
            else metingen.drempel
        end as marge,
        -- te klein of te kort om van een verleden te spreken
        verleden.maanden_basis >= metingen.minimum_maanden
        and case
            when metingen.soort = 'relatief' then verleden.verwacht
            -- een aandeel: over hoeveel rijen
            else metingen.basis
        end >= metingen.ondergrens as te_beoordelen
    from metingen
    inner join verleden
        on metingen.code = verleden.code
        and metingen.bron = verleden.bron
        and metingen.maand = verleden.maand
        and metingen.iza_regio = verleden.iza_regio
        and metingen.leverancier = verleden.leverancier
)

select
    code,
    bron,
    maand,
    iza_regio,
    leverancier,
    cast(null as varchar) as onderwerp,
    waarde,
    verwacht,
    verwacht - cast(marge as double) as grens_onder,
    verwacht + cast(marge as double) as grens_boven,
    maanden_basis,
    abs(waarde - verwacht) > cast(marge as double) as afwijkend,
    cast(
        case
            when soort = 'relatief' then round(abs(waarde - verwacht))
            -- een aandeel: hoeveel rijen het betreft
            else aantal
        end as bigint
    ) as omvang
from grenzen
where te_beoordelen
