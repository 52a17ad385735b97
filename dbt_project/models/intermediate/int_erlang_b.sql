with recursive belastingen as (
    select
        int_belasting.belasting,
        coalesce(max(int_beschikbaar.beschikbaar), 0) as meeste_plaatsen
    from {{ ref('int_belasting') }} as int_belasting
    left join {{ ref('int_beschikbaar') }} as int_beschikbaar
        on int_belasting.maand = int_beschikbaar.maand
        and int_belasting.iza_regio = int_beschikbaar.iza_regio
        and int_belasting.cluster = int_beschikbaar.cluster
    where int_belasting.belasting > 0
    group by int_belasting.belasting
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
