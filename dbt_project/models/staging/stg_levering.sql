with leveringen as (
    select * from {{ source('aanlevering', 'levering') }}
),

hoogste_versies as (
    select bron, maand, iza_regio, leverancier, max(versie) as versie
    from leveringen
    where code is null and ingetrokken is null
    group by bron, maand, iza_regio, leverancier
)

select
    leveringen.bestand,
    leveringen.sha256,
    leveringen.bron,
    leveringen.maand,
    -- de maand van een geweigerde naam hoeft geen maand te zijn
    case when leveringen.code is null then cast(leveringen.maand || '-01' as date) end as aanlevermaand,
    leveringen.iza_regio,
    leveringen.leverancier,
    leveringen.versie,
    leveringen.code,
    leveringen.toelichting,
    leveringen.rijen_gelezen,
    leveringen.moment,
    leveringen.ingetrokken,
    leveringen.gemengde_decimalen,
    case
        when leveringen.code is not null then 'geweigerd'
        when leveringen.ingetrokken is not null then 'ingetrokken'
        when leveringen.versie = hoogste_versies.versie then 'actief'
        -- er is een hogere versie van dezelfde bron, maand, regio en leverancier
        else 'vervangen'
    end as status
from leveringen
left join hoogste_versies
    on leveringen.bron = hoogste_versies.bron
    and leveringen.maand = hoogste_versies.maand
    and leveringen.iza_regio = hoogste_versies.iza_regio
    and leveringen.leverancier = hoogste_versies.leverancier
