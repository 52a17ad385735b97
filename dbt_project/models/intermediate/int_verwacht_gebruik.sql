with gebruik as (
    select * from {{ ref('int_gebruik_inwoners') }} where woonregio <> 'onbekend'
),

inwoners as (
    select * from {{ ref('int_inwoners') }}
),

landelijke_inwoners as (
    select maand, leeftijd_van, leeftijd_tot, sum(inwoners) as inwoners
    from inwoners
    group by maand, leeftijd_van, leeftijd_tot
),

met_leeftijd as (
    select gebruik.maand, gebruik.woonregio, gebruik.cluster, groepen.leeftijd_van, count(*) as patienten
    from gebruik
    inner join landelijke_inwoners as groepen
        on gebruik.maand = groepen.maand
        and gebruik.leeftijd >= groepen.leeftijd_van
        and (groepen.leeftijd_tot is null or gebruik.leeftijd <= groepen.leeftijd_tot)
    group by gebruik.maand, gebruik.woonregio, gebruik.cluster, groepen.leeftijd_van
),

landelijk_gebruik as (
    select maand, cluster, leeftijd_van, sum(patienten) as patienten
    from met_leeftijd
    group by maand, cluster, leeftijd_van
),

verwacht as (
    select
        inwoners.maand,
        inwoners.iza_regio,
        landelijk_gebruik.cluster,
        {{ som(verhouding('landelijk_gebruik.patienten * inwoners.inwoners', 'landelijke_inwoners.inwoners')) }} as verwacht_patienten
    from inwoners
    inner join landelijke_inwoners
        on inwoners.maand = landelijke_inwoners.maand and inwoners.leeftijd_van = landelijke_inwoners.leeftijd_van
    inner join landelijk_gebruik
        on inwoners.maand = landelijk_gebruik.maand and inwoners.leeftijd_van = landelijk_gebruik.leeftijd_van
    group by inwoners.maand, inwoners.iza_regio, landelijk_gebruik.cluster
),

eigen as (
    select maand, woonregio, cluster, sum(patienten) as patienten
    from met_leeftijd
    group by maand, woonregio, cluster
)

select
    verwacht.maand,
    verwacht.iza_regio as woonregio,
    verwacht.cluster,
    verwacht.verwacht_patienten,
    cast(coalesce(eigen.patienten, 0) as bigint) as patienten_met_leeftijd
from verwacht
left join eigen
    on verwacht.maand = eigen.maand and verwacht.iza_regio = eigen.woonregio and verwacht.cluster = eigen.cluster
