with toewijzingen as (
    select * from {{ ref('int_cluster_toewijzing') }} where is_standaard
),

bevindingen as (
    select * from {{ ref('int_kenmerk_bevinding') }}
),

registraties as (
    select * from {{ ref('twijfel_registratie') }}
)

-- regels die zelf zeggen dat het ook anders kan
select
    kenmerken,
    coalesce(mismatch, regel) as twijfel,
    cluster,
    alternatief
from toewijzingen
where zekerheid = 'meerduidig'
union all
-- bevindingen bij een regel die dat niet zegt
select
    bevindingen.kenmerken,
    bevindingen.code as twijfel,
    toewijzingen.cluster,
    registraties.alternatief
from bevindingen
inner join registraties
    on bevindingen.code = registraties.twijfel and registraties.alternatief is not null
inner join toewijzingen on bevindingen.kenmerken = toewijzingen.kenmerken
