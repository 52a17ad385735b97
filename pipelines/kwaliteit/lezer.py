"""Reading the warehouse from a command, beside the pipeline that writes it. Nothing else belongs here."""

from pathlib import Path

import duckdb


class NietLeesbaar(Exception):
    """There is nothing to read yet, or not now; the message says what to do."""


def lees(warehouse: Path) -> duckdb.DuckDBPyConnection:
    """A connection that only reads; NietLeesbaar before the first run, and while a run writes."""
    if not warehouse.exists():
        raise NietLeesbaar(f"er is nog geen warehouse ({warehouse}): draai eerst `ggz run`")
    try:
        con = duckdb.connect(str(warehouse), read_only=True)
    except duckdb.IOException as fout:
        raise NietLeesbaar(f"het warehouse wordt nu geschreven; probeer het na de run opnieuw ({fout})") from fout
    if not con.execute(
        "SELECT count(*) FROM information_schema.tables WHERE table_name = 'bevinding_basis'"
    ).fetchone()[0]:
        con.close()
        raise NietLeesbaar("het warehouse kent nog geen bevindingen: draai `ggz run`")
    return con
