"""The warehouse: one DuckDB file, its sources put ready for dbt, dbt itself, and the record of what was built from what.

Belongs here: everything that writes ``warehouse.duckdb``. Does not belong here: figures (``dbt_project/``), quality
results (``pipelines/kwaliteit``), and reading deliveries (``pipelines/aanlevering``).
"""
