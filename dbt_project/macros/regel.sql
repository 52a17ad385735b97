{# Een lege cel van seeds/cluster_regel.csv stelt geen eis; een gevulde is een lijst met | ertussen. #}

{% macro past_in_lijst(waarde, lijst) -%}
    ({{ lijst }} is null or '|' || {{ lijst }} || '|' like '%|' || cast({{ waarde }} as varchar) || '|%')
{%- endmacro %}

{% macro past_bij_janee(vlag, janee) -%}
    ({{ janee }} is null or {{ janee }} = case when {{ vlag }} then 'J' else 'N' end)
{%- endmacro %}

{# Elke kolom van een prestatie waarop een regel een eis kan stellen. #}
{% macro kenmerkkolommen() -%}
    {{ return([
        'wet', 'acuut_binnen_budget', 'prestatietype', 'setting', 'verzorgingsgraad', 'beveiligingsniveau',
        'heeft_hic', 'heeft_iht', 'heeft_mpu', 'heeft_topggz', 'traject_setting8'
    ]) }}
{%- endmacro %}

{% macro kenmerksleutel() -%}
    {% for kolom in kenmerkkolommen() -%}
        coalesce(cast({{ kolom }} as varchar), ''){{ " || '|' || " if not loop.last }}
    {%- endfor %}
{%- endmacro %}
