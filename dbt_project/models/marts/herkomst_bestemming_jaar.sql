with rijen as (
    select * from {{ ref('herkomst_bestemming') }}
),

sommen as (
    {{ jaarsom('rijen', ['woonregio', 'iza_regio'], {'verblijfsdagen': true, 'contacten': true}) }}
)

select
    *,
    {%- for kolom in ['verblijfsdagen', 'contacten'] %}
    {{ verhouding(kolom, 'sum(' ~ kolom ~ ') over (partition by maand, iza_regio)') }} as {{ kolom }}_deel_van_aanbieders,
    {{ verhouding(kolom, 'sum(' ~ kolom ~ ') over (partition by maand, woonregio)') }} as {{ kolom }}_deel_van_inwoners
    {%- if not loop.last %},{% endif %}
    {%- endfor %}
from sommen
