with tellingen as (
    select * from {{ ref('aanlevering') }} where status in ('actief', 'ingetrokken')
),

leveringen as (
    select * from {{ ref('stg_levering') }} where code is null
),

-- alles is afgekeurd: de maand is niet geleverd, ook al kwam er een bestand (spec 3b)
niets_aanvaard as (
    select
        'LEV-01' as code, bron, maand, iza_regio, leverancier, bestand, rijen_gelezen as omvang,
        cast(rijen_gelezen as varchar) || ' rijen gelezen, geen enkele aanvaard: de maand telt als niet geleverd' as toelichting
    from tellingen
    where status = 'actief' and rijen_gelezen > 0 and rijen_geaccepteerd = 0
),

gemengde_decimalen as (
    select
        'LEV-02' as code, bron, maand, iza_regio, leverancier, bestand, cast(1 as bigint) as omvang,
        'decimalen met een komma en met een punt in ' || gemengde_decimalen as toelichting
    from leveringen
    where status = 'actief' and gemengde_decimalen is not null
),

ingetrokken as (
    select
        'LEV-03' as code, bron, maand, iza_regio, leverancier, bestand, rijen_gelezen as omvang,
        ingetrokken as toelichting
    from leveringen
    where status = 'ingetrokken'
)

select * from niets_aanvaard
union all
select * from gemengde_decimalen
union all
select * from ingetrokken
