{{ config(materialized='view') }}

select
    run,
    moment,
    bron,
    maand,
    iza_regio,
    leverancier,
    suite,
    expectation,
    kolom,
    ernst,
    geslaagd,
    aantal_onverwacht,
    aantal,
    waarneming
from {{ source('toetsing', 'resultaat') }}
