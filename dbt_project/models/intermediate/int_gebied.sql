{{ config(materialized='view') }}

-- een regio telt voor zichzelf en voor het land
with regios as (
    select * from {{ ref('iza_regio') }}
)

select iza_regio, iza_regio as gebied
from regios
union all
select iza_regio, 'NL' as gebied
from regios
