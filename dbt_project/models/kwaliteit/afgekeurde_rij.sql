with leveringen as (
    select * from {{ ref('stg_levering') }} where code is null
),

dubbelen as (
    select * from {{ ref('stg_dubbel') }}
),

alleen_dubbel as (
    select * from dubbelen where codes is null
),

dubbele_rijen as (
    {{ dubbelen_als_json('alleen_dubbel') }}
),

afgekeurd as (
    select
        rijen.bestand,
        rijen.rijnummer,
        {{ codes_met_a04('rijen.codes', 'dubbelen.bestand is not null') }} as codes,
        rijen.rij
    from {{ source('aanlevering', 'rij') }} as rijen
    left join dubbelen
        on rijen.bestand = dubbelen.bestand
        and rijen.rijnummer = dubbelen.rijnummer
    where rijen.codes is not null
    union all
    select bestand, rijnummer, 'A04' as codes, rij
    from dubbele_rijen
)

select
    leveringen.bron,
    leveringen.maand,
    leveringen.iza_regio,
    leveringen.leverancier,
    afgekeurd.bestand,
    afgekeurd.rijnummer,
    afgekeurd.codes,
    afgekeurd.rij
from afgekeurd
inner join leveringen on afgekeurd.bestand = leveringen.bestand
