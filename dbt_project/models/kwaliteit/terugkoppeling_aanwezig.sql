with declaraties as (
    select distinct {{ maand_van('begindatum') }} as maand, agb_vestiging, leverancier
    from {{ ref('stg_declaraties') }}
),

hic_monitor as (
    select distinct maand, agb_vestiging, leverancier from {{ ref('stg_hic_monitor') }}
),

wachtlijst as (
    select distinct maand, agb_vestiging, leverancier from {{ ref('stg_wachtlijst') }}
),

bedden as (
    select distinct maand, agb_vestiging, leverancier from {{ ref('stg_bedden') }}
)

select 'declaraties' as bron, maand, agb_vestiging, leverancier from declaraties
union all
select 'hic_monitor' as bron, maand, agb_vestiging, leverancier from hic_monitor
union all
select 'wachtlijst' as bron, maand, agb_vestiging, leverancier from wachtlijst
union all
select 'bedden' as bron, maand, agb_vestiging, leverancier from bedden
