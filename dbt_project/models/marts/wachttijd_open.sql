with rijen as (
    select * from {{ ref('int_wachttijd_open') }} where reden_weggelaten is null
),

fasen as (
    select * from {{ ref('wachtfase') }} where fase = 'totaal'
),

-- een locatie telt één keer per cel, met het gemiddelde van haar rijen
locaties as (
    select
        maand,
        iza_regio,
        type_zorg,
        circuit,
        hoofddiagnosegroep,
        groep,
        naam_zorgaanbieder,
        vestigingslocatie,
        {{ gemiddelde('aanmeldwachttijd_weken') }} as aanmeld_weken,
        {{ gemiddelde('behandelwachttijd_weken') }} as behandel_weken,
        {{ gemiddelde('totaalwachttijd_weken') }} as totaal_weken,
        sum(case when heeft_stop then 1 else 0 end) as stops
    from rijen
    group by
        maand, iza_regio, type_zorg, circuit, hoofddiagnosegroep, groep, naam_zorgaanbieder, vestigingslocatie
)

select
    locaties.maand,
    locaties.iza_regio,
    locaties.type_zorg,
    locaties.circuit,
    locaties.hoofddiagnosegroep,
    count(*) as locaties,
    cast({{ gemiddelde('locaties.aanmeld_weken') }} as double) as gemiddeld_aanmeld_weken,
    cast({{ gemiddelde('locaties.behandel_weken') }} as double) as gemiddeld_behandel_weken,
    cast({{ gemiddelde('locaties.totaal_weken') }} as double) as gemiddeld_totaal_weken,
    cast(sum(case when locaties.totaal_weken * 7 > fasen.treeknorm_dagen then 1 else 0 end) as bigint) as boven_treeknorm,
    cast(sum(locaties.stops) as bigint) as stops
from locaties
cross join fasen
group by locaties.maand, locaties.iza_regio, locaties.type_zorg, locaties.circuit, locaties.hoofddiagnosegroep
