with rijen as (
    select *
    from {{ ref('int_wachttijd_open') }}
    where reden_weggelaten is null and nza_groep is not null
),

gepubliceerd as (
    select * from {{ ref('nza_wachttijden_2018_landelijk') }}
),

locaties as (
    select
        maand,
        nza_groep,
        groep,
        naam_zorgaanbieder,
        vestigingslocatie,
        {{ gemiddelde('aanmeldwachttijd_weken') }} as aanmeld_weken,
        {{ gemiddelde('totaalwachttijd_weken') }} as totaal_weken
    from rijen
    group by maand, nza_groep, groep, naam_zorgaanbieder, vestigingslocatie
),

aanbieders as (
    select
        maand,
        nza_groep,
        naam_zorgaanbieder,
        {{ gemiddelde('aanmeld_weken') }} as aanmeld_weken,
        {{ gemiddelde('totaal_weken') }} as totaal_weken,
        count(aanmeld_weken) as locaties_aanmeld,
        count(totaal_weken) as locaties_totaal
    from locaties
    group by maand, nza_groep, naam_zorgaanbieder
),

landelijk as (
    select
        maand,
        nza_groep,
        cast({{ gemiddelde('aanmeld_weken') }} as double) as aanmeld_weken,
        cast({{ gemiddelde('totaal_weken') }} as double) as totaal_weken,
        cast(sum(locaties_aanmeld) as bigint) as locaties_aanmeld,
        cast(sum(locaties_totaal) as bigint) as locaties_totaal
    from aanbieders
    group by maand, nza_groep
)

select
    landelijk.maand,
    landelijk.nza_groep,
    landelijk.aanmeld_weken,
    {{ gepubliceerd_getal('gepubliceerd.aanmeld_weken_ongewogen') }} as nza_aanmeld_weken,
    landelijk.totaal_weken,
    {{ gepubliceerd_getal('gepubliceerd.totaal_weken_ongewogen') }} as nza_totaal_weken,
    landelijk.aanmeld_weken - {{ gepubliceerd_getal('gepubliceerd.aanmeld_weken_ongewogen') }} as verschil_aanmeld_weken,
    landelijk.totaal_weken - {{ gepubliceerd_getal('gepubliceerd.totaal_weken_ongewogen') }} as verschil_totaal_weken,
    landelijk.locaties_aanmeld,
    gepubliceerd.locaties_aanmeld as nza_locaties_aanmeld,
    landelijk.locaties_totaal,
    gepubliceerd.locaties_totaal as nza_locaties_totaal
from landelijk
inner join gepubliceerd on landelijk.nza_groep = gepubliceerd.groep
