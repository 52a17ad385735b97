with rijen as (
    select
        *,
        case when afstand_km is not null then patienten end as patienten_afstand,
        cast(patienten * afstand_km as decimal(28, 9)) as kilometers
    from {{ ref('herkomst_bestemming') }}
),

sommen as (
    {{ jaarsom(
        'rijen', ['woonregio', 'iza_regio'],
        {'verblijfsdagen': true, 'contacten': true, 'patienten_afstand': true, 'kilometers': false}
    ) }}
)

select
    maand,
    woonregio,
    iza_regio,
    verblijfsdagen,
    contacten,
    {{ verhouding('kilometers', 'patienten_afstand') }} as afstand_km,
    maanden,
    {%- for kolom in ['verblijfsdagen', 'contacten'] %}
    {{ verhouding(kolom, 'sum(' ~ kolom ~ ') over (partition by maand, iza_regio)') }} as {{ kolom }}_deel_van_aanbieders,
    {{ verhouding(kolom, 'sum(' ~ kolom ~ ') over (partition by maand, woonregio)') }} as {{ kolom }}_deel_van_inwoners
    {%- if not loop.last %},{% endif %}
    {%- endfor %}
from sommen
