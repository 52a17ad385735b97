with uit_regels as (
    select * from {{ ref('int_zpm_regel') }}
),

vergelijkingen as (
    select * from {{ ref('int_zpm_vergelijking') }}
),

ontbrekend as (
    select * from {{ ref('int_zpm_ontbrekend') }}
),

gebruik as (
    select * from {{ ref('int_zpm_gebruik') }}
)

select
    maand, iza_regio, agb_vestiging, code, null as cluster,
    aantal, null as waarde_a, null as waarde_b, null as afwijking
from uit_regels
union all
select
    maand, iza_regio, agb_vestiging, code, null as cluster,
    aantal, waarde_a, waarde_b, afwijking
from vergelijkingen
union all
select
    maand, iza_regio, agb_vestiging, code, cluster,
    aantal, null as waarde_a, null as waarde_b, null as afwijking
from ontbrekend
union all
select
    maand, iza_regio, null as agb_vestiging, code, cluster,
    aantal, waarde_a, waarde_b, afwijking
from gebruik
