with episodes as (
    select * from {{ ref('int_versie_episode') }}
),

kandidaten as (
    select
        episodes.versie,
        episodes.episode_id,
        andere.iza_regio as van_regio,
        andere.cluster as van_cluster,
        row_number() over (
            partition by episodes.versie, episodes.episode_id
            order by andere.einde_of_open desc, andere.begindatum desc, andere.cluster_volgorde, andere.iza_regio
        ) as rang
    from episodes
    inner join episodes as andere
        on episodes.versie = andere.versie
        and episodes.patient_nr = andere.patient_nr
        and (episodes.cluster <> andere.cluster or episodes.iza_regio <> andere.iza_regio)
        and andere.begindatum < episodes.begindatum
        and andere.einde_of_open
            >= {{ dagen_eerder('episodes.begindatum', episode_parameter('doorstroom_venster_dagen')) }}
),

herkomsten as (
    select * from kandidaten where rang = 1
),

-- ook een eerdere episode in hetzelfde cluster en dezelfde regio maakt het een terugkeer
teruggekeerd as (
    select distinct episodes.versie, episodes.episode_id
    from episodes
    inner join episodes as andere
        on episodes.versie = andere.versie
        and episodes.patient_nr = andere.patient_nr
        and andere.einddatum < episodes.begindatum
        and andere.einddatum
            >= {{ dagen_eerder('episodes.begindatum', episode_parameter('terugkeer_venster_dagen')) }}
)

select
    episodes.versie,
    episodes.episode_id,
    case
        when herkomsten.episode_id is not null then 'doorstroom'
        when teruggekeerd.episode_id is not null then 'instroom_terugkeer'
        -- geen eerdere zorg binnen de vensters
        else 'instroom_nieuw'
    end as soort_in,
    herkomsten.van_regio,
    herkomsten.van_cluster
from episodes
left join herkomsten
    on episodes.versie = herkomsten.versie and episodes.episode_id = herkomsten.episode_id
left join teruggekeerd
    on episodes.versie = teruggekeerd.versie and episodes.episode_id = teruggekeerd.episode_id
