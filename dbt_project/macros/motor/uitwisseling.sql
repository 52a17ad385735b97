{# Wat dbt leest en een andere motor rekent (de inname, de referentietabellen), als tabel op de Parquet die DuckDB daarvan schreef:
   een map per schema, een bestand per tabel. Draait voor dbt run: dbt run-operation uitwisseling. #}
{% macro uitwisseling() -%}
    {%- set map = env_var('GGZ_SPARK_UITWISSELING') -%}
    {%- set bronnen = graph.sources.values() | selectattr('source_name', 'in', ['aanlevering', 'definities']) | list -%}
    {%- set seeds = graph.nodes.values() | selectattr('resource_type', 'equalto', 'seed') | list -%}
    {%- for schema in (bronnen + seeds) | map(attribute='schema') | unique %}
        {%- do run_query('create schema if not exists ' ~ schema) -%}
    {%- endfor %}
    {%- for tabel in bronnen + seeds %}
        {%- set naam = tabel.schema ~ '.' ~ tabel.name -%}
        {%- do run_query('drop table if exists ' ~ naam) -%}
        {%- do run_query("create table " ~ naam ~ " using parquet location '" ~ map ~ "/" ~ tabel.schema ~ "/" ~ tabel.name ~ ".parquet'") -%}
    {%- endfor %}
{%- endmacro %}
