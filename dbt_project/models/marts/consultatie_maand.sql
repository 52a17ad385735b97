with prestaties as (
    select * from {{ ref('int_prestatie_kenmerk') }}
),

codelijst as (
    select * from {{ ref('zpm_prestatie') }}
),

consultaties as (
    select * from {{ ref('consultatie_prestatie') }}
),

-- de codes van de seed, en wat in een ingelezen codelijst zo heet
consultatiecodes as (
    select distinct codelijst.prestatiecode
    from codelijst
    inner join consultaties
        on codelijst.prestatiecode = consultaties.prestatiecode
        or codelijst.omschrijving like consultaties.naam_begint || '%'
)

select
    prestaties.maand,
    prestaties.iza_regio,
    prestaties.agb_vestiging,
    prestaties.prestatiecode,
    count(*) as prestaties,
    count(distinct prestaties.patient_nr) as patienten
from prestaties
inner join consultatiecodes on prestaties.prestatiecode = consultatiecodes.prestatiecode
group by prestaties.maand, prestaties.iza_regio, prestaties.agb_vestiging, prestaties.prestatiecode
