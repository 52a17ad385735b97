with creditregels as (
    select * from {{ ref('stg_declaraties') }} where debet_credit = 'C'
)

select
    leverancier,
    gerelateerd_declaratie_id as declaratie_id,
    min(aanlevermaand) as kredietmaand
from creditregels
group by leverancier, gerelateerd_declaratie_id
