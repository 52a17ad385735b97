"""What dbt's tests said, kept with the results of every other check (``kwaliteit.resultaat``).

Belongs here: keeping what dbt reports of a test. Does not belong here: what a test asks (``dbt_project``).
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.fundament import schrijven
from pipelines.settings import Instellingen
from pipelines.warehouse.dbt import Uitkomst

ERNST = {"ERROR": "blokkerend", "WARN": "waarschuwing"}
_SCHEMA = pa.schema(
    [
        ("run", pa.string()),
        ("moment", pa.timestamp("us")),
        ("suite", pa.string()),
        ("expectation", pa.string()),
        ("kolom", pa.string()),
        ("ernst", pa.string()),
        ("geslaagd", pa.bool_()),
        ("aantal_onverwacht", pa.int64()),
        ("waarneming", pa.string()),
    ]
)


def bewaar(instellingen: Instellingen, run: str, uitkomsten: Iterable[Uitkomst], knopen: Mapping[str, dict]) -> None:
    """Keeps the outcome of every test among these; ``knopen``: the nodes of dbt's manifest. Nothing is kept where none was run."""
    moment = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    rijen = [
        {"run": run, "moment": moment, "suite": "dbt", **_uitkomst(knopen[u.knoop], u)}
        for u in uitkomsten
        if knopen[u.knoop]["resource_type"] == "test" and u.status != "skipped"
    ]
    if rijen:
        with schrijven.naast(instellingen.resultaten / "dbt" / f"{run}.parquet") as deel:
            pq.write_table(pa.Table.from_pylist(rijen, _SCHEMA), deel, compression="zstd")


def _uitkomst(toets: dict, uitkomst: Uitkomst) -> dict:
    over = (toets.get("attached_node") or "").rsplit(".", 1)[-1]
    return {
        "expectation": toets["name"],
        "kolom": toets.get("column_name"),
        "ernst": ERNST[toets["config"]["severity"].upper()],
        "geslaagd": uitkomst.status == "pass",
        "aantal_onverwacht": uitkomst.aantal,
        "waarneming": f"{over}: {toets['description'] or toets['name']}"
        if over
        else toets["description"] or toets["name"],
    }
