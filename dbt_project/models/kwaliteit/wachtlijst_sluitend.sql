-- Of de wachtlijst van een leverancier optelt: wie er vorige maand stond, wie erbij kwam en wie eraf ging.
with geleverd as (
    select
        cast(maand || '-01' as date) as maand,
        iza_regio,
        leverancier
    from {{ ref('aanlevering') }}
    where bron = 'wachtlijst' and status = 'actief' and (rijen_gelezen = 0 or rijen_geaccepteerd > 0)
),

standen as (
    select
        maand,
        iza_regio,
        leverancier,
        count(case when is_open then 1 end) as wachtplekken,
        count(case when is_aangemeld then 1 end) as aangemeld,
        count(case when is_gestart then 1 end) as gestart,
        count(case when is_uitval then 1 end) as uitval
    from {{ ref('int_wachtplek') }}
    group by maand, iza_regio, leverancier
),

verlopen as (
    select
        maand,
        iza_regio,
        leverancier,
        count(case when verdwijnt then 1 end) as verdwijnt,
        count(case when is_heropend then 1 end) as heropend,
        count(case when was_weg and not is_heropend then 1 end) as was_weg,
        count(case when staat_stil then 1 end) as staat_stil,
        count(case when heeft_plaatshouder then 1 end) as heeft_plaatshouder
    from {{ ref('int_wachtplek_verloop') }}
    group by maand, iza_regio, leverancier
),

-- alleen naast de maand ervoor, als de leverancier ook die heeft geleverd
naast_vorige as (
    select
        geleverd.maand,
        geleverd.iza_regio,
        geleverd.leverancier,
        vorige.maand is not null as vorige_geleverd,
        case when vorige.maand is not null then coalesce(stand_vorige.wachtplekken, 0) end as wachtplekken_vorige,
        coalesce(standen.aangemeld, 0) as aangemeld,
        coalesce(standen.gestart, 0) as gestart,
        coalesce(standen.uitval, 0) as uitval,
        coalesce(standen.wachtplekken, 0) as wachtplekken,
        case when vorige.maand is not null then coalesce(verloop_vorige.verdwijnt, 0) end as verdwenen,
        case when vorige.maand is not null then coalesce(verlopen.heropend + verlopen.was_weg, 0) end as herrezen,
        coalesce(verlopen.staat_stil, 0) as zonder_beweging,
        coalesce(verlopen.heeft_plaatshouder, 0) as met_plaatshouder
    from geleverd
    left join geleverd as vorige
        on vorige.maand = {{ maanden_later('geleverd.maand', -1) }}
        and geleverd.iza_regio = vorige.iza_regio and geleverd.leverancier = vorige.leverancier
    left join standen
        on geleverd.maand = standen.maand and geleverd.iza_regio = standen.iza_regio
        and geleverd.leverancier = standen.leverancier
    left join standen as stand_vorige
        on vorige.maand = stand_vorige.maand and vorige.iza_regio = stand_vorige.iza_regio
        and vorige.leverancier = stand_vorige.leverancier
    left join verlopen
        on geleverd.maand = verlopen.maand and geleverd.iza_regio = verlopen.iza_regio
        and geleverd.leverancier = verlopen.leverancier
    left join verlopen as verloop_vorige
        on vorige.maand = verloop_vorige.maand and vorige.iza_regio = verloop_vorige.iza_regio
        and vorige.leverancier = verloop_vorige.leverancier
)

select
    *,
    wachtplekken_vorige + aangemeld - gestart - uitval - wachtplekken as onverklaard
from naast_vorige
