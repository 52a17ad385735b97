{{ config(materialized=als_bij_te_werken(), per='persoon_maand', pre_hook=geschreven_joinvolgorde(), post_hook=vrije_joinvolgorde()) }}

with prestaties as (
    select * from {{ ref('int_netto_prestatie') }} as netto where {{ alleen_geraakt('persoon_maand', 'netto') }}
),

gemeenten as (
    select * from {{ ref('int_gemeente_regio') }}
),

vestigingen as (
    select * from {{ ref('int_vestiging_kenmerk') }}
),

begint as (
    select * from {{ ref('int_vestiging_begint') }}
),

trajecten_setting8 as (
    select * from {{ ref('int_traject_setting8') }}
),

kenmerken as (
    select
        prestaties.leverancier,
        prestaties.declaratie_id,
        prestaties.patient_nr,
        prestaties.geboortejaar,
        prestaties.iza_regio,
        prestaties.gemeente_code,
        gemeenten.iza_regio as woonregio,
        prestaties.agb_onderneming,
        prestaties.agb_vestiging,
        prestaties.zorgtrajectnummer,
        prestaties.prestatiecode,
        prestaties.begindatum,
        prestaties.maand,
        prestaties.verwijsdatum,
        prestaties.bedrag,
        prestaties.prestatietype = 'verblijfsdag' as is_verblijfsdag,
        prestaties.prestatietype in ('consult', 'groepsconsult') as is_contact,
        prestaties.wet,
        prestaties.code_kenmerken,
        vestigingen.vestiging_kenmerken,
        trajecten_setting8.maand is not null as traject_setting8,
        prestaties.zorgvraagtype,
        begint.agb_vestiging_begint
    from prestaties
    left join gemeenten
        on prestaties.gemeente_code = gemeenten.gemeente_code
        and prestaties.maand between gemeenten.geldig_van and gemeenten.geldig_tot
    left join vestigingen
        on prestaties.agb_vestiging = vestigingen.agb_vestiging
        and prestaties.maand = vestigingen.maand
    left join begint
        on prestaties.agb_vestiging = begint.agb_vestiging
    left join trajecten_setting8
        on prestaties.patient_nr = trajecten_setting8.patient_nr
        and prestaties.agb_onderneming = trajecten_setting8.agb_onderneming
        and prestaties.zorgtrajectnummer = trajecten_setting8.zorgtrajectnummer
        and prestaties.maand = trajecten_setting8.maand
)

select
    leverancier,
    declaratie_id,
    patient_nr,
    geboortejaar,
    iza_regio,
    gemeente_code,
    woonregio,
    agb_onderneming,
    agb_vestiging,
    zorgtrajectnummer,
    prestatiecode,
    begindatum,
    maand,
    verwijsdatum,
    bedrag,
    is_verblijfsdag,
    is_contact,
    -- alles waar de regels naar kijken in één sleutel: int_kenmerk zegt wat erachter zit
    {{ prestatiesleutel() }} as kenmerken
from kenmerken
