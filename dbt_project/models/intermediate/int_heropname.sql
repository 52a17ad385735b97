{%- set termijnen = [30, 90] -%}

-- Wie na een einde in hetzelfde cluster weer begint, in welke regio ook, per maand van het einde. Een einde telt mee als de
-- peildatum de termijn erna al beslaat, en als de termijn langer is dan het gat waarbinnen terugkomen dezelfde episode is.
with episodes as (
    select * from {{ ref('int_episode') }}
),

peildatums as (
    select * from {{ ref('int_peildatum') }}
),

gaten as (
    select cluster, waarde as max_gat_dagen from {{ ref('episode_parameter') }} where parameter = 'max_gat_dagen'
),

volgende as (
    select
        episodes.episode_id,
        min({{ dagen_tussen('episodes.einddatum', 'andere.begindatum') }}) as dagen
    from episodes
    inner join episodes as andere
        on episodes.patient_nr = andere.patient_nr
        and episodes.cluster = andere.cluster
        and andere.begindatum > episodes.einddatum
    group by episodes.episode_id
),

eindes as (
    select
        {{ maand_van('episodes.einddatum') }} as maand,
        episodes.iza_regio,
        episodes.cluster,
        volgende.dagen as terug_na_dagen
        {%- for termijn in termijnen %},
        gaten.max_gat_dagen < {{ termijn }}
        and {{ dagen_later('episodes.einddatum', termijn) }} <= peildatums.peildatum as telt_{{ termijn }}d
        {%- endfor %}
    from episodes
    inner join peildatums on episodes.iza_regio = peildatums.iza_regio
    inner join gaten on episodes.cluster = gaten.cluster
    left join volgende on episodes.episode_id = volgende.episode_id
    where episodes.einddatum is not null
)

select
    maand,
    iza_regio,
    cluster
    {%- for termijn in termijnen %},
    count(case when telt_{{ termijn }}d then 1 end) as eindes_{{ termijn }}d,
    count(case when telt_{{ termijn }}d and terug_na_dagen <= {{ termijn }} then 1 end) as terug_{{ termijn }}d
    {%- endfor %}
from eindes
group by maand, iza_regio, cluster
