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
    select 'wachtlijst' as bron, maat, maand, waarde
    from {{ ref('kerncijfer_wachtlijst') }}
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
