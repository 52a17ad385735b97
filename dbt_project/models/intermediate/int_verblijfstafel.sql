-- Overlevingstafel (Kaplan-Meier) van het verblijf, per maand over de twaalf maanden tot en met die maand. Wie eerder begon stapt
-- later in: van hem is alleen bekend dat hij tot het begin van het venster bleef. Wie na het venster nog in zorg is, telt tot dan.
with maanden as (
    select
        *,
        first_value(maand) over (order by maand rows between 11 preceding and current row) as venster_begin
    from {{ ref('int_maand') }}
),

statussen as (
    select * from {{ ref('int_maandstatus') }} where geleverd
),

episodes as (
    select iza_regio, cluster, begindatum, einde_of_open, count(*) as aantal
    from {{ ref('int_episode') }}
    group by iza_regio, cluster, begindatum, einde_of_open
),

-- onderweg in het venster; dagen in zorg tellen met de eerste en de laatste erbij
onderweg as (
    select
        maanden.maand,
        episodes.iza_regio,
        episodes.cluster,
        greatest(0, {{ dagen_tussen('episodes.begindatum', 'maanden.venster_begin') }}) as instap_dagen,
        {{ dagen_tussen('episodes.begindatum', 'least(episodes.einde_of_open, maanden.laatste_dag)') }} + 1 as dagen,
        case when episodes.einde_of_open <= maanden.laatste_dag then episodes.aantal else 0 end as eindes,
        episodes.aantal
    from episodes
    inner join statussen on episodes.iza_regio = statussen.iza_regio
    inner join maanden
        on statussen.maand = maanden.maand
        and episodes.begindatum <= maanden.laatste_dag
        and episodes.einde_of_open >= maanden.venster_begin
),

stappen as (
    select maand, iza_regio, cluster, instap_dagen as dagen, aantal as instap, 0 as uitstap, 0 as eindes from onderweg
    union all
    select maand, iza_regio, cluster, dagen, 0 as instap, aantal as uitstap, eindes from onderweg
),

per_gebied as (
    select maand, iza_regio as gebied, cluster, dagen, instap, uitstap, eindes from stappen
    union all
    select maand, 'NL' as gebied, cluster, dagen, instap, uitstap, eindes from stappen
),

per_dag as (
    select maand, gebied, cluster, dagen, sum(instap) as instap, sum(uitstap) as uitstap, sum(eindes) as eindes
    from per_gebied
    group by maand, gebied, cluster, dagen
),

met_deelnemers as (
    select
        *,
        sum(instap - uitstap) over (
            partition by maand, gebied, cluster order by dagen rows between unbounded preceding and 1 preceding
        ) as deelnemers
    from per_dag
)

select
    maand,
    gebied,
    cluster,
    dagen,
    cast(instap as bigint) as instap,
    cast(coalesce(deelnemers, 0) as bigint) as deelnemers,
    cast(eindes as bigint) as eindes,
    case
        -- niemand bleef langer
        when max(case when eindes > 0 and eindes = deelnemers then 1 else 0 end) over tot_hier = 1 then 0
        else exp(sum(
            case when eindes > 0 and eindes < deelnemers then ln({{ verhouding('deelnemers - eindes', 'deelnemers') }}) else 0 end
        ) over tot_hier)
    end as blijft
from met_deelnemers
window tot_hier as (partition by maand, gebied, cluster order by dagen rows unbounded preceding)
