{#- Een bevinding houdt haar kenmerk over runs heen: zij is een regel op een plaats met een oorzaak, zonder maand. -#}
{%- set plaats = ['bron', 'iza_regio', 'leverancier', 'agb_vestiging', 'oorzaak'] -%}

with weigeringen as (
    select
        code, bron, maand, iza_regio, leverancier,
        cast(null as varchar) as agb_vestiging,
        case when bron is null then bestand end as oorzaak,
        1 as omvang,
        bestand || ': ' || toelichting as toelichting
    from {{ ref('open_weigering') }}
),

-- wat een controleregel van een bericht weigert, telt hieronder als die regel
afkeuringen as (
    select
        code, bron, maand, iza_regio, leverancier,
        cast(null as varchar) as agb_vestiging,
        regel as oorzaak,
        count(*) as omvang,
        uitleg as toelichting
    from {{ ref('afgekeurde_regel') }}
    where herkomst <> 'bericht'
    group by code, bron, maand, iza_regio, leverancier, regel, uitleg
),

signalen as (
    select
        code, bron, maand, iza_regio, leverancier,
        cast(null as varchar) as agb_vestiging,
        cast(null as varchar) as oorzaak,
        count(*) as omvang,
        cast(null as varchar) as toelichting
    from {{ ref('signaal') }}
    group by code, bron, maand, iza_regio, leverancier
),

controleregels as (
    select
        {{ gds_code('oordeel') }} as code, bron, maand, iza_regio, leverancier,
        cast(null as varchar) as agb_vestiging,
        regel as oorzaak,
        rijen as omvang,
        regel || ' ' || inhoud || '; ' || reden as toelichting
    from {{ ref('controleregel') }}
),

mismatches as (
    select
        code, cast(null as varchar) as bron, {{ maandtekst('maand') }} as maand, iza_regio,
        cast(null as varchar) as leverancier,
        agb_vestiging,
        cluster as oorzaak,
        aantal as omvang,
        -- alleen een vergelijking van bronnen heeft twee kanten
        case when waarde_a is not null or waarde_b is not null
            then coalesce({{ getaltekst('waarde_a') }}, 'niets') || ' tegenover ' || coalesce({{ getaltekst('waarde_b') }}, 'niets')
        end as toelichting
    from {{ ref('zpm_mismatch') }}
),

plausibiliteit as (
    select
        code, bron, {{ maandtekst('maand') }} as maand, iza_regio, leverancier,
        cast(null as varchar) as agb_vestiging,
        onderwerp as oorzaak,
        omvang,
        waarneming as toelichting
    from {{ ref('plausibiliteit') }}
    where afwijkend
),

leveringen as (
    select
        code, bron, maand, iza_regio, leverancier,
        cast(null as varchar) as agb_vestiging,
        cast(null as varchar) as oorzaak,
        omvang,
        bestand || ': ' || toelichting as toelichting
    from {{ ref('levering_opvallend') }}
),

alle as (
    select * from weigeringen
    union all
    select * from leveringen
    union all
    select * from afkeuringen
    union all
    select * from signalen
    union all
    select * from controleregels
    union all
    select * from mismatches
    union all
    select * from plausibiliteit
)

select
    substring({{ dbt.hash("code || '|' || " ~ kenmerksleutel(plaats)) }}, 1, 12) as bevinding,
    code,
    bron,
    iza_regio,
    leverancier,
    agb_vestiging,
    oorzaak,
    maand,
    cast(sum(omvang) as bigint) as omvang,
    min(toelichting) as toelichting
from alle
group by code, bron, iza_regio, leverancier, agb_vestiging, oorzaak, maand
