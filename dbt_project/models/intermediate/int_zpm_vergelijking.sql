with geleverd as (
    select * from {{ ref('int_geleverd') }}
),

statussen as (
    select * from {{ ref('int_maandstatus') }}
),

waarden as (
    select 'ZPM-05' as code, 'a' as kant, maand, iza_regio, agb_vestiging, bezette_dagen as waarde
    from {{ ref('stg_hic_monitor') }}
    where eenheid_type = 'HIC'
    union all
    select 'ZPM-05' as code, 'b' as kant, maand, iza_regio, agb_vestiging, prestaties as waarde
    from {{ ref('int_prestatie_telling') }}
    where prestatietype = 'verblijfsdag' and verzorgingsgraad = 'H'
    union all
    select 'ZPM-06' as code, 'a' as kant, maand, iza_regio, agb_vestiging, bezette_dagen as waarde
    from {{ ref('stg_bedden') }}
    where capaciteit_type = 'bed' and wet = 'Zvw'
    union all
    select 'ZPM-06' as code, 'b' as kant, maand, iza_regio, agb_vestiging, prestaties as waarde
    from {{ ref('int_prestatie_telling') }}
    where prestatietype = 'verblijfsdag' and wet = 'Zvw'
    union all
    select 'ZPM-07' as code, 'a' as kant, maand, iza_regio, agb_vestiging, capaciteit as waarde
    from {{ ref('stg_hic_monitor') }}
    where eenheid_type = 'HIC'
    union all
    select 'ZPM-07' as code, 'b' as kant, maand, iza_regio, agb_vestiging, operationeel as waarde
    from {{ ref('stg_bedden') }}
    where bedtype = 'HIC'
),

-- welke twee bronnen, en of declaraties definitief moeten zijn: die komen laat
vergelijkingen as (
    select 'ZPM-05' as code, 'hic_monitor' as bron_a, 'declaraties' as bron_b, true as met_declaraties
    union all
    select 'ZPM-06' as code, 'bedden' as bron_a, 'declaraties' as bron_b, true as met_declaraties
    union all
    select 'ZPM-07' as code, 'hic_monitor' as bron_a, 'bedden' as bron_b, false as met_declaraties
),

paren as (
    select
        waarden.code,
        waarden.maand,
        waarden.iza_regio,
        waarden.agb_vestiging,
        vergelijkingen.met_declaraties,
        cast(sum(case when waarden.kant = 'a' then waarden.waarde end) as bigint) as waarde_a,
        cast(sum(case when waarden.kant = 'b' then waarden.waarde end) as bigint) as waarde_b
    from waarden
    inner join vergelijkingen on waarden.code = vergelijkingen.code
    inner join geleverd as geleverd_a
        on waarden.maand = geleverd_a.maand and waarden.iza_regio = geleverd_a.iza_regio
        and vergelijkingen.bron_a = geleverd_a.bron
    inner join geleverd as geleverd_b
        on waarden.maand = geleverd_b.maand and waarden.iza_regio = geleverd_b.iza_regio
        and vergelijkingen.bron_b = geleverd_b.bron
    inner join statussen
        on waarden.maand = statussen.maand and waarden.iza_regio = statussen.iza_regio
    where not vergelijkingen.met_declaraties or statussen.status = 'definitief'
    group by waarden.code, waarden.maand, waarden.iza_regio, waarden.agb_vestiging, vergelijkingen.met_declaraties
),

-- naast declaraties telt een afwezige vestiging als nul; tussen twee capaciteitsopgaven is afwezig een bevinding op zich
verschillen as (
    select
        code,
        maand,
        iza_regio,
        agb_vestiging,
        met_declaraties,
        abs(coalesce(waarde_a, 0) - coalesce(waarde_b, 0)) as aantal,
        greatest(coalesce(waarde_a, 0), coalesce(waarde_b, 0)) as grootste,
        case when met_declaraties then coalesce(waarde_a, 0) else waarde_a end as waarde_a,
        case when met_declaraties then coalesce(waarde_b, 0) else waarde_b end as waarde_b
    from paren
)

select
    code,
    maand,
    iza_regio,
    agb_vestiging,
    aantal,
    waarde_a,
    waarde_b,
    {{ verhouding('waarde_a - waarde_b', 'grootste') }} as afwijking
from verschillen
where
    (met_declaraties and aantal > {{ norm('zpm_tolerantie') }} * grootste)
    or (not met_declaraties and (aantal > 0 or waarde_a is null or waarde_b is null))
