{{ config(meta={'dagster': {'ref': {'name': 'int_wachtende'}}}) }}
-- wie wacht, wacht sinds de reis begon nooit korter dan op een van haar lijsten, en op elke open plek hoort een reis
select wachtplekken.maand, wachtplekken.wachtplek_id
from {{ ref('int_wachtplek') }} as wachtplekken
inner join {{ ref('cluster') }} as clusters
    on wachtplekken.cluster = clusters.cluster and clusters.is_cluster = 'J'
left join {{ ref('int_wachtende') }} as wachtenden
    on wachtplekken.maand = wachtenden.maand
    and wachtplekken.iza_regio = wachtenden.gebied
    and wachtplekken.patient_pseudoniem = wachtenden.patient_pseudoniem
    and wachtenden.is_eerste_reis
where wachtplekken.is_open
    and (wachtenden.maand is null or wachtenden.wacht_sinds > wachtplekken.aanmelddatum)
