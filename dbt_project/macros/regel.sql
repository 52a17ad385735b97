{# Een lege cel van seeds/cluster_regel.csv stelt geen eis; een gevulde is een lijst met | ertussen. #}

{% macro past_in_lijst(waarde, lijst) -%}
    ({{ lijst }} is null or '|' || {{ lijst }} || '|' like '%|' || cast({{ waarde }} as varchar) || '|%')
{%- endmacro %}

{% macro past_bij_janee(vlag, janee) -%}
    ({{ janee }} is null or {{ janee }} = case when {{ vlag }} then 'J' else 'N' end)
{%- endmacro %}

{# Waar een regel een eis aan kan stellen: de wet, de prestatiecode, de vestiging in de maand, en het zorgtraject. #}
{% macro kenmerken_van_code() -%}
    {{ return(['acuut_binnen_budget', 'prestatietype', 'setting', 'verzorgingsgraad', 'beveiligingsniveau']) }}
{%- endmacro %}

{% macro kenmerken_van_vestiging() -%}
    {{ return(['heeft_hic', 'heeft_iht', 'heeft_mpu', 'heeft_topggz']) }}
{%- endmacro %}

{% macro kenmerkkolommen() -%}
    {{ return(['wet'] + kenmerken_van_code() + kenmerken_van_vestiging() + ['traject_setting8']) }}
{%- endmacro %}

{% macro kenmerksleutel(kolommen) -%}
    {% for kolom in kolommen -%}
        coalesce(cast({{ kolom }} as varchar), ''){{ " || '|' || " if not loop.last }}
    {%- endfor %}
{%- endmacro %}

{# De sleutel van een prestatie: gelijk waar alle kenmerken gelijk zijn. #}
{% macro prestatiesleutel() -%}
    {{ kenmerksleutel(['wet', 'code_kenmerken', 'vestiging_kenmerken', 'traject_setting8']) }}
{%- endmacro %}
