with behoeften as (
    select * from {{ ref('int_behoefte') }}
),

cellen as (
    select * from {{ ref('int_capaciteit_cel') }} where is_standaard
),

zorggebieden as (
    select * from {{ ref('zorggebied') }}
)

select
    behoeften.maand,
    zorggebieden.zorggebied,
    behoeften.cel,
    behoeften.cluster,
    behoeften.capaciteit_type,
    count(*) as regios,
    count(case when behoeften.geleverd then 1 end) as regios_geleverd,
    -- enkel regio's die bedden leverden: behoefte en plaatsen zijn dan van dezelfde regio's
    {%- for kolom in ['bezet', 'uitgesteld', 'onvervuld', 'belasting', 'belasting_tijdig'] %}
    {{ som('case when behoeften.geleverd then behoeften.' ~ kolom ~ ' end') }} as {{ kolom }},
    {%- endfor %}
    cast(sum(behoeften.beschikbaar) as bigint) as beschikbaar,
    cast(sum(behoeften.erkend) as bigint) as erkend
from behoeften
inner join cellen on behoeften.cel = cellen.cel
inner join zorggebieden
    on behoeften.cluster = zorggebieden.cluster and behoeften.iza_regio = zorggebieden.iza_regio
group by
    behoeften.maand, zorggebieden.zorggebied, behoeften.cel, behoeften.cluster, behoeften.capaciteit_type
