{{ config(materialized='table') }}

with leveringen as (
    select
        bestand,
        aanlevermaand,
        iza_regio,
        leverancier,
        case when status = 'actief' then 'actief' else bestand end as beoordeling
    from {{ ref('stg_levering') }}
    where code is null
),

declaraties as (
    {{ dubbele_rijen('declaraties', ['leveringen.leverancier', 'rijen.declaratie_id']) }}
),

hic_monitor as (
    {{ dubbele_rijen('hic_monitor', ['rijen.maand', 'rijen.agb_vestiging', 'rijen.eenheid_id']) }}
),

wachtlijst as (
    {{ dubbele_rijen('wachtlijst', ['rijen.maand', 'rijen.agb_vestiging', 'rijen.wachtplek_id']) }}
),

bedden as (
    {{ dubbele_rijen('bedden', ['rijen.maand', 'rijen.agb_vestiging', 'rijen.afdeling_id']) }}
),

-- een verzekerde staat in elke maand opnieuw in de tabel van die maand: uniek binnen het bestand
verzekerden as (
    {{ dubbele_rijen('verzekerden', ['rijen.bestand', 'rijen.patient']) }}
)

select * from declaraties
union all
select * from hic_monitor
union all
select * from wachtlijst
union all
select * from bedden
union all
select * from verzekerden
