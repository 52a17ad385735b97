{{ config(materialized='view') }}

with maanden as (
    select * from {{ ref('int_maand') }}
),

regios as (
    select * from {{ ref('iza_regio') }}
),

clusters as (
    select * from {{ ref('cluster') }} where is_cluster = 'J'
)

select
    maanden.maand,
    maanden.volgnummer,
    maanden.laatste_dag,
    maanden.dagen,
    regios.iza_regio,
    clusters.cluster
from maanden
cross join regios
cross join clusters
