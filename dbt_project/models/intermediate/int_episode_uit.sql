with bestemmingen as (
    select * from {{ ref('int_versie_episode_bestemming') }} where versie = {{ standaardversie() }}
),

-- wat na uitstroom kan volgen, op volgorde van wat voorgaat (spec 3.1)
vervolgzorg as (
    select
        patient_nr,
        begindatum,
        case wet
            when 'Wlz' then 1
            when 'Wmo' then 2
            when 'Wfz' then 3
            -- niet_cruciaal
            else 4
        end as voorrang
    from {{ ref('int_prestatie') }}
    where wet in ('Wlz', 'Wmo', 'Wfz') or cluster = 'niet_cruciaal'
),

vervolg_na_uitstroom as (
    select
        bestemmingen.episode_id,
        min(vervolgzorg.voorrang) as voorrang
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
        when vervolg_na_uitstroom.voorrang = 1 then 'wlz'
        when vervolg_na_uitstroom.voorrang = 2 then 'wmo'
        when vervolg_na_uitstroom.voorrang = 3 then 'wfz'
        when vervolg_na_uitstroom.voorrang = 4 then 'ggz_niet_cruciaal'
        -- geen vervolg binnen het venster
        else 'geen'
    end as vervolg
from bestemmingen
left join vervolg_na_uitstroom on bestemmingen.episode_id = vervolg_na_uitstroom.episode_id
