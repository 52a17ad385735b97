with uitsluitingen as (
    select * from {{ ref('int_wachtplek') }} where is_uitval_exclusie
)

select
    maand,
    iza_regio,
    agb_vestiging,
    cluster,
    coalesce(exclusiecriterium, 'onbekend') as exclusiecriterium,
    count(*) as aantal,
    count(case when intakedatum <= einddatum then 1 end) as na_intake
from uitsluitingen
group by maand, iza_regio, agb_vestiging, cluster, coalesce(exclusiecriterium, 'onbekend')
