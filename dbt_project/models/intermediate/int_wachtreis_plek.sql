with wachtplekken as (
    select * from {{ ref('int_wachtplek') }}
),

laatste_leveringen as (
    select iza_regio, max(maand) as maand
    from {{ ref('int_geleverd') }}
    where bron = 'wachtlijst'
    group by iza_regio
),

-- een plek is haar rij in de laatste momentopname waarin zij staat
standen as (
    select
        *,
        row_number() over (
            partition by agb_vestiging, wachtplek_id, patient_pseudoniem order by maand desc
        ) as rang
    from wachtplekken
),

plekken as (
    select
        standen.patient_pseudoniem,
        standen.agb_vestiging,
        standen.wachtplek_id,
        standen.iza_regio,
        standen.cluster,
        standen.aanmelddatum,
        standen.intakedatum,
        standen.startdatum_behandeling,
        standen.reden_einde,
        standen.exclusiecriterium,
        case
            when standen.startdatum_behandeling is not null or standen.einddatum is not null
                then least(
                    coalesce(standen.startdatum_behandeling, standen.einddatum),
                    coalesce(standen.einddatum, standen.startdatum_behandeling)
                )
            -- verdwenen zonder einde: de regio leverde daarna nog een lijst
            when laatste_leveringen.maand > standen.maand then {{ laatste_dag_van('standen.maand') }}
            -- wacht nog
        end as eind
    from standen
    left join laatste_leveringen on standen.iza_regio = laatste_leveringen.iza_regio
    where standen.rang = 1
)

select
    *,
    row_number() over (
        partition by patient_pseudoniem order by aanmelddatum, agb_vestiging, wachtplek_id
    ) as volgnummer
from plekken
