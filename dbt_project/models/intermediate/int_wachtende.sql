-- De plekken die op de laatste dag van de maand open zijn in de zes clusters, met de reis waar zij bij horen; per regio en
-- nog eens voor het land, want daar is iemand die in twee regio's wacht één wachtende.
with open_plekken as (
    select wachtplekken.*
    from {{ ref('int_wachtplek') }} as wachtplekken
    inner join {{ ref('cluster') }} as clusters
        on wachtplekken.cluster = clusters.cluster and clusters.is_cluster = 'J'
    where wachtplekken.is_open
),

reizen as (
    select * from {{ ref('int_wachtreis') }}
),

gebieden as (
    select *, iza_regio as gebied from open_plekken
    union all
    select *, 'NL' as gebied from open_plekken
),

-- per wachtende en reis
per_reis as (
    select
        gebieden.maand,
        gebieden.gebied,
        gebieden.patient_pseudoniem,
        reizen.reis_nr,
        count(*) as plekken,
        max(reizen.volgnummer) as laatste_volgnummer,
        min(least(reizen.reis_begin, gebieden.aanmelddatum)) as wacht_sinds
    from gebieden
    inner join reizen
        on gebieden.patient_pseudoniem = reizen.patient_pseudoniem
        and gebieden.agb_vestiging = reizen.agb_vestiging
        and gebieden.wachtplek_id = reizen.wachtplek_id
    group by gebieden.maand, gebieden.gebied, gebieden.patient_pseudoniem, reizen.reis_nr
)

select
    maand,
    gebied,
    patient_pseudoniem,
    reis_nr,
    plekken,
    laatste_volgnummer,
    min(wacht_sinds) over (partition by maand, gebied, patient_pseudoniem) as wacht_sinds,
    wacht_sinds = min(wacht_sinds) over (partition by maand, gebied, patient_pseudoniem) as is_eerste_reis
from per_reis
