{#
  DuckDB schat na een reeks anti-joins duizenden rijen waar het er tientallen miljoenen zijn, en zet dan het grote bestand in
  het geheugen in plaats van de kleine tabel ernaast. Deze hooks houden de geschreven volgorde aan: links groot, rechts klein.
#}
{% macro geschreven_joinvolgorde() -%}
    {% if target.type == 'duckdb' %}set disabled_optimizers = 'join_order,build_side_probe_side'{% endif %}
{%- endmacro %}

{% macro vrije_joinvolgorde() -%}
    {% if target.type == 'duckdb' %}set disabled_optimizers = ''{% endif %}
{%- endmacro %}
