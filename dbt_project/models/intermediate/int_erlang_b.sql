with recursive bedden as (
    select * from {{ ref('int_belasting') }} where capaciteit_type = 'bed'
),

gevraagd as (
    select belasting, beschikbaar from bedden
    union all
    select belasting_tijdig as belasting, null as beschikbaar from bedden
),

-- elke belasting een keer, tot het grootste aantal plaatsen waarvoor de kans gevraagd is
belastingen as (
    select belasting, coalesce(max(beschikbaar), 0) as meeste_plaatsen
    from gevraagd
    where belasting > 0
    group by belasting
),

-- B(0) = 1 en B(n) = a B(n-1) / (n + a B(n-1)): altijd tussen 0 en 1, dus stabiel voor elk aantal plaatsen
stappen as (
    select belasting, meeste_plaatsen, cast(0 as bigint) as plaatsen, cast(1 as double) as kans_vol
    from belastingen

    union all

    select
        belasting,
        meeste_plaatsen,
        plaatsen + 1 as plaatsen,
        belasting * kans_vol / (plaatsen + 1 + belasting * kans_vol) as kans_vol
    from stappen
    where
        kans_vol > {{ norm('blokkeringsnorm') }}
        -- waar de kans nul is geworden, blijft zij nul: een opgave van miljarden plaatsen kost niets
        or (plaatsen < meeste_plaatsen and kans_vol > 0)
)

select belasting, plaatsen, kans_vol from stappen
