{#
  De metrieken als rijen: per code, maand, regio en cluster het cijfer zelf, en wat eronder ligt om over regio's en clusters op
  te tellen. `achtervoegsel` is '' voor de marts en '_totaal' voor hun totalen.
#}
{% macro metriek_rijen(achtervoegsel='') -%}
    {%- set vraag -%}
        select code, mart, kolom, fase, capaciteit_type, optelling, teller, noemer, voorwaarde
        from {{ ref('metriek') }}
        where keuze = 'J'
            {%- if achtervoegsel %} and optelling <> 'geen'{% endif %}
        order by code
    {%- endset -%}
    {%- if execute -%}
        {%- for m in run_query(vraag).rows -%}
            {%- set kolom = m['kolom'] ~ ('_som' if achtervoegsel and m['optelling'] == 'tekort' else '') %}
    select
        '{{ m['code'] }}' as code,
        maand,
        iza_regio,
        cluster,
        cast({{ kolom }} as double) as waarde,
        {%- if m['optelling'] == 'verhouding' %}
        cast({{ m['teller'] if not achtervoegsel else 'null' }} as decimal(28, 9)) as teller,
        cast({{ m['noemer'] if not achtervoegsel else 'null' }} as decimal(28, 9)) as noemer
        {%- elif m['optelling'] == 'tekort' %}
        cast(case when {{ kolom }} > 0 then {{ kolom }} when {{ kolom }} <= 0 then 0 end as decimal(28, 9)) as teller,
        cast({{ m['noemer'] }} as decimal(28, 9)) as noemer
        {%- else %}
        cast({{ kolom if m['optelling'] == 'som' else 'null' }} as decimal(28, 9)) as teller,
        cast(null as decimal(28, 9)) as noemer
        {%- endif %}
    from {{ ref_mart(m['mart'], achtervoegsel) }}
    where {{ kolom if achtervoegsel or m['optelling'] != 'verhouding' else '(' ~ m['teller'] ~ ') is not null and (' ~ m['noemer'] ~ ')' }} is not null
        {%- if m['voorwaarde'] %} and {{ m['voorwaarde'] }}{% endif %}
        {%- if m['fase'] %} and fase = '{{ m['fase'] }}'{% endif %}
        {%- if m['capaciteit_type'] %} and capaciteit_type = '{{ m['capaciteit_type'] }}'{% endif %}
            {%- if not loop.last %}
    union all
            {%- endif %}
        {%- endfor -%}
    {%- else -%}
    select null
    {%- endif -%}
{%- endmacro %}

{% macro ref_mart(mart, achtervoegsel) -%}
    {{ return(ref(mart ~ achtervoegsel)) }}
{%- endmacro %}
