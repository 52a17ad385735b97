-- wat regio's samen nodig hebben is nooit meer dan de som van wat zij elk nodig hebben (spec 3.4)
select maand, zorggebied, cluster, capaciteit_type
from {{ ref('benodigde_capaciteit_gebied') }}
where benodigd > benodigd_regionaal
