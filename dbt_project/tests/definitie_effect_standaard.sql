-- De rijen van de standaarddefinitie zijn die van stroom_maand en capaciteit_maand (spec 3.15).
with effect as (
    select *
    from {{ ref('definitie_effect') }}
    where versie = {{ standaardversie() }}
),

stroom as (
    select * from {{ ref('stroom_maand') }}
),

bedden as (
    select
        maand,
        iza_regio,
        cluster,
        sum(verblijfsdagen_declaraties) as verblijfsdagen
    from {{ ref('capaciteit_maand') }}
    group by maand, iza_regio, cluster
)

select stroom.maand, stroom.iza_regio, stroom.cluster
from stroom
full outer join effect
    on stroom.maand = effect.maand and stroom.iza_regio = effect.iza_regio and stroom.cluster = effect.cluster
left join bedden
    on stroom.maand = bedden.maand and stroom.iza_regio = bedden.iza_regio and stroom.cluster = bedden.cluster
where
    stroom.maand is null
    or effect.maand is null
    {%- for kolom in [
        'stand_begin', 'instroom', 'doorstroom_in', 'doorstroom_uit', 'uitstroom', 'stand_eind', 'personen', 'status'
    ] %}
    or stroom.{{ kolom }} is distinct from effect.{{ kolom }}
    {%- endfor %}
    or stroom.geleverd <> effect.geleverd_declaraties
    -- capaciteit_maand telt verblijfsdagen op de rij bed; een cluster zonder bed heeft die niet
    or (bedden.verblijfsdagen is not null and bedden.verblijfsdagen <> effect.verblijfsdagen)
