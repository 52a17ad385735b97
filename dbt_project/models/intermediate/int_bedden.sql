{{ config(materialized='view') }}

with bedden as (
    select * from {{ ref('stg_bedden') }}
),

clusters as (
    select * from {{ ref('int_bedtype_cluster') }} where is_standaard
)

select
    bedden.*,
    case when bedden.wet = 'Zvw' then clusters.cluster else 'buiten_afbakening' end as cluster
from bedden
left join clusters on bedden.bedtype = clusters.bedtype
