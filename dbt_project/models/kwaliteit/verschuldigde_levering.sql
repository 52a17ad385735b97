with recursive leveringen as (
    select bron, aanlevermaand as maand, iza_regio, leverancier
    from {{ ref('stg_levering') }}
    where status in ('actief', 'vervangen')
),

maandelijks as (
    select bron, verplicht from {{ source('aanlevering', 'bron') }} where ritme = 'maandelijks'
),

-- wie een bron eens leverde, blijft haar verschuldigd tot zij lang genoeg wegblijft
relaties as (
    select
        leveringen.bron,
        leveringen.iza_regio,
        leveringen.leverancier,
        min(leveringen.maand) as eerste,
        max(leveringen.maand) as laatste,
        {{ maanden_later('max(leveringen.maand)', norm_kwaliteit('verwacht_na_laatste')) }} as tot
    from leveringen
    inner join maandelijks on leveringen.bron = maandelijks.bron
    group by leveringen.bron, leveringen.iza_regio, leveringen.leverancier
),

maanden as (
    select min(eerste) as maand, max(laatste) as laatste
    from relaties
    having count(*) > 0
    union all
    select {{ maanden_later('maand', 1) }} as maand, laatste
    from maanden
    where maand < laatste
),

van_leverancier as (
    select maanden.maand, relaties.bron, relaties.iza_regio, relaties.leverancier
    from relaties
    inner join maanden on maanden.maand between relaties.eerste and relaties.tot
),

begonnen as (
    select relaties.bron, min(relaties.eerste) as eerste
    from relaties
    inner join maandelijks on relaties.bron = maandelijks.bron
    where maandelijks.verplicht
    group by relaties.bron
),

regios as (
    select distinct iza_regio from relaties
),

-- een regio die meedoet, zonder iemand die deze verplichte bron die maand verschuldigd is
van_onbekende as (
    select maanden.maand, begonnen.bron, regios.iza_regio, cast(null as varchar) as leverancier
    from begonnen
    inner join maanden on begonnen.eerste <= maanden.maand
    cross join regios
    left join van_leverancier
        on maanden.maand = van_leverancier.maand
        and begonnen.bron = van_leverancier.bron
        and regios.iza_regio = van_leverancier.iza_regio
    where van_leverancier.bron is null
),

alle as (
    select * from van_leverancier
    union all
    select * from van_onbekende
)

select
    maand,
    bron,
    iza_regio,
    leverancier,
    {{ dagen_later(maanden_later('maand', 1), norm_kwaliteit('uiterste_dag') ~ ' - 1') }} as termijn
from alle
