with episodes as (
    select * from {{ ref('episode') }} where soort_in = 'doorstroom'
)

select
    {{ maand_van('begindatum') }} as maand,
    van_regio,
    van_cluster,
    iza_regio as naar_regio,
    cluster as naar_cluster,
    count(*) as aantal
from episodes
group by {{ maand_van('begindatum') }}, van_regio, van_cluster, iza_regio, cluster
