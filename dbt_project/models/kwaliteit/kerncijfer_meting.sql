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
    -- als decimaal: anders hangt de laatste bit af van de volgorde van optellen
    select maand, sum(cast(bedrag as decimal(18, 2))) as uitgaven
    from {{ ref('definitie_verschuiving_jaar') }}
    where iza_regio = 'NL'
        and cluster_van <> 'buiten_afbakening'
        and versie_naar = (select min(versie_naar) from {{ ref('definitie_verschuiving_jaar') }})
    group by maand
    having max(maanden) = {{ norm('venster_maanden') }}
),

-- wie langer dan een jaar verblijft, is pas te zien in een reeks van meer dan een jaar
langdurig as (
    select verblijf.maand, sum(verblijf.langer_dan_jaar) as langer_dan_jaar
    from {{ ref('verblijfsduur') }} as verblijf
    inner join {{ ref('int_maand') }} as maanden on verblijf.maand = maanden.maand
    where verblijf.iza_regio = 'NL' and verblijf.cluster in ('klinisch', 'beveiligd') and verblijf.uitstroom_bepaald
        and maanden.volgnummer > {{ norm('venster_maanden') }}
    group by verblijf.maand
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
