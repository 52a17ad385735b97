with episodes as (
    select * from {{ ref('int_versie_episode') }}
),

kandidaten as (
    select
        episodes.versie,
        episodes.episode_id,
        andere.iza_regio as naar_regio,
        andere.cluster as naar_cluster,
        row_number() over (
            partition by episodes.versie, episodes.episode_id
            order by
                -- wat al liep toen deze eindigde, begint voor de vergelijking op de einddatum
                greatest(andere.begindatum, episodes.einddatum),
                andere.einde_of_open desc,
                andere.cluster_volgorde,
                andere.iza_regio
        ) as rang
    from episodes
    inner join episodes as andere
        on episodes.versie = andere.versie
        and episodes.patient_nr = andere.patient_nr
        and (episodes.cluster <> andere.cluster or episodes.iza_regio <> andere.iza_regio)
        and andere.einde_of_open > episodes.einddatum
        and andere.begindatum
            <= {{ dagen_later('episodes.einddatum', episode_parameter('doorstroom_venster_dagen')) }}
)

select
    episodes.versie,
    episodes.episode_id,
    episodes.patient_nr,
    episodes.einddatum,
    case when kandidaten.episode_id is not null then 'doorstroom' else 'uitstroom' end as soort_uit,
    kandidaten.naar_regio,
    kandidaten.naar_cluster
from episodes
left join kandidaten
    on episodes.versie = kandidaten.versie
    and episodes.episode_id = kandidaten.episode_id
    and kandidaten.rang = 1
where not episodes.is_open
