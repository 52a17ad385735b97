with belastingen as (
    select * from {{ ref('int_belasting') }}
),

kansen as (
    select * from {{ ref('int_erlang_b') }}
),

bezettingsnormen as (
    select norm, cast(waarde as double) as waarde from {{ ref('norm') }} where norm like 'bezettingsnorm_%'
),

erlang as (
    select belasting, min(plaatsen) as plaatsen
    from kansen
    where kans_vol <= {{ norm('blokkeringsnorm') }}
    group by belasting
),

-- een bed kan vol zijn; op een ambulante plek ontstaat een rij, en is er geen blokkering
behoeften as (
    select
        belastingen.*,
        {{ naar_boven('belastingen.belasting / bezettingsnormen.waarde') }} as benodigd_bezetting,
        {{ naar_boven('belastingen.belasting_tijdig / bezettingsnormen.waarde') }} as benodigd_bezetting_tijdig,
        {%- for kolom in ['belasting', 'belasting_tijdig'] %}
        case
            when belastingen.capaciteit_type <> 'bed' then null
            when belastingen.{{ kolom }} = 0 then 0
            else erlang_{{ kolom }}.plaatsen
        end as benodigd_erlang{{ '_tijdig' if loop.last }},
        {%- endfor %}
        case
            when belastingen.capaciteit_type <> 'bed' or belastingen.beschikbaar is null then null
            when belastingen.belasting = 0 then 0
            -- verder dan waar de kans nul werd
            else coalesce(kansen.kans_vol, 0)
        end as kans_vol
    from belastingen
    inner join bezettingsnormen on 'bezettingsnorm_' || belastingen.capaciteit_type = bezettingsnormen.norm
    left join erlang as erlang_belasting on belastingen.belasting = erlang_belasting.belasting
    left join erlang as erlang_belasting_tijdig on belastingen.belasting_tijdig = erlang_belasting_tijdig.belasting
    left join kansen
        on belastingen.belasting = kansen.belasting and belastingen.beschikbaar = kansen.plaatsen
),

grootste as (
    select
        *,
        greatest(benodigd_bezetting, coalesce(benodigd_erlang, 0)) as benodigd,
        greatest(benodigd_bezetting_tijdig, coalesce(benodigd_erlang_tijdig, 0)) as benodigd_tijdig
    from behoeften
)

select
    niveau,
    gebied,
    maand,
    cel,
    benodigd_bezetting,
    benodigd_erlang,
    benodigd,
    benodigd_tijdig,
    cast(kans_vol as double) as kans_vol,
    benodigd - beschikbaar as tekort,
    benodigd_tijdig - beschikbaar as tekort_tijdig
from grootste
