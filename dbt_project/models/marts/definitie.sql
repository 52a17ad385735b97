with versies as (
    select * from {{ ref('int_versie') }}
),

omschrijvingen as (
    select * from {{ met_eigen('definitie_versie') }} as rijen
),

regels as (
    select versie, count(distinct volgorde) as regels
    from {{ met_eigen('cluster_regel') }} as rijen
    group by versie
),

opgenomen as (
    select distinct versie from {{ source('definities', 'cluster_regel') }}
)

select
    versies.versie,
    versies.is_standaard,
    opgenomen.versie is not null as is_opgenomen,
    regels.regels,
    omschrijvingen.omschrijving,
    omschrijvingen.bron
from versies
inner join regels on versies.versie = regels.versie
left join omschrijvingen on versies.versie = omschrijvingen.versie
left join opgenomen on versies.versie = opgenomen.versie
