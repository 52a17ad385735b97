{{ config(materialized='view') }}

with skelet as (
    select * from {{ ref('int_skelet') }}
),

fasen as (
    select * from {{ ref('wachtfase') }}
),

geleverd as (
    select * from {{ ref('int_geleverd') }} where bron = 'wachtlijst'
),

maanden as (
    select distinct maand, dagen, iza_regio from skelet
),

-- ook wie op niet-cruciale zorg wacht is een rij
cellen as (
    select maand, dagen, iza_regio, cluster from skelet
    union all
    select maand, dagen, iza_regio, 'niet_cruciaal' as cluster from maanden
)

select
    cellen.maand,
    cellen.dagen,
    cellen.iza_regio,
    cellen.cluster,
    fasen.fase,
    geleverd.maand is not null as geleverd
from cellen
cross join fasen
left join geleverd
    on cellen.maand = geleverd.maand
    and cellen.iza_regio = geleverd.iza_regio
