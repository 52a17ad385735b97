with tellingen as (
    select * from {{ ref('int_prestatie_telling') }}
),

epa as (
    select * from {{ ref('epa_zorgvraagtype') }}
),

-- outreachend, maar met een zorgvraagtype dat niet op ernstige psychische aandoeningen wijst; een leeg zegt niets
niet_epa as (
    select tellingen.*
    from tellingen
    left join epa on tellingen.zorgvraagtype = epa.zorgvraagtype
    where tellingen.regel in ('setting_4', 'setting_4_iht')
        and tellingen.zorgvraagtype is not null
        and epa.zorgvraagtype is null
),

bevindingen as (
    select maand, iza_regio, agb_vestiging, mismatch as code, prestaties
    from tellingen
    where mismatch is not null
    union all
    select maand, iza_regio, agb_vestiging, 'ZPM-14' as code, prestaties
    from niet_epa
)

select
    maand,
    iza_regio,
    agb_vestiging,
    code,
    cast(sum(prestaties) as bigint) as aantal
from bevindingen
group by maand, iza_regio, agb_vestiging, code
