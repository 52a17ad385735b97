{{ config(materialized='view') }}

-- wie op de laatste dag van de maand nog in zorg is en langer dan een jaar geleden begon
with skelet as (
    select * from {{ ref('int_skelet') }}
),

episodes as (
    select * from {{ ref('int_episode') }}
)

select
    skelet.maand,
    skelet.iza_regio,
    skelet.cluster,
    count(*) as langer_dan_jaar
from skelet
inner join episodes
    on skelet.iza_regio = episodes.iza_regio
    and skelet.cluster = episodes.cluster
    and episodes.einde_of_open > skelet.laatste_dag
    and {{ dagen_tussen('episodes.begindatum', 'skelet.laatste_dag') }} > {{ norm('lang_verblijf_dagen') }}
group by skelet.maand, skelet.iza_regio, skelet.cluster
