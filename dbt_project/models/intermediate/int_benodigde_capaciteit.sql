{{ config(materialized='view') }}

with cellen as (
    select * from {{ ref('int_capaciteit_cel') }}
),

behoeften as (
    select * from {{ ref('int_behoefte') }}
),

benodigd as (
    select * from {{ ref('int_benodigd') }} where niveau = 'regio'
)

select
    cellen.versie,
    cellen.is_standaard,
    behoeften.maand,
    behoeften.iza_regio,
    cellen.cluster,
    cellen.capaciteit_type,
    behoeften.maanden_basis,
    behoeften.dagen,
    behoeften.dagen_wachtlijst,
    behoeften.bezet,
    behoeften.uitgesteld,
    behoeften.opnames_per_dag,
    behoeften.verblijfsduur_dagen,
    behoeften.verblijfsduur_landelijk,
    behoeften.groei_per_dag,
    behoeften.geweigerd_per_dag,
    behoeften.aandeel_uniek,
    behoeften.onvervuld,
    behoeften.belasting,
    behoeften.belasting_tijdig,
    benodigd.benodigd_bezetting,
    benodigd.benodigd_erlang,
    benodigd.benodigd,
    benodigd.benodigd_tijdig,
    benodigd.kans_vol,
    behoeften.beschikbaar,
    behoeften.erkend,
    benodigd.tekort,
    benodigd.tekort_tijdig,
    behoeften.geleverd
from behoeften
inner join cellen on behoeften.cel = cellen.cel
left join benodigd
    on behoeften.maand = benodigd.maand and behoeften.iza_regio = benodigd.gebied and behoeften.cel = benodigd.cel
