{{ config(materialized='view') }}

with bedden as (
    select * from {{ ref('stg_bedden') }}
),

clusters as (
    select * from {{ ref('int_bedtype_cluster') }} where is_standaard
)

select
    bedden.*,
    case when bedden.reden_sluiting = 'personeel' then bedden.gesloten else 0 end as gesloten_personeel,
    bedden.uitgesteld_beschermd_wonen + bedden.uitgesteld_wlz + bedden.uitgesteld_forensisch
    + bedden.uitgesteld_woning + bedden.uitgesteld_andere_ggz + bedden.uitgesteld_overig as uitgestelde_dagen,
    case when bedden.wet = 'Zvw' then clusters.cluster else 'buiten_afbakening' end as cluster
from bedden
left join clusters on bedden.bedtype = clusters.bedtype
