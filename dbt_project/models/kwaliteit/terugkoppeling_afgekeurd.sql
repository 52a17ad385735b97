{{ config(materialized='view') }}

with regels as (
    select * from {{ ref('afgekeurde_regel') }}
),

codes as (
    select * from {{ ref('kwaliteit_code') }}
)

select
    regels.leverancier,
    regels.maand,
    regels.bron,
    regels.iza_regio,
    regels.bestand,
    regels.rijnummer,
    regels.code,
    regels.kolom,
    regels.uitleg as eis,
    codes.titel,
    codes.actie
from regels
inner join codes on codes.code = case when regels.herkomst = 'bericht' then 'GDS-01' else regels.code end
