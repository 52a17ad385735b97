with metingen as (
    select
        *,
        cast({{ verhouding('gevuld', 'rijen') }} as decimal(18, 6)) as aandeel_gevuld
    from {{ ref('vulling_meting') }}
),

verleden as (
    select
        nu.bron,
        nu.kolom,
        nu.leverancier,
        nu.maand,
        count(*) as maanden_basis,
        {{ verhouding('sum(eerder.gevuld)', 'sum(eerder.rijen)') }} as aandeel_ervoor,
        max(eerder.verschillend) as meest_verschillend_ervoor
    from metingen as nu
    inner join metingen as eerder
        on nu.bron = eerder.bron
        and nu.kolom = eerder.kolom
        and nu.leverancier = eerder.leverancier
        and nu.maand > eerder.maand
        and {{ dbt.datediff('eerder.maand', 'nu.maand', 'month') }} <= {{ norm_kwaliteit('vulling_venster_maanden') }}
    group by nu.bron, nu.kolom, nu.leverancier, nu.maand
)

select
    metingen.maand,
    metingen.bron,
    metingen.leverancier,
    metingen.plek,
    metingen.kolom,
    metingen.rijen,
    metingen.gevuld,
    metingen.leeg,
    metingen.plaatshouder,
    metingen.onleesbaar,
    metingen.verschillend,
    cast(metingen.aandeel_gevuld as double) as aandeel_gevuld,
    coalesce(verleden.maanden_basis, 0) as maanden_basis,
    verleden.aandeel_ervoor,
    cast(metingen.aandeel_gevuld as double) - verleden.aandeel_ervoor as verschil,
    verleden.meest_verschillend_ervoor,
    -- zonder verleden is er niets om van af te wijken
    coalesce(
        metingen.rijen >= {{ norm_kwaliteit('vulling_minimum_rijen') }}
        and abs(cast(metingen.aandeel_gevuld as double) - verleden.aandeel_ervoor) > {{ norm_kwaliteit('vulling_verschil') }},
        false
    ) as afwijkend
from metingen
left join verleden
    on metingen.bron = verleden.bron
    and metingen.kolom = verleden.kolom
    and metingen.leverancier = verleden.leverancier
    and metingen.maand = verleden.maand
