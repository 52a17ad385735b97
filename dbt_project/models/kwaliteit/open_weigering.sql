with leveringen as (
    select * from {{ ref('stg_levering') }}
),

hoogste_versies as (
    select bron, maand, iza_regio, leverancier, max(versie) as versie
    from leveringen
    where status <> 'geweigerd'
    group by bron, maand, iza_regio, leverancier
)

select
    leveringen.bron,
    leveringen.maand,
    leveringen.iza_regio,
    leveringen.leverancier,
    leveringen.versie,
    leveringen.bestand,
    leveringen.sha256,
    leveringen.code,
    leveringen.toelichting,
    leveringen.moment
from leveringen
left join hoogste_versies
    on leveringen.bron = hoogste_versies.bron
    and leveringen.maand = hoogste_versies.maand
    and leveringen.iza_regio = hoogste_versies.iza_regio
    and leveringen.leverancier = hoogste_versies.leverancier
where leveringen.status = 'geweigerd'
    and case
        -- van deze versie is al iets anders ingenomen: alleen een hogere lost dat op
        when leveringen.code = 'B05' then coalesce(hoogste_versies.versie <= leveringen.versie, true)
        -- B01..B04: dezelfde versie mag nog eens komen
        else coalesce(hoogste_versies.versie < leveringen.versie, true)
    end
