with episodes as (
    select * from {{ ref('int_episode') }}
),

herkomsten as (
    select * from {{ ref('int_versie_episode_in') }} where versie = {{ standaardversie() }}
),

bestemmingen as (
    select * from {{ ref('int_episode_uit') }}
)

select
    episodes.episode_id,
    episodes.patient_pseudoniem,
    episodes.iza_regio,
    episodes.cluster,
    episodes.begindatum,
    episodes.laatste_zorgdag,
    episodes.zorgdagen,
    episodes.is_open as open,
    episodes.einddatum,
    herkomsten.soort_in,
    herkomsten.van_regio,
    herkomsten.van_cluster,
    bestemmingen.soort_uit,
    bestemmingen.naar_regio,
    bestemmingen.naar_cluster,
    bestemmingen.vervolg
from episodes
inner join herkomsten on episodes.episode_id = herkomsten.episode_id
left join bestemmingen on episodes.episode_id = bestemmingen.episode_id
