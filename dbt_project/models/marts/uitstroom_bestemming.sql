with episodes as (
    select * from {{ ref('episode') }} where soort_uit = 'uitstroom'
)

select
    {{ maand_van('einddatum') }} as maand,
    iza_regio,
    cluster,
    vervolg,
    count(*) as aantal
from episodes
group by {{ maand_van('einddatum') }}, iza_regio, cluster, vervolg
