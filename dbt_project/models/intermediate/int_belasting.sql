{{ config(materialized='view') }}

select
    'regio' as niveau, iza_regio as gebied, maand, cel, capaciteit_type,
    belasting, belasting_tijdig, beschikbaar
from {{ ref('int_behoefte') }}
where belasting is not null
union all
select
    'zorggebied' as niveau, zorggebied as gebied, maand, cel, capaciteit_type,
    belasting, belasting_tijdig, beschikbaar
from {{ ref('int_behoefte_gebied') }}
where belasting is not null
