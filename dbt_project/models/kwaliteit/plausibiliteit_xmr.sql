with drempels as (
    select * from {{ ref('plausibiliteit_drempel') }} where soort = 'xmr'
),

-- voorlopige maanden groeien nog: die zouden elke keer buiten hun grenzen vallen
cijfers as (
    select 'declaraties' as bron, maand, iza_regio, 'instroom ' || cluster as onderwerp, instroom as waarde
    from {{ ref('stroom_maand') }}
    where geleverd and status = 'definitief'
    union all
    select 'declaraties' as bron, maand, iza_regio, 'personen ' || cluster as onderwerp, personen as waarde
    from {{ ref('stroom_maand') }}
    where geleverd and status = 'definitief'
    union all
    select 'wachtlijst' as bron, maand, iza_regio, 'wachtplekken ' || cluster as onderwerp, wachtplekken as waarde
    from {{ ref('wachttijd_maand') }}
    where geleverd and fase = 'totaal'
    union all
    select
        'bedden' as bron, maand, iza_regio, 'bezette_dagen ' || cluster || ' ' || capaciteit_type as onderwerp,
        bezette_dagen as waarde
    from {{ ref('capaciteit_maand') }}
    where geleverd
),

reeksen as (
    select
        *,
        abs(waarde - lag(waarde) over (partition by bron, iza_regio, onderwerp order by maand)) as sprong
    from cijfers
),

verleden as (
    select
        nu.bron,
        nu.maand,
        nu.iza_regio,
        nu.onderwerp,
        nu.waarde,
        drempels.code,
        drempels.minimum_maanden,
        drempels.ondergrens,
        drempels.drempel,
        count(*) as maanden_basis,
        {{ verhouding('sum(eerder.waarde)', 'count(*)') }} as midden,
        {{ verhouding('sum(eerder.sprong)', 'count(eerder.sprong)') }} as gemiddelde_sprong
    from reeksen as nu
    inner join drempels on nu.bron = drempels.bron
    inner join reeksen as eerder
        on nu.bron = eerder.bron
        and nu.iza_regio = eerder.iza_regio
        and nu.onderwerp = eerder.onderwerp
        and eerder.maand < nu.maand
        and {{ dbt.datediff('eerder.maand', 'nu.maand', 'month') }} <= drempels.venster_maanden
    group by
        nu.bron, nu.maand, nu.iza_regio, nu.onderwerp, nu.waarde,
        drempels.code, drempels.minimum_maanden, drempels.ondergrens, drempels.drempel
)

select
    code,
    bron,
    maand,
    iza_regio,
    cast(null as varchar) as leverancier,
    onderwerp,
    cast(waarde as double) as waarde,
    midden as verwacht,
    midden - cast(drempel as double) * gemiddelde_sprong as grens_onder,
    midden + cast(drempel as double) * gemiddelde_sprong as grens_boven,
    maanden_basis,
    abs(cast(waarde as double) - midden) > cast(drempel as double) * gemiddelde_sprong as afwijkend,
    cast(round(abs(cast(waarde as double) - midden)) as bigint) as omvang
from verleden
where maanden_basis >= minimum_maanden and midden >= ondergrens
