with gemeten as (
    select bestand from {{ ref('gemis_levering') }} where bestand is not null
),

rijen as (
    select
        bestand, codes, patient_pseudoniem as persoon,
        cast(null as bigint) as plaatsen,
        case when debet_credit = 'D' then bedrag end as bedrag_eur
    from {{ source('aanlevering', 'declaraties') }}
    union all
    select bestand, codes, patient_pseudoniem as persoon, null as plaatsen, null as bedrag_eur
    from {{ source('aanlevering', 'wachtlijst') }}
    union all
    select bestand, codes, null as persoon, operationeel as plaatsen, null as bedrag_eur
    from {{ source('aanlevering', 'bedden') }}
    union all
    select bestand, codes, null as persoon, capaciteit as plaatsen, null as bedrag_eur
    from {{ source('aanlevering', 'hic_monitor') }}
    union all
    select bestand, codes, null as persoon, null as plaatsen, null as bedrag_eur
    from {{ source('aanlevering', 'personeel') }}
),

-- alleen wat wordt gevraagd: verschillende personen tellen over alles is duur
gevraagd as (
    select 'rijen' as soort, * from rijen where codes is not null
    union all
    select 'levering' as soort, * from rijen where bestand in (select bestand from gemeten)
)

select
    bestand,
    soort,
    count(*) as rijen,
    nullif(count(distinct persoon), 0) as personen,
    cast(sum(plaatsen) as bigint) as plaatsen,
    cast(sum(bedrag_eur) as double) as bedrag_eur
from gevraagd
group by bestand, soort
