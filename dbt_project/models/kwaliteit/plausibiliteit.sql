with metingen as (
    select * from {{ ref('plausibiliteit_verleden') }}
    union all
    select * from {{ ref('plausibiliteit_afwezig') }}
    union all
    select * from {{ ref('plausibiliteit_xmr') }}
    union all
    select * from {{ ref('plausibiliteit_wachtlijst') }}
    union all
    select * from {{ ref('plausibiliteit_afkeuring') }}
)

select
    *,
    case
        when code = 'PL-01' then
            cast(cast(waarde as bigint) as varchar) || ' rijen, gemiddeld ' || cast(cast(round(verwacht) as bigint) as varchar)
            || ' in de maanden ervoor'
        when code in ('PL-02', 'PL-03') then
            cast(cast(round(100 * waarde) as bigint) as varchar) || ' procent, gemiddeld '
            || cast(cast(round(100 * verwacht) as bigint) as varchar) || ' procent in de maanden ervoor'
        when code = 'PL-04' then 'vorige maand wel geleverd, deze maand ' || case when waarde = 0 then 'niet' else 'ook' end
        when code = 'PL-06' then
            cast(cast(waarde as bigint) as varchar) || ' wachtplekken zijn uit aanmelding, start en uitval niet te verklaren'
        when code = 'PL-07' then cast(cast(waarde as bigint) as varchar) || ' wachtplekken verdwenen zonder einde'
        when code = 'PL-08' then cast(cast(waarde as bigint) as varchar) || ' wachtplekken staan er weer die weg waren of geëindigd'
        when code = 'PL-09' then cast(cast(waarde as bigint) as varchar) || ' wachtplekken staan te lang stil'
        when code = 'PL-10' then cast(cast(waarde as bigint) as varchar) || ' wachtplekken met een datum die geen dag is'
        when code = 'PL-11' then
            cast(cast(round(100 * waarde) as bigint) as varchar) || ' procent van de rijen is afgekeurd, grens '
            || cast(cast(round(100 * grens_boven) as bigint) as varchar) || ' procent'
        -- PL-05
        else
            onderwerp || ': ' || cast(cast(round(waarde) as bigint) as varchar) || ', grenzen '
            || cast(cast(round(grens_onder) as bigint) as varchar) || ' en ' || cast(cast(round(grens_boven) as bigint) as varchar)
    end as waarneming
from metingen
