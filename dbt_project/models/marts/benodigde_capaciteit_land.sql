with balans as (
    select * from {{ ref('capaciteit_balans') }} where iza_regio = 'NL'
),

maanden as (
    select * from {{ ref('int_maand') }}
),

geleverd as (
    select * from {{ ref('int_geleverd') }} where bron = 'bedden'
),

-- telt het land andere regio's dan in een eerdere maand van het venster, dan zou het verschil er een laten zien
vensters as (
    select
        maanden.maand,
        count(distinct geleverd.iza_regio) as regios,
        count(*) as leveringen,
        count(distinct geleverd.maand) as maanden_geleverd,
        count(case when geleverd.maand = maanden.maand then 1 end) as regios_geleverd
    from maanden
    inner join maanden as venster
        on venster.volgnummer <= maanden.volgnummer
        and venster.volgnummer > maanden.volgnummer - {{ norm('venster_maanden') }}
    inner join geleverd on venster.maand = geleverd.maand
    group by maanden.maand
)

select
    balans.maand,
    balans.iza_regio,
    balans.cluster,
    balans.capaciteit_type,
    {%- for kolom in ['bezet', 'uitgesteld', 'onvervuld', 'belasting', 'belasting_tijdig'] %}
    round(balans.{{ kolom }}, 1) as {{ kolom }},
    {%- endfor %}
    balans.benodigd,
    balans.benodigd_tijdig,
    balans.beschikbaar,
    balans.erkend,
    vensters.regios_geleverd
from balans
inner join vensters on balans.maand = vensters.maand
where
    vensters.regios = vensters.regios_geleverd
    and vensters.leveringen = vensters.regios_geleverd * vensters.maanden_geleverd
