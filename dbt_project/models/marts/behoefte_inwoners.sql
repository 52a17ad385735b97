{%- set van_claims = ['patienten', 'verblijfsdagen', 'contacten'] -%}
{%- set van_lijst = ['wachtplekken', 'unieke_wachtenden'] -%}

with skelet as (
    select maand, iza_regio as woonregio, cluster from {{ ref('int_skelet') }}
    union
    select maand, 'onbekend' as woonregio, cluster from {{ ref('int_skelet') }}
),

gebruik as (
    select
        maand,
        woonregio,
        cluster,
        count(*) as patienten,
        sum(verblijfsdagen) as verblijfsdagen,
        sum(contacten) as contacten,
        sum(is_elders) as patienten_elders
    from {{ ref('int_gebruik_inwoners') }}
    group by maand, woonregio, cluster
),

wachtend as (
    select * from {{ ref('int_wachtend_inwoners') }}
),

verwacht as (
    select * from {{ ref('int_verwacht_gebruik') }}
),

inwoners as (
    select maand, iza_regio, cast(sum(inwoners) as bigint) as inwoners
    from {{ ref('int_inwoners') }}
    group by maand, iza_regio
),

elders as (
    select * from {{ ref('int_afstand_elders') }}
),

geleverd as (
    select
        maand,
        count(case when bron = 'declaraties' then 1 end) as regios_declaraties,
        count(case when bron = 'wachtlijst' then 1 end) as regios_wachtlijst
    from {{ ref('int_geleverd') }}
    group by maand
),

-- zonder een regio met een peildatum is niets definitief
statussen as (
    select
        maand,
        case
            when count(peildatum) > 0 and count(case when peildatum is not null and status <> 'definitief' then 1 end) = 0
                then 'definitief'
            else 'voorlopig'
        end as status
    from {{ ref('int_maandstatus') }}
    group by maand
),

gevuld as (
    select
        skelet.maand,
        skelet.woonregio,
        skelet.cluster,
        inwoners.inwoners,
        coalesce(geleverd.regios_declaraties, 0) as regios_geleverd,
        {%- for kolom in van_claims %}
        case when geleverd.regios_declaraties > 0 then cast(coalesce(gebruik.{{ kolom }}, 0) as bigint) end as {{ kolom }},
        {%- endfor %}
        case
            when geleverd.regios_declaraties > 0 and skelet.woonregio <> 'onbekend'
                then cast(coalesce(gebruik.patienten_elders, 0) as bigint)
        end as patienten_elders,
        {%- for kolom in van_lijst %}
        case when geleverd.regios_wachtlijst > 0 then coalesce(wachtend.{{ kolom }}, 0) end as {{ kolom }},
        {%- endfor %}
        case
            when geleverd.regios_declaraties > 0 and skelet.woonregio <> 'onbekend'
                then coalesce(verwacht.verwacht_patienten, 0)
        end as verwacht_patienten,
        verwacht.patienten_met_leeftijd,
        case when geleverd.regios_declaraties > 0 then elders.afstand_elders_km end as afstand_elders_km,
        statussen.status
    from skelet
    inner join statussen on skelet.maand = statussen.maand
    left join inwoners on skelet.maand = inwoners.maand and skelet.woonregio = inwoners.iza_regio
    left join gebruik
        on skelet.maand = gebruik.maand and skelet.woonregio = gebruik.woonregio and skelet.cluster = gebruik.cluster
    left join wachtend
        on skelet.maand = wachtend.maand and skelet.woonregio = wachtend.woonregio and skelet.cluster = wachtend.cluster
    left join verwacht
        on skelet.maand = verwacht.maand and skelet.woonregio = verwacht.woonregio and skelet.cluster = verwacht.cluster
    left join elders
        on skelet.maand = elders.maand and skelet.woonregio = elders.woonregio and skelet.cluster = elders.cluster
    left join geleverd on skelet.maand = geleverd.maand
)

select
    maand,
    woonregio,
    cluster,
    patienten,
    verblijfsdagen,
    contacten,
    patienten_elders,
    afstand_elders_km,
    wachtplekken,
    unieke_wachtenden,
    inwoners,
    {%- for kolom in ['patienten', 'verblijfsdagen', 'wachtplekken'] %}
    {{ verhouding(kolom ~ ' * ' ~ norm('per_inwoners'), 'inwoners') }} as {{ kolom }}_per_100k,
    {%- endfor %}
    verwacht_patienten,
    case when verwacht_patienten is not null then {{ verhouding('patienten_met_leeftijd', 'verwacht_patienten') }} end as verhouding,
    regios_geleverd,
    status
from gevuld
