with leveringen as (
    select distinct bron, aanlevermaand as maand, iza_regio, leverancier
    from {{ ref('stg_levering') }}
    where status = 'actief'
),

drempels as (
    select * from {{ ref('plausibiliteit_drempel') }} where soort = 'afwezig'
),

-- een maand telt pas mee als iemand voor deze bron heeft geleverd
maanden as (
    select distinct bron, maand from leveringen
)

select
    drempels.code,
    eerder.bron,
    maanden.maand,
    eerder.iza_regio,
    eerder.leverancier,
    cast(null as varchar) as onderwerp,
    cast(case when nu.bron is null then 0 else 1 end as double) as waarde,
    cast(1 as double) as verwacht,
    cast(1 as double) as grens_onder,
    cast(null as double) as grens_boven,
    1 as maanden_basis,
    nu.bron is null as afwijkend,
    cast(1 as bigint) as omvang
from leveringen as eerder
inner join drempels on eerder.bron = drempels.bron
inner join maanden
    on eerder.bron = maanden.bron
    and {{ maanden_later('eerder.maand', 1) }} = maanden.maand
left join leveringen as nu
    on eerder.bron = nu.bron
    and maanden.maand = nu.maand
    and eerder.iza_regio = nu.iza_regio
    and eerder.leverancier = nu.leverancier
