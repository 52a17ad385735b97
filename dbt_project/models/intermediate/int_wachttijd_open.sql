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
    end as reden_weggelaten,
    -- de circuits en de groepen waarin de NZa haar cijfers gaf
    rijen.circuit not in ('Jeugd', 'Forensisch') as is_nza_circuit,
    case
        when rijen.circuit in ('Jeugd', 'Forensisch') then null
        when rijen.type_zorg = 'BGGZ' then 'Generalistische basis-ggz (vrijgevestigd en instellingen)'
        when rijen.type_zorg = 'SGGZ' and rijen.type_aanbieder = 'Vrijgevestigde'
            then 'Vrijgevestigde aanbieders (gespecialiseerde ggz)'
        when rijen.type_zorg = 'SGGZ' then rijen.hoofddiagnosegroep
        -- basis en gespecialiseerd door elkaar: in geen groep van de NZa
    end as nza_groep
from rijen
left join gemeenten on gemeenten.gemeente_code = 'GM' || rijen.gemeentecodes
