{#
  Een tabel die wordt bijgewerkt met wat gewijzigde leveringen raken, in plaats van geheel gemaakt. In haar config staat waarvan zij
  telkens alles opnieuw maakt (per): van een persoon, van een persoon in een maand, of van een leverancier in een maand. Haar select
  beperkt zich daartoe met alleen_geraakt(..); wat zij daarvan had gaat weg. De uitkomst is die van geheel maken (tests/warehouse/test_bijwerken.py).

  Of het mag, zegt de pijplijn (pipelines/warehouse/bijwerken.py); wie dbt zelf draait maakt alles, en elke andere motor ook.
#}
{% macro als_bij_te_werken() -%}
    {{ return('bijgewerkt' if target.type == 'duckdb' else 'table') }}
{%- endmacro %}

{% macro bijwerken() -%}
    {{ return(execute and target.type == 'duckdb' and env_var('GGZ_BIJWERKEN', 'nee') == 'ja') }}
{%- endmacro %}

{% macro staat_er_al() -%}
    {{ return(execute and target.type == 'duckdb' and load_cached_relation(this) is not none) }}
{%- endmacro %}

{% macro wordt_bijgewerkt() -%}
    {{ return(bijwerken() and staat_er_al()) }}
{%- endmacro %}

{% macro sleutel_van(per) -%}
    {{ return({
        'persoon': ['patient_nr'], 'persoon_maand': ['patient_nr', 'maand'], 'leverancier_maand': ['bron', 'maand', 'leverancier']
    }[per]) }}
{%- endmacro %}

{% macro geraakte_leveringen() -%}
    {%- set leveringen = source('beheer', 'geraakt') -%}
    {%- if bijwerken() -%} select bestand from {{ leveringen }}
    {%- else -%} select cast(null as string) as bestand where false
    {%- endif -%}
{%- endmacro %}

{% macro geraakte_sleutels(per) -%}
    {%- if per == 'leverancier_maand' -%}
    select distinct bron, aanlevermaand as maand, leverancier
    from {{ ref('stg_levering') }}
    where bestand in ({{ geraakte_leveringen() }})
    {%- else -%}
    select distinct {{ sleutel_van(per) | join(', ') }}
    from {{ ref('int_geraakt') }} as geraakt
    inner join {{ ref('int_patient') }} as patienten on geraakt.patient_pseudoniem = patienten.patient_pseudoniem
    {%- endif -%}
{%- endmacro %}

{# Voorwaarde op de rijen van een tabel; altijd waar als alles gemaakt wordt. #}
{% macro alleen_geraakt(per, tabel) -%}
    {%- set sleutels = geraakte_sleutels(per) -%}
    {%- if wordt_bijgewerkt() -%}
        ({% for kolom in sleutel_van(per) %}{{ tabel }}.{{ kolom }}{{ ', ' if not loop.last }}{% endfor %}) in ({{ sleutels }})
    {%- else -%}
        true
    {%- endif -%}
{%- endmacro %}

{% materialization bijgewerkt, adapter="duckdb" %}
    {%- set per = config.require("per") -%}
    {%- set bestaand = load_cached_relation(this) -%}
    {%- set doel = this.incorporate(type="table") -%}
    {%- if bestaand is not none and not bestaand.is_table -%}
        {% do exceptions.raise_compiler_error(this ~ " is geen tabel; gooi haar weg en draai opnieuw") %}
    {%- endif -%}
    {%- set bij = wordt_bijgewerkt() -%}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}
    {#- weg wat geraakt is en erbij wat ervoor komt: allebei of geen van beide -#}
    {% call statement("main", auto_begin=bij) -%}
        {%- if bij %}
        delete from {{ doel }} where ({{ sleutel_van(per) | join(', ') }}) in ({{ geraakte_sleutels(per) }});
        insert into {{ doel }} by name ({{ compiled_code }})
        {%- else %}
        create or replace table {{ doel }} as ({{ compiled_code }})
        {%- endif %}
    {%- endcall %}
    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {%- if bij or pre_hooks or post_hooks -%}
        {{ adapter.commit() }}
    {%- endif -%}
    {{ return({"relations": [doel]}) }}
{% endmaterialization %}
