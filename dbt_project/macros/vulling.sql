{#
  Van elke bron per leverancier en maand hoe haar kolommen zijn gevuld: eerst breed, want zo wordt elke bron een keer gelezen, dan een
  rij per kolom. Welke bronnen en kolommen er zijn staat in bronnen.yml (meta).
#}
{% macro vulling_per_kolom(leveringen, plaatshouders) -%}
    {%- set tabellen = graph.sources.values() | selectattr('meta.bron', 'defined') | list if execute else [] -%}
    {%- for tabel in tabellen %}
    {{ 'with' if loop.first }} breed_{{ tabel.meta.bron }} as (
        select
            leveringen.aanlevermaand as maand,
            leveringen.leverancier,
            count(*) as rijen
            {%- for kolom in tabel.meta.kolommen %},
            count(rijen.{{ kolom }}) as {{ kolom }}_gevuld,
            count(case when {{ bevat('rijen.vormfout', "'" ~ kolom ~ "'") }} then 1 end) as {{ kolom }}_onleesbaar,
            count(case when lower(cast(rijen.{{ kolom }} as varchar)) in (select waarde from {{ plaatshouders }}) then 1 end)
                as {{ kolom }}_plaatshouder,
            count(distinct rijen.{{ kolom }}) as {{ kolom }}_verschillend
            {%- endfor %}
        from {{ tabel.relation_name }} as rijen
        inner join {{ leveringen }} as leveringen on rijen.bestand = leveringen.bestand
        group by leveringen.aanlevermaand, leveringen.leverancier
    ){{ ',' if not loop.last }}
    {%- endfor %}
    {%- for tabel in tabellen %}
    {%- set bron = tabel.meta.bron %}
    {%- for kolom in tabel.meta.kolommen %}
    select
        maand, '{{ bron }}' as bron, leverancier, {{ loop.index }} as plek, '{{ kolom }}' as kolom, rijen,
        {{ kolom }}_gevuld - {{ kolom }}_plaatshouder as gevuld,
        {{ kolom }}_plaatshouder as plaatshouder,
        {{ kolom }}_onleesbaar as onleesbaar,
        rijen - {{ kolom }}_gevuld - {{ kolom }}_onleesbaar as leeg,
        {{ kolom }}_verschillend as verschillend
    from breed_{{ bron }}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
    {%- if not tabellen %}
    select null as maand
    {%- endif %}
{%- endmacro %}
