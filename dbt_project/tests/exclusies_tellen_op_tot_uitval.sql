{{ config(meta={'dagster': {'ref': {'name': 'exclusie_maand'}}}) }}
-- exclusie_maand telt over criteria en vestigingen op tot wachttijd_maand.uitval_exclusie (spec 3.16)
with uitval as (
    select maand, iza_regio, cluster, uitval_exclusie
    from {{ ref('wachttijd_maand') }}
    where fase = 'totaal' and geleverd
),

exclusies as (
    select maand, iza_regio, cluster, sum(aantal) as aantal
    from {{ ref('exclusie_maand') }}
    group by maand, iza_regio, cluster
)

select uitval.*
from uitval
left join exclusies
    on uitval.maand = exclusies.maand
    and uitval.iza_regio = exclusies.iza_regio
    and uitval.cluster = exclusies.cluster
where uitval.uitval_exclusie <> coalesce(exclusies.aantal, 0)
