{#- Jaarcijfers: de som over twaalf maanden, alleen waar die er alle twaalf zijn. -#}
{%- set jaarvenster = 'order by maand rows between 11 preceding and current row' -%}

with regios as (
    select count(*) as aantal from {{ ref('iza_regio') }}
),

geleverd as (
    select bron, maand, count(*) as regios
    from {{ ref('int_geleverd') }}
    group by bron, maand
),

wachttijden as (
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
        sum(cast(gemiddeld_weken * wachtplekken as decimal(24, 6))) as weken,
        sum(bemiddeld_gelukt) as gelukt,
        sum(bemiddeld_mislukt) as mislukt
    from wachttijden
    group by maand, fase
),

bemiddeling as (
    select
        maand,
        count(*) over ({{ jaarvenster }}) as maanden,
        sum(gelukt + mislukt) over ({{ jaarvenster }}) as bemiddeld,
        sum(mislukt) over ({{ jaarvenster }}) as mislukt
    from per_fase
    where fase = 'totaal'
),

bedragen as (
    select maand, sum(bedrag) as bedrag
    from {{ ref('definitie_verschuiving') }}
    where cluster_van <> 'buiten_afbakening'
        and versie_naar = (select min(versie_naar) from {{ ref('definitie_verschuiving') }})
    group by maand
),

uitgaven as (
    select
        maand,
        count(*) over ({{ jaarvenster }}) as maanden,
        sum(bedrag) over ({{ jaarvenster }}) as uitgaven
    from bedragen
),

langdurig as (
    select count(distinct patient_pseudoniem) as personen
    from {{ ref('episode') }}
    where open
        and cluster in ('klinisch', 'beveiligd')
        and {{ dagen_tussen('begindatum', 'laatste_zorgdag') }} >= 365
),

laatste_declaratiemaand as (
    select max(maand) as maand from geleverd where bron = 'declaraties'
),

metingen as (
    select 'wachtlijst' as bron, 'wachtplekken' as maat, maand, cast(wachtplekken as double) as waarde
    from per_fase
    where fase = 'totaal'
    union all
    select 'wachtlijst', 'aandeel_boven_14_weken', maand, {{ verhouding('boven_treeknorm', 'wachtplekken') }}
    from per_fase
    where fase = 'totaal'
    union all
    select 'wachtlijst', 'aandeel_boven_aanmelding', maand, {{ verhouding('boven_treeknorm', 'wachtplekken') }}
    from per_fase
    where fase = 'aanmelding'
    union all
    select 'wachtlijst', 'aandeel_boven_behandeling', maand, {{ verhouding('boven_treeknorm', 'wachtplekken') }}
    from per_fase
    where fase = 'behandeling'
    union all
    select 'wachtlijst', 'gemiddeld_weken', maand, {{ verhouding('weken', 'wachtplekken') }}
    from per_fase
    where fase = 'totaal'
    union all
    select 'wachtlijst', 'unieke_wachtenden', maand, cast(personen as double)
    from personen
    union all
    select 'wachtlijst', 'aandeel_op_meer_lijsten', maand, {{ verhouding('op_meer_lijsten', 'personen') }}
    from personen
    union all
    select 'wachtlijst', 'bemiddeld', maand, cast(bemiddeld as double)
    from bemiddeling
    where maanden = 12
    union all
    select 'wachtlijst', 'aandeel_bemiddeling_mislukt', maand, {{ verhouding('mislukt', 'bemiddeld') }}
    from bemiddeling
    where maanden = 12
    union all
    select 'declaraties', 'uitgaven', maand, cast(uitgaven as double)
    from uitgaven
    where maanden = 12
    union all
    select 'declaraties', 'klinisch_langer_dan_jaar', laatste_declaratiemaand.maand, cast(langdurig.personen as double)
    from langdurig
    cross join laatste_declaratiemaand
)

select
    metingen.maat,
    metingen.maand,
    metingen.waarde,
    geleverd.regios,
    geleverd.regios = regios.aantal as landelijk
from metingen
cross join regios
inner join geleverd on metingen.bron = geleverd.bron and metingen.maand = geleverd.maand
where metingen.waarde is not null
