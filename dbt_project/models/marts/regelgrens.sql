-- een regelkaart van losse waarden (XmR): de grenzen waarbinnen een cijfer van maand tot maand gewoonlijk beweegt
with metrieken as (
    select code from {{ ref('metriek') }} where keuze = 'J'
),

normen as (
    select
        cast({{ norm('regelkaart_maanden') }} as integer) as venster,
        cast({{ norm('regelkaart_minste_maanden') }} as integer) as minste,
        cast({{ norm('regelkaart_factor') }} as double) as factor
),

cijfers as (
    select code, maand, iza_regio, cluster, waarde from {{ ref('int_metriek') }}
    union all
    select code, maand, iza_regio, cluster, waarde from {{ ref('int_metriek_totaal') }}
),

-- een gemiddelde van decimalen is elke run tot op de laatste cijfers hetzelfde
exact as (
    select
        cijfers.code,
        cijfers.maand,
        cijfers.iza_regio,
        cijfers.cluster,
        cast(cijfers.waarde as decimal(28, 9)) as waarde
    from cijfers
    inner join metrieken on cijfers.code = metrieken.code
),

stappen as (
    select
        *,
        abs(waarde - lag(waarde) over (partition by code, iza_regio, cluster order by maand)) as stap
    from exact
),

-- de maand zelf staat er niet bij: zij wordt langs de maanden ervoor gelegd
ervoor as (
    select
        nu.code,
        nu.maand,
        nu.iza_regio,
        nu.cluster,
        cast(nu.waarde as double) as waarde,
        count(eerder.waarde) as maanden,
        {{ midden('eerder.waarde') }} as midden,
        {{ midden('eerder.stap') }} * max(normen.factor) as speling,
        max(normen.minste) as minste
    from stappen as nu
    cross join normen
    left join stappen as eerder
        on nu.code = eerder.code and nu.iza_regio = eerder.iza_regio and nu.cluster = eerder.cluster
        and eerder.maand < nu.maand
        and eerder.maand >= {{ maanden_later('nu.maand', '-1 * normen.venster') }}
    group by nu.code, nu.maand, nu.iza_regio, nu.cluster, nu.waarde
),

-- wat nooit bewoog heeft geen gewone beweging om een nieuwe langs te leggen
begrensd as (
    select
        code,
        maand,
        iza_regio,
        cluster,
        waarde,
        maanden,
        case when maanden >= minste and speling > 0 then midden end as midden,
        case when maanden >= minste and speling > 0 then speling end as speling
    from ervoor
)

select
    code,
    maand,
    iza_regio,
    cluster,
    waarde,
    maanden,
    midden,
    midden - speling as laag,
    midden + speling as hoog,
    abs(waarde - midden) / speling as uitslag,
    case
        when waarde > midden + speling then 1
        when waarde < midden - speling then -1
        when midden is not null then 0
    end as oordeel
from begrensd
