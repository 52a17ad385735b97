-- Een nieuwe reis hangt af van alle eerdere plekken van de lopende reis, en die van waar zij begon: daarom plek voor plek. Wat
-- de reis tot nu toe is gaat mee; elke stap neemt van alle wachtenden tegelijk de volgende plek.
with recursive plekken as (
    select
        *,
        coalesce(eind, date '9999-12-31') as eind_of_open,
        coalesce(startdatum_behandeling, date '9999-12-31') as start_of_geen
    from {{ ref('int_wachtreis_plek') }}
),

reizen as (
    select
        patient_pseudoniem,
        volgnummer,
        agb_vestiging,
        wachtplek_id,
        startdatum_behandeling,
        eind,
        volgnummer as reis_nr,
        aanmelddatum as reis_begin,
        eind_of_open as laatste_eind,
        start_of_geen as eerste_start
    from plekken
    where volgnummer = 1

    union all

    select
        volgende.patient_pseudoniem,
        volgende.volgnummer,
        volgende.agb_vestiging,
        volgende.wachtplek_id,
        volgende.startdatum_behandeling,
        volgende.eind,
        case when volgende.is_begin then volgende.volgnummer else volgende.reis_nr end as reis_nr,
        case when volgende.is_begin then volgende.aanmelddatum else volgende.reis_begin end as reis_begin,
        case
            when volgende.is_begin then volgende.eind_of_open
            else greatest(volgende.laatste_eind, volgende.eind_of_open)
        end as laatste_eind,
        case
            when volgende.is_begin then volgende.start_of_geen
            else least(volgende.eerste_start, volgende.start_of_geen)
        end as eerste_start
    from (
        select
            plekken.*,
            reizen.reis_nr,
            reizen.reis_begin,
            reizen.laatste_eind,
            reizen.eerste_start,
            -- alles voorbij en lang genoeg geleden, of al ergens in behandeling
            plekken.aanmelddatum > {{ dagen_later('reizen.laatste_eind', norm('wachtreis_gat_dagen')) }}
            or reizen.eerste_start <= plekken.aanmelddatum as is_begin
        from reizen
        inner join plekken
            on reizen.patient_pseudoniem = plekken.patient_pseudoniem
            and reizen.volgnummer + 1 = plekken.volgnummer
    ) as volgende
)

select
    patient_pseudoniem,
    volgnummer,
    agb_vestiging,
    wachtplek_id,
    startdatum_behandeling,
    eind,
    reis_nr,
    reis_begin
from reizen
