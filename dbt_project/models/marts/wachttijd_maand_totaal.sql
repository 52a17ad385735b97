with sommen as (
    {{ totalen('wachttijd_maand', sleutel=['fase'], met_niet_cruciaal=true) }}
),

plekken as (
    select * from {{ ref('int_wachtplek_totaal') }}
)

select
    sommen.*,
    plekken.mediaan_weken,
    plekken.p90_weken,
    case when sommen.regios_geleverd > 0 then coalesce(plekken.unieke_wachtenden, 0) end as unieke_wachtenden
from sommen
left join plekken
    on sommen.maand = plekken.maand and sommen.iza_regio = plekken.gebied
    and sommen.cluster = plekken.groep and sommen.fase = plekken.fase
