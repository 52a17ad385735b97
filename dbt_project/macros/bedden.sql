{# Wat van de bedden optelt, in capaciteit_maand en voorziening_maand (spec 3.3). #}
{% macro beddensommen() -%}
    {{ return([
        'erkend', 'operationeel', 'gesloten', 'gesloten_personeel', 'beschikbare_dagen', 'bezette_dagen', 'opnames',
        'ontslagen', 'uitgestelde_dagen', 'uitgesteld_beschermd_wonen', 'uitgesteld_wlz', 'uitgesteld_forensisch',
        'uitgesteld_woning', 'uitgesteld_andere_ggz', 'uitgesteld_overig', 'uitgesteld_aantal'
    ]) }}
{%- endmacro %}
