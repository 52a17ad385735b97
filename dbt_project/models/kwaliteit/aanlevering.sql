with leveringen as (
    select * from {{ ref('stg_levering') }}
),

tellingen as (
    select * from {{ ref('int_rijtelling') }}
),

afgekeurd as (
    select bestand, count(*) as rijen
    from {{ ref('afgekeurde_rij') }}
    group by bestand
)

select
    leveringen.bron,
    leveringen.maand,
    leveringen.iza_regio,
    leveringen.leverancier,
    leveringen.versie,
    leveringen.bestand,
    leveringen.sha256,
    leveringen.status,
    leveringen.code,
    leveringen.toelichting,
    case when leveringen.code is null then leveringen.rijen_gelezen else 0 end as rijen_gelezen,
    coalesce(tellingen.rijen_geaccepteerd, 0) as rijen_geaccepteerd,
    coalesce(afgekeurd.rijen, 0) as rijen_afgekeurd,
    leveringen.moment
from leveringen
left join tellingen
    on leveringen.bestand = tellingen.bestand
    and leveringen.code is null
left join afgekeurd
    on leveringen.bestand = afgekeurd.bestand
    and leveringen.code is null
