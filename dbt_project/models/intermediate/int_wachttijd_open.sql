with rijen as (
    select * from {{ ref('stg_wachttijden_open') }}
),

gemeenten as (
    select * from {{ ref('gemeente_zorgkantoor_2018') }}
)

select
    rijen.*,
    coalesce(gemeenten.iza_regio, 'onbekend') as iza_regio,
    rijen.aanmeldwachttijd_weken + rijen.behandelwachttijd_weken as totaalwachttijd_weken,
    coalesce(rijen.aanmeldstop, false) or coalesce(rijen.behandelstop, false) as heeft_stop,
    case
        when rijen.datum_actualisatie_website < cast({{ dbt.date_trunc('year', 'rijen.peildatum') }} as date)
            then 'website niet bijgewerkt in het peiljaar'
    end as reden_weggelaten
from rijen
left join gemeenten on gemeenten.gemeente_code = 'GM' || rijen.gemeentecodes
