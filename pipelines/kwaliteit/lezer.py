"""Reading the warehouse from a command, beside the pipeline that writes it. Nothing else belongs here."""

from pathlib import Path

import duckdb

from pipelines.warehouse import verbinding


def lees(warehouse: Path) -> duckdb.DuckDBPyConnection:
    """A connection that only reads; NietTeOpenen before the first run, and while a run writes."""
    con = verbinding.lees(warehouse)
    if not con.execute(
        "SELECT count(*) FROM information_schema.tables WHERE table_name = 'bevinding_basis'"
    ).fetchone()[0]:
        con.close()
        raise verbinding.NietTeOpenen("Het warehouse kent nog geen bevindingen: draai `ggz run`.")
    return con
