with rijen as (
    select * from {{ ref('int_wachttijd_open') }} where reden_weggelaten is null and is_nza_circuit
),

fasen as (
    select * from {{ ref('wachtfase') }} where fase = 'totaal'
),

-- eerst elke locatie over al haar rijen: met veel diagnosegroepen telt zij niet vaker
locaties as (
    select
        maand,
        iza_regio,
        type_zorg,
        groep,
        naam_zorgaanbieder,
        vestigingslocatie,
        {{ gemiddelde('totaalwachttijd_weken') }} as totaal_weken,
        sum(case when heeft_stop then 1 else 0 end) as stops
    from rijen
    group by maand, iza_regio, type_zorg, groep, naam_zorgaanbieder, vestigingslocatie
)

select
    locaties.maand,
    locaties.iza_regio,
    locaties.type_zorg,
    count(*) as locaties,
    cast({{ gemiddelde('locaties.totaal_weken') }} as double) as gemiddeld_totaal_weken,
    count(case when locaties.totaal_weken * 7 > fasen.treeknorm_dagen then 1 end) as boven_treeknorm,
    cast(sum(locaties.stops) as bigint) as stops
from locaties
cross join fasen
group by locaties.maand, locaties.iza_regio, locaties.type_zorg
