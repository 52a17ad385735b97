{# Momenten staan in UTC; een termijn is een dag in Nederland. De zomertijd zit in de tijdzone zelf. #}

{# De dag in Nederland waarop dit moment (UTC, zonder zone) viel. #}
{% macro lokale_dag(moment) -%}
    cast(cast({{ moment }} as timestamp) at time zone 'UTC' at time zone 'Europe/Amsterdam' as date)
{%- endmacro %}

{# De dag van nu in Nederland: een termijn verstrijkt ook zonder dat er iets binnenkomt. #}
{% macro vandaag() -%}
    cast({{ dbt.current_timestamp() }} at time zone 'Europe/Amsterdam' as date)
{%- endmacro %}
