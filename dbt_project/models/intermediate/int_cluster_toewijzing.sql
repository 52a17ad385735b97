with combinaties as (
    select * from {{ ref('int_kenmerk') }}
),

regels as (
    select * from {{ met_eigen('cluster_regel') }} as regels
),

versies as (
    select * from {{ ref('int_versie') }}
),

eerste_regels as (
    select
        combinaties.kenmerken,
        regels.versie,
        min(regels.volgorde) as volgorde
    from combinaties
    inner join regels
        on {{ past_bij_regel('combinaties', 'regels') }}
    group by combinaties.kenmerken, regels.versie
),

-- rijen met één volgorde zijn alternatieve voorwaarden van dezelfde regel
uitkomsten as (
    select distinct versie, volgorde, regel, cluster, zekerheid, alternatief, mismatch
    from regels
)

select
    combinaties.kenmerken,
    versies.versie,
    versies.is_standaard,
    eerste_regels.volgorde,
    uitkomsten.regel,
    -- een versie zonder regel die past laat de prestatie onbepaald: altijd een bevinding
    coalesce(uitkomsten.cluster, 'onbepaald') as cluster,
    coalesce(uitkomsten.zekerheid, 'eenduidig') as zekerheid,
    uitkomsten.alternatief,
    case when uitkomsten.versie is null then 'ZPM-09' else uitkomsten.mismatch end as mismatch
from combinaties
cross join versies
left join eerste_regels
    on combinaties.kenmerken = eerste_regels.kenmerken
    and versies.versie = eerste_regels.versie
left join uitkomsten
    on eerste_regels.versie = uitkomsten.versie
    and eerste_regels.volgorde = uitkomsten.volgorde
