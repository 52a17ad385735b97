{# Een lege cel van seeds/cluster_regel.csv stelt geen eis; een gevulde is een lijst met | ertussen. #}

{% macro past_in_lijst(waarde, lijst) -%}
    ({{ lijst }} is null or '|' || {{ lijst }} || '|' like '%|' || cast({{ waarde }} as string) || '|%')
{%- endmacro %}

{% macro past_bij_janee(vlag, janee) -%}
    ({{ janee }} is null or {{ janee }} = case when {{ vlag }} then 'J' else 'N' end)
{%- endmacro %}

{# Een vestiging draagt de eisen aan haar begin waaraan zij voldoet (int_vestiging_begint), met ; ertussen. #}
{% macro past_bij_begint(voldoet_aan, eis) -%}
    ({{ eis }} is null or ';' || {{ voldoet_aan }} || ';' like '%;' || {{ eis }} || ';%')
{%- endmacro %}

{# Of een AGB-code begint met een van de begincijfers in de lijst. #}
{% macro begint_met(agb, lijst) -%}
    (
        {%- for lengte in range(1, 9) %}
        {{ 'or ' if not loop.first }}'|' || {{ lijst }} || '|' like '%|' || substring({{ agb }}, 1, {{ lengte }}) || '|%'
        {%- endfor %}
    )
{%- endmacro %}

{# Of een combinatie van kenmerken voldoet aan alle eisen van een rij van cluster_regel. Ook ggz definitie toets leest deze tekst. #}
{% macro past_bij_regel(combinatie, regel) -%}
    {% for kenmerk in ['wet', 'acuut_binnen_budget', 'prestatietype', 'setting', 'verzorgingsgraad', 'zorgvraagtype'] -%}
    {{ past_in_lijst(combinatie ~ '.' ~ kenmerk, regel ~ '.' ~ kenmerk) }}
    and {% endfor -%}
    {% for kenmerk in ['heeft_hic', 'heeft_iht', 'heeft_mpu', 'heeft_topggz', 'traject_setting8'] -%}
    {{ past_bij_janee(combinatie ~ '.' ~ kenmerk, regel ~ '.' ~ kenmerk) }}
    and {% endfor -%}
    ({{ regel }}.beveiligingsniveau_vanaf is null or {{ combinatie }}.beveiligingsniveau >= {{ regel }}.beveiligingsniveau_vanaf)
    and {{ past_bij_begint(combinatie ~ '.agb_vestiging_begint', regel ~ '.agb_vestiging_begint') }}
{%- endmacro %}

{# Waar een regel een eis aan kan stellen: de wet, de prestatiecode, de vestiging in de maand, en het zorgtraject. #}
{% macro kenmerken_van_code() -%}
    {{ return(['acuut_binnen_budget', 'prestatietype', 'setting', 'verzorgingsgraad', 'beveiligingsniveau']) }}
{%- endmacro %}

{% macro kenmerken_van_vestiging() -%}
    {{ return(['heeft_hic', 'heeft_iht', 'heeft_mpu', 'heeft_topggz']) }}
{%- endmacro %}

{# Wat een prestatie zelf zegt, en de sleutels van haar code en haar vestiging: de delen van haar sleutel, op volgorde. #}
{% macro delen_van_prestatiesleutel() -%}
    {{ return([
        'wet', 'code_kenmerken', 'vestiging_kenmerken', 'traject_setting8', 'zorgvraagtype', 'agb_vestiging_begint'
    ]) }}
{%- endmacro %}

{% macro kenmerkkolommen() -%}
    {{ return(
        ['wet'] + kenmerken_van_code() + kenmerken_van_vestiging()
        + ['traject_setting8', 'zorgvraagtype', 'agb_vestiging_begint']
    ) }}
{%- endmacro %}

{% macro kenmerksleutel(kolommen, scheiding='|') -%}
    {% for kolom in kolommen -%}
        coalesce(cast({{ kolom }} as string), ''){{ " || '" ~ scheiding ~ "' || " if not loop.last }}
    {%- endfor %}
{%- endmacro %}

{# De sleutel van een prestatie: gelijk waar alle kenmerken gelijk zijn. #}
{% macro prestatiesleutel() -%}
    {{ kenmerksleutel(delen_van_prestatiesleutel(), '/') }}
{%- endmacro %}

{# Een deel van die sleutel, als tekst; NULL waar het leeg was. #}
{% macro deel_van_prestatiesleutel(deel) -%}
    nullif(split_part(kenmerken, '/', {{ delen_van_prestatiesleutel().index(deel) + 1 }}), '')
{%- endmacro %}
