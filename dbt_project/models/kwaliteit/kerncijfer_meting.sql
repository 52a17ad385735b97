with regios as (
    select count(*) as aantal from {{ ref('iza_regio') }}
),

geleverd as (
    select bron, maand, count(*) as regios
    from {{ ref('int_geleverd') }}
    group by bron, maand
),

-- buiten_afbakening is wat niet onder de Zvw valt: geen curatieve ggz
uitgaven as (
    select maand, sum(bedrag) as uitgaven
    from {{ ref('definitie_verschuiving_jaar') }}
    where iza_regio = 'NL'
        and cluster_van <> 'buiten_afbakening'
        and versie_naar = (select min(versie_naar) from {{ ref('definitie_verschuiving_jaar') }})
    group by maand
    having max(maanden) = {{ norm('venster_maanden') }}
),

langdurig as (
    select maand, sum(langer_dan_jaar) as langer_dan_jaar
    from {{ ref('verblijfsduur') }}
    where iza_regio = 'NL' and cluster in ('klinisch', 'beveiligd') and uitstroom_bepaald
    group by maand
),

metingen as (
    select 'wachtlijst' as bron, maat, maand, waarde
    from {{ ref('kerncijfer_wachtlijst') }}
    union all
    select 'declaraties', 'uitgaven', maand, cast(uitgaven as double)
    from uitgaven
    union all
    select 'declaraties', 'klinisch_langer_dan_jaar', maand, cast(langer_dan_jaar as double)
    from langdurig
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
