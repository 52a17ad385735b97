with hic_monitor as (
    select * from {{ ref('stg_hic_monitor') }}
),

bedden as (
    select * from {{ ref('stg_bedden') }}
),

kenmerken as (
    select agb_vestiging, maand, eenheid_type as kenmerk from hic_monitor
    union all
    -- HIC als bedtype is een ander kenmerk dan een HIC in de monitor
    select agb_vestiging, maand, 'bedtype ' || bedtype as kenmerk from bedden
),

vestigingen as (
    select
        agb_vestiging,
        maand,
        max(case when kenmerk = 'HIC' then 1 else 0 end) = 1 as heeft_hic,
        max(case when kenmerk = 'IHT' then 1 else 0 end) = 1 as heeft_iht,
        max(case when kenmerk = 'bedtype MPU' then 1 else 0 end) = 1 as heeft_mpu,
        max(case when kenmerk = 'bedtype TOPGGZ' then 1 else 0 end) = 1 as heeft_topggz
    from kenmerken
    group by agb_vestiging, maand
)

select
    *,
    {{ kenmerksleutel(kenmerken_van_vestiging()) }} as vestiging_kenmerken
from vestigingen
