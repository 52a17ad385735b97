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
from pathlib import Path

import duckdb

from pipelines.settings import Instellingen
from pipelines.warehouse.bronnen import zet_klaar
from pipelines.warehouse.dbt import DBT_PROJECT, Uitkomst, omgeving, opdracht


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
    wereld = {**os.environ, **omgeving(instellingen), "GGZ_WAREHOUSE": str(doel)}
    commando = opdracht("build", doel.with_suffix(".dbt"), "--exclude-resource-type", "test")
    gemeten = []
    with subprocess.Popen(commando, cwd=DBT_PROJECT, env=wereld, stdout=subprocess.PIPE, text=True) as dbt:
        for regel in dbt.stdout:
            uitkomst = Uitkomst(*json.loads(regel))
            gemeten.append((uitkomst.seconden, _piek(dbt.pid), f"{uitkomst.knoop} {uitkomst.melding}"))
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
