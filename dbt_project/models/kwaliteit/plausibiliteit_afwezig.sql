with leveringen as (
    select * from {{ ref('verwachte_levering') }} where verwacht and leverancier is not null
),

drempels as (
    select * from {{ ref('plausibiliteit_drempel') }} where soort = 'afwezig'
)

select
    drempels.code,
    nu.bron,
    nu.maand,
    nu.iza_regio,
    nu.leverancier,
    cast(null as varchar) as onderwerp,
    cast(case when nu.ontvangen then 1 else 0 end as double) as waarde,
    cast(1 as double) as verwacht,
    cast(1 as double) as grens_onder,
    cast(null as double) as grens_boven,
    1 as maanden_basis,
    not nu.ontvangen as afwijkend,
    cast(1 as bigint) as omvang
from leveringen as nu
inner join drempels on nu.bron = drempels.bron
inner join leveringen as eerder
    on nu.bron = eerder.bron
    and nu.iza_regio = eerder.iza_regio
    and nu.leverancier = eerder.leverancier
    and nu.maand = {{ maanden_later('eerder.maand', 1) }}
where eerder.ontvangen
    -- zolang de termijn loopt valt er over wat er niet is niets te zeggen
    and (nu.ontvangen or nu.verstreken)
