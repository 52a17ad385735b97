{# De zeven stroomkolommen van een wachtlijst (spec 3.5). #}
{% macro wachtstromen() -%}
    {{ return([
        'aangemeld', 'intakes', 'gestart', 'uitval', 'uitval_exclusie', 'bemiddeld_gelukt', 'bemiddeld_mislukt'
    ]) }}
{%- endmacro %}
