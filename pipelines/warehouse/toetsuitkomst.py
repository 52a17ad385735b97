"""What dbt's tests said, kept with the results of every other check (``kwaliteit.resultaat``).

Belongs here: reading the run results that dbt writes. Does not belong here: what a test asks (``dbt_project``).
"""

from datetime import UTC, datetime

import pyarrow as pa
import pyarrow.parquet as pq
from dagster_dbt import DbtCliInvocation

from pipelines.fundament import schrijven
from pipelines.settings import Instellingen

BESTAND = "run_results.json"
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


def bewaar(instellingen: Instellingen, run: str, dbt: DbtCliInvocation) -> None:
    """Keeps the outcome of every test that this invocation ran; nothing where dbt ran none, or did not come to its end."""
    if not (dbt.target_path / BESTAND).exists():
        return
    toetsen = dbt.manifest["nodes"]
    moment = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    rijen = [
        {"run": run, "moment": moment, "suite": "dbt", **_uitkomst(toetsen[r["unique_id"]], r)}
        for r in dbt.get_artifact(BESTAND)["results"]
        if r["unique_id"].startswith("test.") and r["status"] != "skipped"
    ]
    if rijen:
        with schrijven.naast(instellingen.resultaten / "dbt" / f"{run}.parquet") as deel:
            pq.write_table(pa.Table.from_pylist(rijen, _SCHEMA), deel, compression="zstd")


def _uitkomst(toets: dict, resultaat: dict) -> dict:
    """``failures`` is None where the test itself could not run: then it did not pass, and how much breaks it is not known."""
    over = (toets.get("attached_node") or "").rsplit(".", 1)[-1]
    return {
        "expectation": toets["name"],
        "kolom": toets.get("column_name"),
        "ernst": ERNST[toets["config"]["severity"].upper()],
        "geslaagd": resultaat["status"] == "pass",
        "aantal_onverwacht": resultaat["failures"],
        "waarneming": f"{over}: {toets['description'] or toets['name']}"
        if over
        else toets["description"] or toets["name"],
    }
