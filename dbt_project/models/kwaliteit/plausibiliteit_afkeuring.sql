with leveringen as (
    select * from {{ ref('aanlevering') }} where status = 'actief'
),

drempels as (
    select * from {{ ref('plausibiliteit_drempel') }} where soort = 'afgekeurd'
),

aandelen as (
    select
        drempels.code,
        leveringen.bron,
        cast(leveringen.maand || '-01' as date) as maand,
        leveringen.iza_regio,
        leveringen.leverancier,
        leveringen.rijen_afgekeurd,
        {{ verhouding('leveringen.rijen_afgekeurd', 'leveringen.rijen_gelezen') }} as waarde,
        drempels.drempel
    from leveringen
    inner join drempels on leveringen.bron = drempels.bron
    where leveringen.rijen_gelezen >= drempels.ondergrens and leveringen.rijen_gelezen > 0
)

select
    code,
    bron,
    maand,
    iza_regio,
    leverancier,
    cast(null as varchar) as onderwerp,
    waarde,
    cast(0 as double) as verwacht,
    cast(null as double) as grens_onder,
    cast(drempel as double) as grens_boven,
    0 as maanden_basis,
    waarde > drempel as afwijkend,
    cast(rijen_afgekeurd as bigint) as omvang
from aandelen
