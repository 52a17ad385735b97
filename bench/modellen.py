"""How long dbt takes for each model, and its peak memory, largest first.

    GGZ_DATA=MAP python bench/modellen.py [--aantal 25]

Builds the whole warehouse of GGZ_DATA again, without tests, and puts it beside the one that is there (``bench_modellen.duckdb``).
The peak is that of the dbt process while the model was built (Linux: VmHWM, reset before each model), so it holds what DuckDB
kept in its buffers from the models before it.
"""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

import duckdb

from pipelines.settings import Instellingen
from pipelines.warehouse.bronnen import zet_klaar
from pipelines.warehouse.dbt import DBT_PROJECT, omgeving, werkmap


def _piek(pid: int) -> float:
    """Peak resident memory of a process since the last reset, in GB; resets it."""
    regels = Path(f"/proc/{pid}/status").read_text().splitlines()
    kilobytes = next(int(regel.split()[1]) for regel in regels if regel.startswith("VmHWM"))
    Path(f"/proc/{pid}/clear_refs").write_text("5")
    return kilobytes / 1e6


def meet(instellingen: Instellingen, doel: Path) -> list[tuple[float, float, str]]:
    """Builds all models in ``doel``; per model seconds, peak memory in GB, and name with what it made."""
    with duckdb.connect(str(doel)) as con:
        zet_klaar(instellingen, con)
    opdracht = [sys.executable, "-m", "pipelines.warehouse.dbt_proces", "--log-format", "json", "build",
                "--exclude-resource-type", "test", "--target-path", str(werkmap(doel.with_suffix(".dbt")))]  # fmt: skip
    wereld = {**os.environ, **omgeving(instellingen), "GGZ_WAREHOUSE": str(doel)}
    gemeten = []
    with subprocess.Popen(opdracht, cwd=DBT_PROJECT, env=wereld, stdout=subprocess.PIPE, text=True) as dbt:
        for regel in dbt.stdout:
            gebeurtenis = json.loads(regel)
            knoop = gebeurtenis["data"].get("node_info", {})
            if gebeurtenis["info"]["name"] == "LogStartLine":
                _piek(dbt.pid)
            elif gebeurtenis["info"]["name"] == "LogModelResult":
                naam = f"{knoop['node_relation']['schema']}.{knoop['node_name']}"
                gemeten.append((gebeurtenis["data"]["execution_time"], _piek(dbt.pid), naam))
            elif gebeurtenis["info"]["level"] == "error":
                print(gebeurtenis["info"]["msg"], file=sys.stderr)
    return gemeten


def main() -> None:
    kies = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    kies.add_argument("--aantal", type=int, default=25)
    aantal = kies.parse_args().aantal
    instellingen = Instellingen()
    doel = instellingen.data / "bench_modellen.duckdb"
    doel.unlink(missing_ok=True)
    gemeten = sorted(meet(instellingen, doel), reverse=True)
    with duckdb.connect(str(doel), read_only=True) as con:
        for seconden, piek, naam in gemeten[:aantal]:
            rijen = con.execute(f"SELECT count(*) FROM {naam}").fetchone()[0]
            print(f"{naam:<42} {seconden:8.1f} s {piek:6.2f} GB {rijen:>12,} rijen")
    print(
        f"alle {len(gemeten)} modellen {sum(s for s, _, _ in gemeten):.0f} s, piek {max(p for _, p, _ in gemeten):.2f} GB"
    )
    doel.unlink()


if __name__ == "__main__":
    main()
