with omvang as (
    select * from {{ ref('gemis_omvang') }}
),

leveringen as (
    select
        wachtend.maand, wachtend.iza_regio, 'levering' as soort, cast(null as varchar) as code, wachtend.bron, wachtend.leverancier,
        wachtend.reden, wachtend.geschat_uit, omvang.rijen, omvang.personen, omvang.plaatsen, omvang.bedrag_eur
    from {{ ref('gemis_levering') }} as wachtend
    left join omvang on wachtend.bestand = omvang.bestand and omvang.soort = 'levering'
),

-- een dubbele sleutel is er niet bij: daarvan telt de eerste rij
rijen as (
    select
        aangeleverd.aanlevermaand as maand, aangeleverd.iza_regio, 'rijen' as soort, null as code, aangeleverd.bron,
        aangeleverd.leverancier, 'afgekeurd' as reden, null as geschat_uit,
        omvang.rijen, omvang.personen, omvang.plaatsen, omvang.bedrag_eur
    from omvang
    inner join {{ ref('stg_levering') }} as aangeleverd on omvang.bestand = aangeleverd.bestand and aangeleverd.status = 'actief'
    where omvang.soort = 'rijen'
),

-- wat meetelt met een kanttekening: hoeveel het er zijn is bekend, hoeveel personen of plaatsen niet
kanttekeningen as (
    select
        cast(bevinding_maand.maand || '-01' as date) as maand, bevinding_maand.iza_regio, 'kanttekening' as soort,
        bevinding_maand.code, bevinding_maand.bron, bevinding_maand.leverancier, 'telt mee' as reden, null as geschat_uit,
        cast(sum(bevinding_maand.omvang) as bigint) as rijen, null as personen, null as plaatsen, null as bedrag_eur
    from {{ ref('bevinding_maand') }} as bevinding_maand
    inner join {{ ref('kwaliteit_code') }} as codes
        on bevinding_maand.code = codes.code and codes.ernst = 'waarschuwing'
    -- wat ontbreekt of is afgekeurd staat hierboven al
    where bevinding_maand.iza_regio is not null and bevinding_maand.maand is not null
        and bevinding_maand.code not in ('PL-04', 'PL-11')
    group by
        bevinding_maand.maand, bevinding_maand.iza_regio, bevinding_maand.code, bevinding_maand.bron, bevinding_maand.leverancier
),

alle as (
    select * from leveringen
    union all
    select * from rijen
    union all
    select * from kanttekeningen
)

select
    *,
    row_number() over (
        partition by maand, iza_regio
        order by
            coalesce(plaatsen, 0) desc, coalesce(personen, 0) desc, coalesce(bedrag_eur, 0) desc, coalesce(rijen, 0) desc,
            soort, coalesce(bron, ''), coalesce(leverancier, ''), coalesce(code, '')
    ) as volgorde
from alle
