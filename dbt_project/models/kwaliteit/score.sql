{%- set delen = ['dekking', 'geldigheid', 'tijdigheid'] -%}

with leveringen as (
    select *, cast(maand || '-01' as date) as aanlevermaand
    from {{ ref('aanlevering') }}
    where status <> 'geweigerd'
),

-- van wat bij de eerste inname ooit binnenkwam is niet bekend wanneer het is aangeleverd
begin as (
    select min(cast(moment as date)) as eerste_dag from {{ ref('aanlevering') }}
),

relaties as (
    select bron, leverancier, iza_regio, min(aanlevermaand) as eerste_maand
    from leveringen
    group by bron, leverancier, iza_regio
),

maanden as (
    select distinct bron, aanlevermaand from leveringen
),

verwacht as (
    select
        maanden.aanlevermaand as maand,
        relaties.bron,
        relaties.leverancier,
        relaties.iza_regio,
        {{ dagen_later(maanden_later('maanden.aanlevermaand', 1), norm_kwaliteit('uiterste_dag') ~ ' - 1') }} as termijn
    from relaties
    inner join maanden
        on relaties.bron = maanden.bron and relaties.eerste_maand <= maanden.aanlevermaand
),

geleverd as (
    select
        bron,
        leverancier,
        iza_regio,
        aanlevermaand as maand,
        min(cast(moment as date)) as eerste_dag,
        sum(case when status = 'actief' then rijen_gelezen end) as gelezen,
        sum(case when status = 'actief' then rijen_geaccepteerd end) as geaccepteerd
    from leveringen
    group by bron, leverancier, iza_regio, aanlevermaand
),

per_regio as (
    select
        verwacht.*,
        geleverd.bron is not null as is_geleverd,
        geleverd.gelezen,
        geleverd.geaccepteerd,
        case
            when geleverd.bron is null or verwacht.termijn < begin.eerste_dag then null
            when geleverd.eerste_dag <= verwacht.termijn then 1
            -- na de termijn
            else 0
        end as op_tijd
    from verwacht
    cross join begin
    left join geleverd
        on verwacht.bron = geleverd.bron
        and verwacht.leverancier = geleverd.leverancier
        and verwacht.iza_regio = geleverd.iza_regio
        and verwacht.maand = geleverd.maand
),

per_leverancier as (
    select
        maand,
        bron,
        leverancier,
        count(*) as verwachte_leveringen,
        count(case when is_geleverd then 1 end) as leveringen,
        cast(coalesce(sum(gelezen), 0) as bigint) as rijen_gelezen,
        cast(coalesce(sum(geaccepteerd), 0) as bigint) as rijen_geaccepteerd,
        {{ verhouding('count(case when is_geleverd then 1 end)', 'count(*)') }} as dekking,
        case
            when count(case when is_geleverd then 1 end) = 0 then null
            when sum(gelezen) = 0 then cast(1 as double)
            -- er zijn rijen
            else {{ verhouding('sum(geaccepteerd)', 'sum(gelezen)') }}
        end as geldigheid,
        {{ verhouding('sum(op_tijd)', 'count(op_tijd)') }} as tijdigheid
    from per_regio
    group by maand, bron, leverancier
)

select
    *,
    100 * (
        {%- for deel in delen %}
        coalesce({{ norm_kwaliteit('score_gewicht_' ~ deel) }} * {{ deel }}, 0){{ ' +' if not loop.last }}
        {%- endfor %}
    ) / (
        {%- for deel in delen %}
        case when {{ deel }} is null then 0 else cast({{ norm_kwaliteit('score_gewicht_' ~ deel) }} as double) end
        {{- ' +' if not loop.last }}
        {%- endfor %}
    ) as score
from per_leverancier
