{{ config(meta={'dagster': {'ref': {'name': 'uitstroom_bestemming'}}}) }}
-- uitstroom_bestemming telt over vervolg op tot stroom_maand.uitstroom, waar die is geleverd (spec 3.17)
with stromen as (
    select maand, iza_regio, cluster, uitstroom from {{ ref('stroom_maand') }} where geleverd
),

bestemmingen as (
    select maand, iza_regio, cluster, sum(aantal) as uitstroom
    from {{ ref('uitstroom_bestemming') }}
    group by maand, iza_regio, cluster
)

select stromen.*
from stromen
left join bestemmingen
    on stromen.maand = bestemmingen.maand
    and stromen.iza_regio = bestemmingen.iza_regio
    and stromen.cluster = bestemmingen.cluster
where stromen.uitstroom <> coalesce(bestemmingen.uitstroom, 0)
