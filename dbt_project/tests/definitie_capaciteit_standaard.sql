{{ config(meta={'dagster': {'ref': {'name': 'definitie_capaciteit'}}}) }}
-- De rijen van de standaarddefinitie zijn die van 3.3 en 3.4, per capaciteit_type.
with onder_standaard as (
    select *
    from {{ ref('definitie_capaciteit') }}
    where versie = {{ standaardversie() }}
),

behoefte as (
    select * from {{ ref('benodigde_capaciteit') }}
),

capaciteit as (
    select * from {{ ref('capaciteit_maand') }}
)

select onder_standaard.maand, onder_standaard.iza_regio, onder_standaard.cluster, onder_standaard.capaciteit_type
from onder_standaard
full outer join behoefte
    on onder_standaard.maand = behoefte.maand and onder_standaard.iza_regio = behoefte.iza_regio
    and onder_standaard.cluster = behoefte.cluster and onder_standaard.capaciteit_type = behoefte.capaciteit_type
-- capaciteit_maand kent alleen de capaciteit_typen met plaatsen
left join capaciteit
    on onder_standaard.maand = capaciteit.maand and onder_standaard.iza_regio = capaciteit.iza_regio
    and onder_standaard.cluster = capaciteit.cluster and onder_standaard.capaciteit_type = capaciteit.capaciteit_type
where
    onder_standaard.maand is null
    or behoefte.maand is null
    or onder_standaard.geleverd_bedden <> behoefte.geleverd
    {%- for kolom in ['belasting', 'benodigd', 'beschikbaar', 'tekort', 'onvervuld', 'uitgesteld', 'verblijfsduur_dagen'] %}
    or onder_standaard.{{ kolom }} is distinct from behoefte.{{ kolom }}
    {%- endfor %}
    {%- for kolom in ['operationeel', 'gesloten', 'bezette_dagen', 'uitgestelde_dagen', 'opnames', 'ontslagen'] %}
    or (capaciteit.maand is not null and onder_standaard.{{ kolom }} is distinct from capaciteit.{{ kolom }})
    {%- endfor %}
