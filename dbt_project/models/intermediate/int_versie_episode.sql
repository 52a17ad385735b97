{{ config(materialized='view') }}

with episodes as (
    select * from {{ ref('int_versie_episode_kern') }}
),

peildatums as (
    select * from {{ ref('int_peildatum') }}
),

met_open as (
    select
        episodes.*,
        {{ dagen_later('episodes.laatste_zorgdag', 'episodes.max_gat_dagen') }} >= peildatums.peildatum as is_open
    from episodes
    inner join peildatums on episodes.iza_regio = peildatums.iza_regio
)

select
    versie,
    episode_id,
    patient_nr,
    patient_pseudoniem,
    iza_regio,
    cluster,
    cluster_volgorde,
    begindatum,
    laatste_zorgdag,
    zorgdagen,
    is_open,
    case when not is_open then laatste_zorgdag end as einddatum,
    -- om te vergelijken: een open episode eindigt na elke andere
    case when is_open then date '9999-12-31' else laatste_zorgdag end as einde_of_open
from met_open
