-- De landelijke maten uit wachtlijsten, om naast gepubliceerde cijfers te zetten.
with wachttijden as (
    select * from {{ ref('wachttijd_maand') }} where geleverd
),

open_plekken as (
    select maand, patient_pseudoniem, count(*) as plekken
    from {{ ref('int_wachtplek_fase') }}
    where fase = 'totaal'
    group by maand, patient_pseudoniem
),

personen as (
    select
        maand,
        count(*) as personen,
        count(case when plekken > 1 then 1 end) as op_meer_lijsten
    from open_plekken
    group by maand
),

per_fase as (
    select
        maand,
        fase,
        sum(wachtplekken) as wachtplekken,
        sum(boven_treeknorm) as boven_treeknorm,
        sum(cast(gemiddeld_weken * wachtplekken as decimal(24, 6))) as weken
    from wachttijden
    group by maand, fase
),

-- elke plek gemeten aan de norm van haar eigen fase
fasen_samen as (
    select maand, sum(boven_treeknorm) as boven_treeknorm, sum(wachtplekken) as wachtplekken
    from per_fase
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
from per_fase
where fase = 'totaal'
union all
select 'aandeel_boven_14_weken', maand, {{ verhouding('boven_treeknorm', 'wachtplekken') }}
from per_fase
where fase = 'totaal'
union all
select 'aandeel_boven_aanmelding', maand, {{ verhouding('boven_treeknorm', 'wachtplekken') }}
from per_fase
where fase = 'aanmelding'
union all
select 'aandeel_boven_behandeling', maand, {{ verhouding('boven_treeknorm', 'wachtplekken') }}
from per_fase
where fase = 'behandeling'
union all
select 'aandeel_boven_fasenorm', maand, {{ verhouding('boven_treeknorm', 'wachtplekken') }}
from fasen_samen
union all
select 'gemiddeld_weken', maand, {{ verhouding('weken', 'wachtplekken') }}
from per_fase
where fase = 'totaal'
union all
select 'aandeel_op_meer_lijsten', maand, {{ verhouding('op_meer_lijsten', 'personen') }}
from personen
union all
select 'bemiddeld', maand, cast(personen as double)
from bemiddeling
where is_vol_jaar
union all
select 'aandeel_bemiddeling_mislukt', maand, aandeel_mislukt
from bemiddeling
where is_vol_jaar
