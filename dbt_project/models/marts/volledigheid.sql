with recursive verloop as (
    select * from {{ ref('int_prestatie_verloop') }}
),

aanleveringen as (
    select min(maand) as eerste, max(maand) as laatste
    from {{ ref('int_actief') }}
    where bron = 'declaraties'
),

prestatiemaanden as (
    select distinct prestatiemaand from verloop
),

cellen as (
    select
        prestatiemaanden.prestatiemaand,
        greatest(prestatiemaanden.prestatiemaand, aanleveringen.eerste) as aanlevermaand,
        aanleveringen.laatste
    from prestatiemaanden
    cross join aanleveringen

    union all

    select prestatiemaand, {{ maanden_later('aanlevermaand', 1) }} as aanlevermaand, laatste
    from cellen
    where aanlevermaand < laatste
)

select
    cellen.prestatiemaand,
    cellen.aanlevermaand,
    cast(sum(coalesce(verloop.mutatie, 0)) over (
        partition by cellen.prestatiemaand order by cellen.aanlevermaand rows unbounded preceding
    ) as bigint) as prestaties_cumulatief,
    {{ maanden_tussen('cellen.prestatiemaand', 'cellen.aanlevermaand') }} as ontwikkelmaand
from cellen
left join verloop
    on cellen.prestatiemaand = verloop.prestatiemaand
    and cellen.aanlevermaand = verloop.aanlevermaand
