{# Een tabel op DuckDB in een opdracht, die slaagt of niets verandert. De gewone weg van dbt (ernaast maken, twee keer hernoemen, weggooien,
   in een transactie) kost meer dan het rekenen van een kleine tabel. Rechten en indexen gebruikt dit project niet. #}
{% materialization table, adapter="duckdb" %}
    {%- set bestaand = load_cached_relation(this) -%}
    {%- set doel = this.incorporate(type="table") -%}
    {%- if bestaand is not none and not bestaand.is_table -%}
        {% do adapter.drop_relation(bestaand) %}
    {%- endif -%}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}
    {% call statement("main", auto_begin=False) -%}
        create or replace table {{ doel }} as (
            {{ compiled_code }}
        )
    {%- endcall %}
    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {%- if pre_hooks or post_hooks -%}
        {{ adapter.commit() }}
    {%- endif -%}
    {{ return({"relations": [doel]}) }}
{% endmaterialization %}
