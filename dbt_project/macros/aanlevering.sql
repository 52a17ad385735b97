{#
  Het oordeel A04 (spec 1.7): van de rijen met één sleutel blijft de eerste. Rijen zonder andere code gaan voor, dan
  aanlevermaand, iza_regio, leverancier, rijnummer. Actieve aanleveringen worden samen beoordeeld, een vervangen
  aanlevering op zichzelf (`beoordeling`). Eerst tellen en dan pas rangschikken: landelijk zijn er tientallen miljoenen
  sleutels en bijna geen dubbele.
#}
{% macro dubbele_rijen(bron, sleutel) -%}
with leveringen as (
    select
        bestand,
        aanlevermaand,
        iza_regio,
        leverancier,
        case when status = 'actief' then 'actief' else bestand end as beoordeling
    from {{ ref('stg_levering') }}
    where code is null
),

vaker as (
    select
        leveringen.beoordeling
        {%- for kolom in sleutel %},
        {{ kolom }} as sleutel_{{ loop.index }}
        {%- endfor %}
    from {{ source('aanlevering', bron) }} as rijen
    inner join leveringen on rijen.bestand = leveringen.bestand
    where
        {%- for kolom in sleutel %}
        {{ 'and ' if not loop.first }}{{ kolom }} is not null
        {%- endfor %}
    group by
        leveringen.beoordeling
        {%- for kolom in sleutel %},
        {{ kolom }}
        {%- endfor %}
    having count(*) > 1
),

rangen as (
    select
        rijen.bestand,
        rijen.rijnummer,
        rijen.codes,
        row_number() over (
            partition by
                leveringen.beoordeling
                {%- for kolom in sleutel %},
                {{ kolom }}
                {%- endfor %}
            order by
                case when rijen.codes is null then 0 else 1 end,
                leveringen.aanlevermaand, leveringen.iza_regio, leveringen.leverancier, rijen.rijnummer
        ) as rang
    from {{ source('aanlevering', bron) }} as rijen
    inner join leveringen on rijen.bestand = leveringen.bestand
    inner join vaker
        on leveringen.beoordeling = vaker.beoordeling
        {%- for kolom in sleutel %}
        and {{ kolom }} = vaker.sleutel_{{ loop.index }}
        {%- endfor %}
)

select
    bestand,
    rijnummer,
    codes
from rangen
where rang > 1
{%- endmacro %}

{# De open data van de NZa heeft geen sleutel: daar is geen A04. #}
{% macro heeft_sleutel(bron) %}{{ return(bron != 'wachttijden_open') }}{% endmacro %}

{# De geaccepteerde rijen van actieve aanleveringen: alleen die tellen mee in cijfers. #}
{% macro geaccepteerde_rijen(bron) %}
    select
        rijen.*,
        leveringen.aanlevermaand,
        leveringen.iza_regio,
        leveringen.leverancier
    from {{ source('aanlevering', bron) }} as rijen
    inner join {{ ref('stg_levering') }} as leveringen
        on rijen.bestand = leveringen.bestand and leveringen.status = 'actief'
    {%- if heeft_sleutel(bron) %}
    left join {{ ref('stg_dubbele_' ~ bron) }} as dubbelen
        on rijen.bestand = dubbelen.bestand and rijen.rijnummer = dubbelen.rijnummer
    {%- endif %}
    where rijen.codes is null
        {%- if heeft_sleutel(bron) %} and dubbelen.bestand is null{% endif %}
{% endmacro %}

{#
  De maanden en regio's waarvoor een bron geleverd is (spec 3b): een actieve aanlevering die een nulmelding is, of waarvan ten
  minste een rij is geaccepteerd. Een model per bron, zodat een nieuwe aanlevering van de ene bron de andere laat staan.
#}
{% macro geleverde_maanden(bron) -%}
with leveringen as (
    select * from {{ ref('stg_levering') }} where bron = '{{ bron }}' and status = 'actief'
),

geaccepteerd as (
    {{ geaccepteerde_rijen(bron) }}
)

select aanlevermaand as maand, iza_regio from leveringen where rijen_gelezen = 0
union
select aanlevermaand as maand, iza_regio from geaccepteerd
{%- endmacro %}

{# De codes van een rij, met A04 erbij, op volgorde en met komma's ertussen. #}
{% macro codes_met_a04(codes, is_dubbel) -%}
    concat_ws(
        ',',
        {%- for code in ['A01', 'A02', 'A03'] %}
        case when {{ codes }} like '%{{ code }}%' then '{{ code }}' end,
        {%- endfor %}
        case when {{ is_dubbel }} then 'A04' end,
        {%- for code in ['A05', 'A06'] %}
        case when {{ codes }} like '%{{ code }}%' then '{{ code }}' end
        {%- if not loop.last %},{% endif %}
        {%- endfor %}
    )
{%- endmacro %}

{#
  Een rij als JSON, uit de kolommen van het contract: die staan in bronnen.yml voor `bestand`, wat de ingang toevoegt erna.
  Alleen voor rijen die enkel A04 hebben: van andere afgekeurde rijen bewaart de ingang de tekst zoals zij is aangeleverd.
#}
{% macro rij_als_json(bron, rij) -%}
    {%- set kolommen = [] -%}
    {%- set bronnen = graph.sources.values() if execute else [] -%}
    {%- for bekend in bronnen | selectattr('name', 'equalto', bron) -%}
        {%- set namen = bekend.columns.keys() | list -%}
        {%- do kolommen.extend(namen[:namen.index('bestand')]) -%}
    {%- endfor -%}
    cast(json_object(
        {%- for kolom in kolommen %}
        '{{ kolom }}', cast({{ rij }}.{{ kolom }} as varchar)
        {%- if not loop.last %},{% endif %}
        {%- endfor %}
    ) as varchar)
{%- endmacro %}
