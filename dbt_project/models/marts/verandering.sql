with metrieken as (
    select * from {{ ref('metriek') }} where keuze = 'J'
),

cijfers as (
    select * from {{ ref('int_metriek') }}
),

leveranciers as (
    select * from {{ ref('int_leveranciers') }}
),

vensters as (
    select cast(waarde as integer) as maanden_terug
    from {{ ref('norm') }}
    where norm like 'vergelijking_%'
),

gebieden as (
    select * from {{ ref('int_gebied') }}
),

groepen as (
    select * from {{ ref('int_clustergroep') }}
),

met_leveranciers as (
    select cijfers.*, metrieken.optelling, leveranciers.leveranciers
    from cijfers
    inner join metrieken on cijfers.code = metrieken.code
    inner join leveranciers
        on metrieken.bron = leveranciers.bron and cijfers.maand = leveranciers.maand
        and cijfers.iza_regio = leveranciers.iza_regio
),

paren as (
    select
        nu.code,
        nu.optelling,
        nu.maand,
        vensters.maanden_terug,
        nu.iza_regio,
        nu.cluster,
        nu.waarde,
        nu.teller,
        nu.noemer,
        toen.waarde as waarde_toen,
        toen.teller as teller_toen,
        toen.noemer as noemer_toen
    from met_leveranciers as nu
    cross join vensters
    inner join met_leveranciers as toen
        on nu.code = toen.code and nu.iza_regio = toen.iza_regio and nu.cluster = toen.cluster
        and toen.maand = {{ maanden_later('nu.maand', '-1 * vensters.maanden_terug') }}
        and nu.leveranciers = toen.leveranciers
),

-- een cijfer van een regio en cluster is zichzelf; een groep telt de delen op die aan beide kanten bekend zijn
groepswaarden as (
    select
        paren.code,
        paren.maand,
        paren.maanden_terug,
        gebieden.gebied as iza_regio,
        groepen.groep as cluster,
        {{ verhouding('sum(paren.teller)', "sum(case when paren.optelling = 'verhouding' then paren.noemer else 0 end)") }}
            as verhouding_nu,
        {{ verhouding('sum(paren.teller_toen)', "sum(case when paren.optelling = 'verhouding' then paren.noemer_toen else 0 end)") }}
            as verhouding_toen,
        cast(sum(paren.teller) as double) as som_nu,
        cast(sum(paren.teller_toen) as double) as som_toen,
        max(paren.optelling) as optelling,
        count(distinct paren.iza_regio) as regios
    from paren
    inner join gebieden on paren.iza_regio = gebieden.iza_regio
    inner join groepen on paren.cluster = groepen.cluster
    where paren.teller is not null
        and (gebieden.gebied <> paren.iza_regio or groepen.groep <> paren.cluster)
    group by paren.code, paren.maand, paren.maanden_terug, gebieden.gebied, groepen.groep
),

samen as (
    select code, maand, maanden_terug, iza_regio, cluster, waarde, waarde_toen, 1 as regios
    from paren
    union all
    select
        code,
        maand,
        maanden_terug,
        iza_regio,
        cluster,
        case when optelling = 'verhouding' then verhouding_nu else som_nu end,
        case when optelling = 'verhouding' then verhouding_toen else som_toen end,
        regios
    from groepswaarden
)

select
    code,
    maand,
    maanden_terug,
    iza_regio,
    cluster,
    waarde,
    waarde_toen,
    waarde - waarde_toen as verschil,
    regios
from samen
where waarde is not null and waarde_toen is not null
