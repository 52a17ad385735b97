{{ config(meta={'dagster': {'ref': {'name': 'voorziening_maand'}}}) }}
-- over de voorzieningen van een cluster tellen plaatsen en dagen op tot capaciteit_maand (spec 3.13)
with voorzieningen as (
    select
        maand, iza_regio, cluster, capaciteit_type
        {%- for kolom in beddensommen() %},
        sum({{ kolom }}) as {{ kolom }}
        {%- endfor %}
    from {{ ref('voorziening_maand') }}
    group by maand, iza_regio, cluster, capaciteit_type
)

select capaciteit.maand, capaciteit.iza_regio, capaciteit.cluster, capaciteit.capaciteit_type
from {{ ref('capaciteit_maand') }} as capaciteit
left join voorzieningen
    on capaciteit.maand = voorzieningen.maand and capaciteit.iza_regio = voorzieningen.iza_regio
    and capaciteit.cluster = voorzieningen.cluster and capaciteit.capaciteit_type = voorzieningen.capaciteit_type
where capaciteit.geleverd
    and (
        {%- for kolom in beddensommen() %}
        {{ 'or ' if not loop.first }}capaciteit.{{ kolom }} <> coalesce(voorzieningen.{{ kolom }}, 0)
        {%- endfor %}
    )
