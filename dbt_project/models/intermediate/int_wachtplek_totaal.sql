-- wat niet op te tellen is, opnieuw uit de wachtplekken zelf
with plekken as (
    select * from {{ ref('int_wachtplek_fase') }}
),

gebieden as (
    select * from {{ ref('int_gebied') }}
),

groepen as (
    select * from {{ ref('int_clustergroep') }}
),

leden as (
    select
        plekken.maand,
        gebieden.gebied,
        groepen.groep,
        plekken.fase,
        plekken.patient_pseudoniem,
        plekken.wacht_dagen
    from plekken
    inner join gebieden on plekken.iza_regio = gebieden.iza_regio
    inner join groepen on plekken.cluster = groepen.cluster
    where gebieden.gebied <> plekken.iza_regio or groepen.groep <> plekken.cluster
),

-- eerst ontdubbelen, dan tellen: een unieke telling per groep houdt anders elk pseudoniem in het geheugen
personen as (
    select maand, gebied, groep, fase, patient_pseudoniem, count(*) as plekken
    from leden
    group by maand, gebied, groep, fase, patient_pseudoniem
),

unieken as (
    select
        maand,
        gebied,
        groep,
        fase,
        count(*) as unieke_wachtenden,
        count(case when plekken > 1 then 1 end) as op_meer_lijsten
    from personen
    group by maand, gebied, groep, fase
),

kwantielen as (
    select
        maand,
        gebied,
        groep,
        fase,
        {{ kwantiel('wacht_dagen', 0.5) }} / 7 as mediaan_weken,
        {{ kwantiel('wacht_dagen', 0.9) }} / 7 as p90_weken
    from leden
    group by maand, gebied, groep, fase
)

select
    kwantielen.*,
    unieken.unieke_wachtenden,
    unieken.op_meer_lijsten
from kwantielen
inner join unieken
    on kwantielen.maand = unieken.maand and kwantielen.gebied = unieken.gebied
    and kwantielen.groep = unieken.groep and kwantielen.fase = unieken.fase
