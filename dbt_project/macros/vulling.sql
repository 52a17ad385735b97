{# Bronnen en kolommen zoals bronnen.yml (meta) ze noemt. #}
{% macro bronnen_met_kolommen() -%}
    {{ return(graph.sources.values() | selectattr('meta.bron', 'defined') | list if execute else []) }}
{%- endmacro %}

{# Van een bron per leverancier en maand hoe elk van haar kolommen is gevuld, breed: zo wordt zij een keer gelezen. #}
{% macro vulling_breed(tabel, leveringen, plaatshouders) -%}
    select
        leveringen.maand,
        leveringen.leverancier,
        count(*) as rijen
        {%- for kolom in tabel.meta.kolommen %},
        count(rijen.{{ kolom }}) as {{ kolom }}_gevuld,
        count(case when lower(cast(rijen.{{ kolom }} as varchar)) in (select waarde from {{ plaatshouders }}) then 1 end)
            as {{ kolom }}_plaatshouder,
        count(distinct rijen.{{ kolom }}) as {{ kolom }}_verschillend
        {%- endfor %}
    from {{ tabel.relation_name }} as rijen
    inner join {{ leveringen }} as leveringen on rijen.bestand = leveringen.bestand
    group by leveringen.maand, leveringen.leverancier
{%- endmacro %}

{# Een rij per kolom van vulling_breed. #}
{% macro vulling_lang(tabel, breed) -%}
    {%- for kolom in tabel.meta.kolommen %}
    select
        maand, '{{ tabel.meta.bron }}' as bron, leverancier, {{ loop.index }} as plek, '{{ kolom }}' as kolom, rijen,
        {{ kolom }}_gevuld as gevuld, {{ kolom }}_plaatshouder as plaatshouder, {{ kolom }}_verschillend as verschillend
    from {{ breed }}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
{%- endmacro %}
