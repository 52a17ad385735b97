{{ config(materialized='view') }}

with rijen as (
    select
        *,
        row_number() over (
            partition by leverancier, maand, bron, code, kolom, eis order by bestand, rijnummer
        ) as volgorde
    from {{ ref('terugkoppeling_afgekeurd') }}
)

select
    leverancier,
    maand,
    bron,
    code,
    titel,
    kolom,
    eis,
    count(*) as rijen,
    min(case when volgorde = 1 then bestand end) as voorbeeld_bestand,
    min(case when volgorde = 1 then rijnummer end) as voorbeeld_rij,
    actie
from rijen
group by leverancier, maand, bron, code, titel, kolom, eis, actie
