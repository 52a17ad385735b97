with toewijzingen as (
    select * from {{ ref('int_cluster_toewijzing') }} where is_standaard
),

kenmerken as (
    select * from {{ ref('int_kenmerk') }}
),

epa as (
    select * from {{ ref('epa_zorgvraagtype') }}
)

select kenmerken, mismatch as code
from toewijzingen
where mismatch is not null
union all
-- outreachend, maar met een zorgvraagtype dat niet op ernstige psychische aandoeningen wijst; een leeg zegt niets
select toewijzingen.kenmerken, 'ZPM-14' as code
from toewijzingen
inner join kenmerken on toewijzingen.kenmerken = kenmerken.kenmerken
left join epa on kenmerken.zorgvraagtype = epa.zorgvraagtype
where toewijzingen.regel in ('setting_4', 'setting_4_iht')
    and kenmerken.zorgvraagtype is not null
    and epa.zorgvraagtype is null
