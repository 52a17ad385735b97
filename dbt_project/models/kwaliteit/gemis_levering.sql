with wachtend as (
    select * from {{ ref('verwachte_levering') }}
    where status in ('ontbreekt', 'geweigerd')
),

leveringen as (
    select * from {{ ref('stg_levering') }} where status = 'actief'
),

-- van wat er niet is, is de laatste levering ervoor de beste schatting
eerdere as (
    select
        wachtend.maand,
        wachtend.bron,
        wachtend.iza_regio,
        wachtend.leverancier,
        wachtend.status as reden,
        leveringen.aanlevermaand as geschat_uit,
        leveringen.bestand,
        row_number() over (
            partition by wachtend.maand, wachtend.bron, wachtend.iza_regio, wachtend.leverancier
            order by leveringen.aanlevermaand desc
        ) as volgorde
    from wachtend
    left join leveringen
        on wachtend.bron = leveringen.bron
        and wachtend.iza_regio = leveringen.iza_regio
        and wachtend.leverancier = leveringen.leverancier
        and wachtend.maand > leveringen.aanlevermaand
)

select maand, bron, iza_regio, leverancier, reden, geschat_uit, bestand
from eerdere
where volgorde = 1
