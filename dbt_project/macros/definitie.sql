{#
  De cijfers van definitie_effect die twee versies van de definitie naast elkaar zetten: uit welke bron, en of een som heel is.
#}
{% macro definitiecijfers() -%}
    {{ return([
        {'kolom': 'stand_eind', 'bron': 'declaraties', 'is_heel': true},
        {'kolom': 'personen', 'bron': 'declaraties', 'is_heel': true},
        {'kolom': 'instroom', 'bron': 'declaraties', 'is_heel': true},
        {'kolom': 'doorstroom_in', 'bron': 'declaraties', 'is_heel': true},
        {'kolom': 'doorstroom_uit', 'bron': 'declaraties', 'is_heel': true},
        {'kolom': 'uitstroom', 'bron': 'declaraties', 'is_heel': true},
        {'kolom': 'verblijfsdagen', 'bron': 'declaraties', 'is_heel': true},
        {'kolom': 'contacten', 'bron': 'declaraties', 'is_heel': true},
        {'kolom': 'operationeel', 'bron': 'bedden', 'is_heel': true},
        {'kolom': 'bezet', 'bron': 'bedden', 'is_heel': false},
        {'kolom': 'uitgestelde_dagen', 'bron': 'bedden', 'is_heel': true},
        {'kolom': 'wachtplekken', 'bron': 'wachtlijst', 'is_heel': true},
        {'kolom': 'benodigd', 'bron': 'bedden', 'is_heel': true},
        {'kolom': 'beschikbaar', 'bron': 'bedden', 'is_heel': true},
        {'kolom': 'tekort', 'bron': 'bedden', 'is_heel': true}
    ]) }}
{%- endmacro %}
