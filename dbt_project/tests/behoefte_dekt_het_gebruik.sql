{{ config(meta={'dagster': {'ref': {'name': 'benodigde_capaciteit'}}}) }}
-- de belasting is nooit kleiner dan wat in gebruik is, en waar dat boven de norm van de plaatsen ligt is er te kort (spec 3.4)
select capaciteit.maand, capaciteit.iza_regio, capaciteit.cluster, capaciteit.capaciteit_type
from {{ ref('benodigde_capaciteit') }} as capaciteit
inner join {{ ref('norm') }} as norm on norm.norm = 'bezettingsnorm_' || capaciteit.capaciteit_type
where capaciteit.belasting < capaciteit.bezet
    or (capaciteit.maanden_basis > 0 and capaciteit.belasting is null)
    or (
        capaciteit.bezet > norm.waarde * (capaciteit.beschikbaar + {{ norm('ceil_marge') }})
        and capaciteit.tekort <= 0
    )
