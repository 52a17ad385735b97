{{ config(materialized='view') }}

-- de maanden en regio's waarvoor een wachtlijst is geleverd, en het land waar er een is
with geleverd as (
    select * from {{ ref('int_geleverd') }} where bron = 'wachtlijst'
)

select maand, iza_regio as gebied, cast(null as bigint) as regios_geleverd
from geleverd
union all
select maand, 'NL' as gebied, count(*) as regios_geleverd
from geleverd
group by maand
