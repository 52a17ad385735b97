with combinaties as (
    select * from {{ ref('int_kenmerk') }}
),

regels as (
    select * from {{ ref('cluster_regel') }}
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
        on {{ past_in_lijst('combinaties.wet', 'regels.wet') }}
        and {{ past_in_lijst('combinaties.acuut_binnen_budget', 'regels.acuut_binnen_budget') }}
        and {{ past_in_lijst('combinaties.prestatietype', 'regels.prestatietype') }}
        and {{ past_in_lijst('combinaties.setting', 'regels.setting') }}
        and {{ past_in_lijst('combinaties.verzorgingsgraad', 'regels.verzorgingsgraad') }}
        and (
            regels.beveiligingsniveau_vanaf is null
            or combinaties.beveiligingsniveau >= regels.beveiligingsniveau_vanaf
        )
        and {{ past_bij_janee('combinaties.heeft_hic', 'regels.heeft_hic') }}
        and {{ past_bij_janee('combinaties.heeft_iht', 'regels.heeft_iht') }}
        and {{ past_bij_janee('combinaties.heeft_mpu', 'regels.heeft_mpu') }}
        and {{ past_bij_janee('combinaties.heeft_topggz', 'regels.heeft_topggz') }}
        and {{ past_bij_janee('combinaties.traject_setting8', 'regels.traject_setting8') }}
        and {{ past_in_lijst('combinaties.zorgvraagtype', 'regels.zorgvraagtype') }}
        and {{ past_bij_begint('combinaties.agb_vestiging_begint', 'regels.agb_vestiging_begint') }}
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
