with bestemmingen as (
    select * from {{ ref('int_episode_bestemming') }}
),

vervolgzorg as (
    select
        patient_nr,
        begindatum,
        case when wet = 'Wlz' then 1 else 0 end as is_wlz
    from {{ ref('int_prestatie') }}
    where wet = 'Wlz' or cluster = 'niet_cruciaal'
),

vervolg_na_uitstroom as (
    select
        bestemmingen.episode_id,
        max(vervolgzorg.is_wlz) as is_wlz
    from bestemmingen
    inner join vervolgzorg
        on bestemmingen.patient_nr = vervolgzorg.patient_nr
        and vervolgzorg.begindatum > bestemmingen.einddatum
        and vervolgzorg.begindatum
            <= {{ dagen_later('bestemmingen.einddatum', episode_parameter('vervolg_venster_dagen')) }}
    where bestemmingen.soort_uit = 'uitstroom'
    group by bestemmingen.episode_id
)

select
    bestemmingen.episode_id,
    bestemmingen.soort_uit,
    bestemmingen.naar_regio,
    bestemmingen.naar_cluster,
    case
        when bestemmingen.soort_uit = 'doorstroom' then null
        when vervolg_na_uitstroom.is_wlz = 1 then 'wlz'
        when vervolg_na_uitstroom.is_wlz = 0 then 'ggz_niet_cruciaal'
        -- geen vervolg binnen het venster
        else 'geen'
    end as vervolg
from bestemmingen
left join vervolg_na_uitstroom on bestemmingen.episode_id = vervolg_na_uitstroom.episode_id
