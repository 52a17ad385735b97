{#
  Totalen van een mart over regio's (NL) en clusters (int_gebied, int_clustergroep), zoals seeds/metriek.csv ze optelt. De rijen
  van de mart zelf staan er niet in. Een onbekend deel telt niet mee, en een totaal zonder bekend deel is leeg: dat doet sum.
#}

{% macro metrieken_van(mart) -%}
    {%- set gevonden = [] -%}
    {%- set vraag -%}
        select distinct kolom, optelling, teller, noemer, soort
        from {{ ref('metriek') }}
        where mart = '{{ mart }}'
        order by kolom
    {%- endset -%}
    {%- if execute -%}
        {%- for rij in run_query(vraag).rows -%}
            {%- do gevonden.append({
                'kolom': rij[0], 'optelling': rij[1], 'teller': rij[2], 'noemer': rij[3], 'is_heel': rij[4] == 'aantal'
            }) -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(gevonden) }}
{%- endmacro %}

{# Een som van doubles hangt af van de volgorde van optellen, een som van decimalen niet. #}
{% macro som_van(waarde, is_heel) -%}
    {%- if is_heel -%}
        cast(sum({{ waarde }}) as bigint)
    {%- else -%}
        cast(sum(cast({{ waarde }} as decimal(28, 9))) as double)
    {%- endif -%}
{%- endmacro %}

{# Een verhouding rust op de delen waarvan beide kanten bekend zijn. #}
{% macro verhouding_van_sommen(teller, noemer) -%}
    {{ verhouding(
        'sum(case when (' ~ noemer ~ ') is not null then ' ~ teller ~ ' end)',
        'sum(case when (' ~ teller ~ ') is not null then ' ~ noemer ~ ' end)'
    ) }}
{%- endmacro %}

{% macro opgeteld(metriek) -%}
    {%- if metriek.optelling == 'verhouding' -%}
        {{ verhouding_van_sommen(metriek.teller, metriek.noemer) }} as {{ metriek.kolom }}
    {%- elif metriek.optelling == 'tekort' -%}
        {{ som_van('case when ' ~ metriek.kolom ~ ' > 0 then ' ~ metriek.kolom ~ ' when ' ~ metriek.kolom ~ ' <= 0 then 0 end', true) }} as {{ metriek.kolom }}_som
    {%- else -%}
        {{ som_van(metriek.kolom, metriek.is_heel) }} as {{ metriek.kolom }}
    {%- endif -%}
{%- endmacro %}

{% macro totalen(mart, sleutel=[], extra={}, met_niet_cruciaal=false) -%}
with delen as (
    select * from {{ ref(mart) }}
),

gebieden as (
    select * from {{ ref('int_gebied') }}
),

groepen as (
    select * from {{ ref('int_clustergroep') }}{% if not met_niet_cruciaal %} where groep <> 'zes_clusters_en_niet_cruciaal'{% endif %}
)

select
    delen.maand,
    gebieden.gebied as iza_regio,
    groepen.groep as cluster,
    {%- for kolom in sleutel %}
    delen.{{ kolom }},
    {%- endfor %}
    {%- for metriek in metrieken_van(mart) if metriek.optelling in ['som', 'tekort', 'verhouding'] %}
    {{ opgeteld(metriek) }},
    {%- endfor %}
    {%- for naam, uitdrukking in extra.items() %}
    {{ uitdrukking }} as {{ naam }},
    {%- endfor %}
    count(distinct case when delen.geleverd then delen.iza_regio end) as regios_geleverd,
    count(distinct delen.iza_regio) as regios
from delen
inner join gebieden on delen.iza_regio = gebieden.iza_regio
inner join groepen on delen.cluster = groepen.cluster
where gebieden.gebied <> delen.iza_regio or groepen.groep <> delen.cluster
group by
    delen.maand,
    gebieden.gebied,
    {%- for kolom in sleutel %}
    delen.{{ kolom }},
    {%- endfor %}
    groepen.groep
{%- endmacro %}
