-- Zonder uitzondering, voor elke versie en elke maand, ook van niet geleverde (spec 3.2, 3.15):
-- stand_begin + instroom + doorstroom_in - doorstroom_uit - uitstroom = stand_eind,
-- en stand_begin is de stand_eind van de vorige maand.
with stromen as (
    select
        *,
        lag(stand_eind) over (partition by versie, iza_regio, cluster order by maand) as vorige_stand_eind
    from {{ ref('int_versie_stroom_maand') }}
)

select *
from stromen
where
    stand_begin + instroom + doorstroom_in - doorstroom_uit - uitstroom <> stand_eind
    or stand_begin <> coalesce(vorige_stand_eind, 0)
    or instroom <> instroom_nieuw + instroom_terugkeer
    or stand_eind < 0
