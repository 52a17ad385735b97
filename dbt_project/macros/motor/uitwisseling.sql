{#
  Wat de modellen van staging tot en met marts lezen (de inname, de referentietabellen), als tabel op de Parquet die DuckDB daarvan
  schreef: GGZ_SPARK_UITWISSELING/schema/tabel.parquet. Wat bij bijwerken hoort (beheer) niet: dat doet alleen DuckDB. Voor dbt run: dbt run-operation uitwisseling --target spark.
#}
{% macro uitwisseling() -%}
    {%- set gelezen = [] -%}
    {%- for model in graph.nodes.values() if model.resource_type == 'model' and model.fqn[1] in ['staging', 'intermediate', 'marts'] -%}
        {%- do gelezen.extend(model.depends_on.nodes) -%}
    {%- endfor -%}
    {%- set seeds = graph.nodes.values() | selectattr('resource_type', 'equalto', 'seed') | list -%}
    {%- set tabellen = graph.sources.values() | list + seeds -%}
    {%- for tabel in tabellen if tabel.unique_id in gelezen and tabel.schema != 'beheer' -%}
        {%- set naam = tabel.schema ~ '.' ~ tabel.name -%}
        {%- set bestand = env_var('GGZ_SPARK_UITWISSELING') ~ '/' ~ tabel.schema ~ '/' ~ tabel.name ~ '.parquet' -%}
        {%- do run_query('create schema if not exists ' ~ tabel.schema) -%}
        {%- do run_query('drop table if exists ' ~ naam) -%}
        {%- do run_query("create table " ~ naam ~ " using parquet location '" ~ bestand ~ "'") -%}
    {%- endfor -%}
{%- endmacro %}
