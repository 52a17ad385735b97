with gebieden as (
    select * from {{ ref('int_wachtgebied') }}
),

bemiddeld as (
    select
        maand,
        iza_regio,
        patient_pseudoniem,
        max(case when bemiddeling = 'gelukt' then 1 else 0 end) as gelukt
    from {{ ref('int_wachtplek') }}
    where bemiddeling in ('gelukt', 'mislukt')
    group by maand, iza_regio, patient_pseudoniem
),

per_gebied as (
    select maand, iza_regio as gebied, patient_pseudoniem, gelukt from bemiddeld
    union all
    select maand, 'NL' as gebied, patient_pseudoniem, gelukt from bemiddeld
),

-- over het jaar telt een persoon één keer; wie ooit geholpen is, is geholpen
personen as (
    select
        gebieden.maand,
        gebieden.gebied,
        per_gebied.patient_pseudoniem,
        max(per_gebied.gelukt) as gelukt
    from gebieden
    inner join per_gebied
        on gebieden.gebied = per_gebied.gebied
        and per_gebied.maand between {{ maanden_later('gebieden.maand', -11) }} and gebieden.maand
    group by gebieden.maand, gebieden.gebied, per_gebied.patient_pseudoniem
),

tellingen as (
    select
        gebieden.maand,
        gebieden.gebied as iza_regio,
        count(personen.patient_pseudoniem) as personen,
        count(case when personen.gelukt = 0 then 1 end) as mislukt,
        gebieden.regios_geleverd
    from gebieden
    left join personen
        on gebieden.maand = personen.maand and gebieden.gebied = personen.gebied
    group by gebieden.maand, gebieden.gebied, gebieden.regios_geleverd
)

select
    maand,
    iza_regio,
    personen,
    mislukt,
    {{ verhouding('mislukt', 'personen') }} as aandeel_mislukt,
    regios_geleverd
from tellingen
