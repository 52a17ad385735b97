-- wat per maand wordt geteld over drie maanden samen; het verschil is over wie in alle zes maanden hetzelfde leverde
with metrieken as (
    select code, bron from {{ ref('metriek') }} where per_kwartaal = 'J'
),

cijfers as (
    select code, maand, iza_regio, cluster, waarde from {{ ref('int_metriek') }}
    union all
    select code, maand, iza_regio, cluster, waarde from {{ ref('int_metriek_totaal') }} where iza_regio <> 'NL'
),

met_leveranciers as (
    select cijfers.*, leveranciers.leveranciers
    from cijfers
    inner join metrieken on cijfers.code = metrieken.code
    inner join {{ ref('int_leveranciers') }} as leveranciers
        on metrieken.bron = leveranciers.bron and cijfers.maand = leveranciers.maand
        and cijfers.iza_regio = leveranciers.iza_regio
),

paren as (
    select
        nu.code,
        nu.maand,
        nu.iza_regio,
        nu.cluster,
        eerder.waarde,
        eerder.leveranciers,
        eerder.maand > {{ maanden_later('nu.maand', '-3') }} as is_nu
    from met_leveranciers as nu
    inner join met_leveranciers as eerder
        on nu.code = eerder.code and nu.iza_regio = eerder.iza_regio and nu.cluster = eerder.cluster
        and eerder.maand > {{ maanden_later('nu.maand', '-6') }} and eerder.maand <= nu.maand
),

per_regio as (
    select
        code,
        maand,
        iza_regio,
        cluster,
        sum(case when is_nu then waarde end) as waarde,
        case when count(*) = 6 and count(distinct leveranciers) = 1 then sum(case when is_nu then waarde end) end
            as waarde_gelijk,
        case when count(*) = 6 and count(distinct leveranciers) = 1 then sum(case when is_nu then 0 else waarde end) end
            as waarde_toen
    from paren
    group by code, maand, iza_regio, cluster
    having sum(case when is_nu then 1 else 0 end) = 3
),

samen as (
    select code, maand, iza_regio, cluster, waarde, waarde_gelijk, waarde_toen from per_regio
    union all
    select code, maand, 'NL', cluster, waarde, waarde_gelijk, waarde_toen from per_regio
)

select
    code,
    maand,
    iza_regio,
    cluster,
    sum(waarde) as waarde,
    count(waarde) as regios,
    sum(waarde_gelijk) as waarde_gelijk,
    sum(waarde_toen) as waarde_toen,
    sum(waarde_gelijk) - sum(waarde_toen) as verschil,
    count(waarde_gelijk) as regios_gelijk
from samen
group by code, maand, iza_regio, cluster
