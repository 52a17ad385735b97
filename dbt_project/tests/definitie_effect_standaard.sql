{{ config(meta={'dagster': {'ref': {'name': 'definitie_effect'}}}) }}
-- De rijen van de standaarddefinitie zijn die van 3.2 tot en met 3.5 (spec 3.15).
with effect as (
    select *
    from {{ ref('definitie_effect') }}
    where versie = {{ standaardversie() }}
),

stroom as (
    select * from {{ ref('stroom_maand') }}
),

dagen as (
    select maand, dagen from {{ ref('int_maand') }}
),

capaciteit as (
    select
        maand, iza_regio, cluster,
        sum(operationeel) as operationeel,
        sum(bezette_dagen) as bezette_dagen,
        sum(verblijfsdagen_declaraties) as verblijfsdagen
    from {{ ref('capaciteit_maand') }}
    group by maand, iza_regio, cluster
),

behoefte as (
    select
        maand, iza_regio, cluster,
        sum(belasting) as belasting,
        sum(benodigd) as benodigd,
        sum(beschikbaar) as beschikbaar,
        sum(benodigd) - sum(beschikbaar) as tekort
    from {{ ref('benodigde_capaciteit') }}
    group by maand, iza_regio, cluster
),

wachten as (
    select * from {{ ref('wachttijd_maand') }} where fase = 'totaal'
)

select effect.maand, effect.iza_regio, effect.cluster
from effect
full outer join stroom
    on effect.maand = stroom.maand and effect.iza_regio = stroom.iza_regio and effect.cluster = stroom.cluster
left join dagen on effect.maand = dagen.maand
left join capaciteit
    on effect.maand = capaciteit.maand and effect.iza_regio = capaciteit.iza_regio and effect.cluster = capaciteit.cluster
left join behoefte
    on effect.maand = behoefte.maand and effect.iza_regio = behoefte.iza_regio and effect.cluster = behoefte.cluster
left join wachten
    on effect.maand = wachten.maand and effect.iza_regio = wachten.iza_regio and effect.cluster = wachten.cluster
where
    effect.maand is null
    or stroom.maand is null
    {%- for kolom in [
        'stand_begin', 'instroom', 'doorstroom_in', 'doorstroom_uit', 'uitstroom', 'stand_eind', 'personen', 'status'
    ] %}
    or effect.{{ kolom }} is distinct from stroom.{{ kolom }}
    {%- endfor %}
    or effect.geleverd_declaraties <> stroom.geleverd
    -- capaciteit_maand telt verblijfsdagen op de rij bed; een cluster zonder bed heeft die niet
    or (capaciteit.verblijfsdagen is not null and capaciteit.verblijfsdagen <> effect.verblijfsdagen)
    or effect.operationeel is distinct from capaciteit.operationeel
    -- een gemiddelde is pas anders als het meer scheelt dan het afronden van een som
    or coalesce(abs(effect.bezet * dagen.dagen - capaciteit.bezette_dagen) > 0.000001, effect.bezet is not null)
    {%- for kolom in ['benodigd', 'beschikbaar', 'tekort'] %}
    or effect.{{ kolom }} is distinct from behoefte.{{ kolom }}
    {%- endfor %}
    or coalesce(abs(effect.belasting - behoefte.belasting) > 0.000001, effect.belasting is not null)
    or effect.wachtplekken is distinct from wachten.wachtplekken
