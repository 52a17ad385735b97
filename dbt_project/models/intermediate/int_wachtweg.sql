-- Hoe ver elke aanmelding kwam, volgens de laatste lijst waarop zij staat; wat verder is gegaan gaat voor.
with plekken as (
    select plekken.*
    from {{ ref('int_wachtreis_plek') }} as plekken
    inner join {{ ref('cluster') }} as clusters
        on plekken.cluster = clusters.cluster and clusters.is_cluster = 'J'
),

reizen as (
    select
        patient_pseudoniem,
        volgnummer,
        max(volgnummer) over (partition by patient_pseudoniem, reis_nr) as laatste_volgnummer
    from {{ ref('int_wachtreis') }}
),

wegen as (
    select
        {{ maand_van('plekken.aanmelddatum') }} as maand,
        plekken.iza_regio,
        case when plekken.intakedatum <= coalesce(plekken.eind, plekken.intakedatum) then 'intake' else 'geen_intake' end as stap,
        case
            when plekken.startdatum_behandeling is not null or plekken.reden_einde = 'gestart' then 'gestart'
            when plekken.eind is null then 'wacht'
            when plekken.reden_einde = 'exclusie' then 'geweigerd'
            when plekken.reden_einde = 'elders_gestart' then 'elders_gestart'
            -- er kwam in dezelfde reis een plek na deze
            when reizen.laatste_volgnummer > plekken.volgnummer then 'doorverwezen'
            when plekken.reden_einde is null then 'verdwenen'
            -- teruggetrokken, overleden of om een onbekende reden
            else 'gestopt'
        end as uitkomst,
        coalesce(plekken.exclusiecriterium, 'onbekend') as exclusiecriterium
    from plekken
    inner join reizen
        on plekken.patient_pseudoniem = reizen.patient_pseudoniem and plekken.volgnummer = reizen.volgnummer
)

select
    maand,
    iza_regio,
    stap,
    uitkomst,
    case when uitkomst = 'geweigerd' then exclusiecriterium end as exclusiecriterium,
    count(*) as wachtplekken
from wegen
group by maand, iza_regio, stap, uitkomst, case when uitkomst = 'geweigerd' then exclusiecriterium end
