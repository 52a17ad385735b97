with maanden as (
    select * from {{ ref('int_episode_maand') }}
),

vensters as (
    select
        maanden.maand,
        maanden.iza_regio,
        maanden.cluster,
        count(*) as maanden_basis,
        sum(venster.dagen) as dagen,
        sum(venster.begonnen) as begonnen,
        sum(venster.geeindigd) as geeindigd,
        sum(venster.duur_dagen) as duur_dagen
    from maanden
    inner join maanden as venster
        on maanden.iza_regio = venster.iza_regio
        and maanden.cluster = venster.cluster
        and venster.volgnummer <= maanden.volgnummer
        and venster.volgnummer > maanden.volgnummer - {{ norm('venster_maanden') }}
    group by maanden.maand, maanden.iza_regio, maanden.cluster
),

gemiddelden as (
    select
        maand,
        iza_regio,
        cluster,
        maanden_basis,
        {{ verhouding('begonnen', 'dagen') }} as aankomsten_per_dag,
        {{ verhouding('duur_dagen', 'geeindigd') }} as gemiddelde_duur_dagen
    from vensters
),

geleverd as (
    select * from {{ ref('int_maandstatus') }} where geleverd
)

select
    gemiddelden.*,
    gemiddelden.aankomsten_per_dag * gemiddelden.gemiddelde_duur_dagen as belasting
from gemiddelden
inner join geleverd
    on gemiddelden.maand = geleverd.maand
    and gemiddelden.iza_regio = geleverd.iza_regio
