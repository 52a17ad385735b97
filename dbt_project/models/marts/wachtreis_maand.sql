with gebieden as (
    select * from {{ ref('int_wachtgebied') }}
),

maanden as (
    select * from {{ ref('int_maand') }}
),

fasen as (
    select * from {{ ref('wachtfase') }} where fase = 'totaal'
),

doorverwezen as (
    select * from {{ ref('int_doorverwezen') }}
),

wachtenden as (
    select
        maand,
        gebied,
        patient_pseudoniem,
        cast(sum(plekken) as bigint) as plekken,
        min(wacht_sinds) as wacht_sinds
    from {{ ref('int_wachtende') }}
    group by maand, gebied, patient_pseudoniem
),

-- in het hele land: wie hier één plek heeft, kan elders nog op een lijst staan
op_meer_lijsten as (
    select maand, patient_pseudoniem from wachtenden where gebied = 'NL' and plekken > 1
),

personen as (
    select
        wachtenden.maand,
        wachtenden.gebied,
        wachtenden.plekken,
        {{ dagen_tussen('wachtenden.wacht_sinds', 'maanden.laatste_dag') }} as wacht_dagen,
        case when op_meer_lijsten.maand is not null then 1 else 0 end as op_meer_lijsten,
        case when doorverwezen.maand is not null then 1 else 0 end as doorverwezen
    from wachtenden
    inner join maanden on wachtenden.maand = maanden.maand
    left join op_meer_lijsten
        on wachtenden.maand = op_meer_lijsten.maand
        and wachtenden.patient_pseudoniem = op_meer_lijsten.patient_pseudoniem
    left join doorverwezen
        on wachtenden.maand = doorverwezen.maand
        and wachtenden.gebied = doorverwezen.gebied
        and wachtenden.patient_pseudoniem = doorverwezen.patient_pseudoniem
)

select
    gebieden.maand,
    gebieden.gebied as iza_regio,
    count(personen.maand) as personen,
    cast(coalesce(sum(personen.plekken), 0) as bigint) as wachtplekken,
    cast(coalesce(sum(personen.op_meer_lijsten), 0) as bigint) as personen_meer_plekken,
    {{ verhouding('sum(personen.wacht_dagen)', '7 * count(personen.maand)') }} as gemiddeld_weken,
    {{ kwantiel('personen.wacht_dagen', 0.5) }} / 7 as mediaan_weken,
    {{ kwantiel('personen.wacht_dagen', 0.9) }} / 7 as p90_weken,
    count(case when personen.wacht_dagen > fasen.treeknorm_dagen then 1 end) as boven_treeknorm,
    cast(coalesce(sum(personen.doorverwezen), 0) as bigint) as doorverwezen,
    gebieden.regios_geleverd
from gebieden
cross join fasen
left join personen
    on gebieden.maand = personen.maand and gebieden.gebied = personen.gebied
group by gebieden.maand, gebieden.gebied, gebieden.regios_geleverd
