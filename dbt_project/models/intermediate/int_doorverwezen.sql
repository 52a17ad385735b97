-- Wie eerder in dezelfde reis op een andere plek wachtte, die eindigde zonder dat de behandeling daar begon.
with wachtenden as (
    select * from {{ ref('int_wachtende') }} where is_eerste_reis and laatste_volgnummer > reis_nr
),

maanden as (
    select * from {{ ref('int_maand') }}
),

geeindigd as (
    select * from {{ ref('int_wachtreis') }} where startdatum_behandeling is null and eind is not null
),

open_plekken as (
    select maand, agb_vestiging, wachtplek_id, patient_pseudoniem from {{ ref('int_wachtplek') }} where is_open
)

select distinct
    wachtenden.maand,
    wachtenden.gebied,
    wachtenden.patient_pseudoniem
from wachtenden
inner join maanden on wachtenden.maand = maanden.maand
inner join geeindigd
    on wachtenden.patient_pseudoniem = geeindigd.patient_pseudoniem
    and wachtenden.reis_nr = geeindigd.reis_nr
    and geeindigd.volgnummer < wachtenden.laatste_volgnummer
    and geeindigd.eind <= maanden.laatste_dag
-- volgens de lijst van de maand is zij ook echt niet meer open
left join open_plekken
    on wachtenden.maand = open_plekken.maand
    and geeindigd.agb_vestiging = open_plekken.agb_vestiging
    and geeindigd.wachtplek_id = open_plekken.wachtplek_id
    and geeindigd.patient_pseudoniem = open_plekken.patient_pseudoniem
where open_plekken.maand is null
