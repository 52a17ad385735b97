-- De landelijke maten uit wachtlijsten, gekozen uit de totalen van de marts, om naast gepubliceerde cijfers te zetten.
with wachttijden as (
    select *
    from {{ ref('wachttijd_maand_totaal') }}
    where iza_regio = 'NL' and cluster = 'zes_clusters_en_niet_cruciaal'
),

plekken as (
    select *
    from {{ ref('int_wachtplek_totaal') }}
    where gebied = 'NL' and groep = 'zes_clusters_en_niet_cruciaal' and fase = 'totaal'
),

-- elke plek gemeten aan de norm van haar eigen fase
fasen_samen as (
    select maand, {{ verhouding('sum(boven_treeknorm)', 'sum(wachtplekken)') }} as aandeel_boven_treeknorm
    from wachttijden
    where fase <> 'totaal'
    group by maand
),

bemiddeling as (
    select
        *,
        lag(maand, 11) over (order by maand) = {{ maanden_later('maand', -11) }} as is_vol_jaar
    from {{ ref('bemiddeling_jaar') }}
    where iza_regio = 'NL'
)

select 'wachtplekken' as maat, maand, cast(wachtplekken as double) as waarde
from wachttijden
where fase = 'totaal'
union all
select 'aandeel_boven_14_weken', maand, aandeel_boven_treeknorm
from wachttijden
where fase = 'totaal'
union all
select 'aandeel_boven_aanmelding', maand, aandeel_boven_treeknorm
from wachttijden
where fase = 'aanmelding'
union all
select 'aandeel_boven_behandeling', maand, aandeel_boven_treeknorm
from wachttijden
where fase = 'behandeling'
union all
select 'aandeel_boven_fasenorm', maand, aandeel_boven_treeknorm
from fasen_samen
union all
select 'gemiddeld_weken', maand, gemiddeld_weken
from wachttijden
where fase = 'totaal'
union all
select 'aandeel_op_meer_lijsten', maand, {{ verhouding('op_meer_lijsten', 'unieke_wachtenden') }}
from plekken
union all
select 'bemiddeld', maand, cast(personen as double)
from bemiddeling
where is_vol_jaar
union all
select 'aandeel_bemiddeling_mislukt', maand, aandeel_mislukt
from bemiddeling
where is_vol_jaar
