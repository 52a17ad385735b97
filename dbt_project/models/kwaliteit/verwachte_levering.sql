with leveringen as (
    select *, cast(maand || '-01' as date) as aanlevermaand
    from {{ ref('aanlevering') }}
    where status in ('actief', 'vervangen')
),

verschuldigd as (
    select * from {{ ref('verschuldigde_levering') }}
),

weigeringen as (
    select cast(maand || '-01' as date) as maand, bron, iza_regio, leverancier, count(*) as aantal
    from {{ ref('open_weigering') }}
    where bron is not null
    group by cast(maand || '-01' as date), bron, iza_regio, leverancier
),

-- van wat bij de eerste inname ooit al klaarlag is niet bekend wanneer het kwam
begin as (
    select min({{ lokale_dag('moment') }}) as dag from {{ ref('stg_levering') }}
),

ontvangsten as (
    select
        aanlevermaand as maand,
        bron,
        iza_regio,
        leverancier,
        min({{ lokale_dag('moment') }}) as ontvangen_op,
        count(*) as versies,
        max(versie) as versie,
        max(case when status = 'actief' then rijen_gelezen end) as rijen_gelezen,
        max(case when status = 'actief' then rijen_geaccepteerd end) as rijen_geaccepteerd,
        max(case when status = 'actief' then rijen_afgekeurd end) as rijen_afgekeurd
    from leveringen
    group by aanlevermaand, bron, iza_regio, leverancier
),

-- wat verwacht wordt, wat kwam en wat werd geweigerd
regels as (
    select maand, bron, iza_regio, leverancier, termijn from verschuldigd
    union all
    select maand, bron, iza_regio, leverancier, null as termijn from ontvangsten
    union all
    select maand, bron, iza_regio, leverancier, null as termijn from weigeringen
),

sleutels as (
    select maand, bron, iza_regio, leverancier, max(termijn) as termijn
    from regels
    group by maand, bron, iza_regio, leverancier
),

gemeten as (
    select
        sleutels.maand,
        sleutels.bron,
        sleutels.iza_regio,
        sleutels.leverancier,
        sleutels.termijn is not null as verwacht,
        sleutels.termijn,
        coalesce(sleutels.termijn < {{ vandaag() }}, false) as verstreken,
        ontvangsten.bron is not null as ontvangen,
        ontvangsten.ontvangen_op,
        case when sleutels.termijn >= begin.dag then ontvangsten.ontvangen_op <= sleutels.termijn end as op_tijd,
        coalesce(ontvangsten.versies, 0) as versies,
        ontvangsten.versie,
        ontvangsten.rijen_gelezen,
        ontvangsten.rijen_geaccepteerd,
        ontvangsten.rijen_afgekeurd,
        coalesce(weigeringen.aantal, 0) as open_weigeringen
    from sleutels
    cross join begin
    left join ontvangsten
        on sleutels.maand = ontvangsten.maand
        and sleutels.bron = ontvangsten.bron
        and sleutels.iza_regio = ontvangsten.iza_regio
        and sleutels.leverancier = ontvangsten.leverancier
    left join weigeringen
        on sleutels.maand = weigeringen.maand
        and sleutels.bron = weigeringen.bron
        and sleutels.iza_regio = weigeringen.iza_regio
        and sleutels.leverancier = weigeringen.leverancier
)

select
    *,
    case
        when ontvangen and op_tijd is null then 'geleverd'
        when ontvangen and op_tijd then 'op_tijd'
        when ontvangen then 'te_laat'
        when open_weigeringen > 0 then 'geweigerd'
        when verstreken then 'ontbreekt'
        -- de termijn loopt nog
        else 'nog_niet'
    end as status
from gemeten
