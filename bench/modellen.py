"""How long dbt takes for each model, its CPU time and its peak memory, largest first.

    GGZ_DATA=MAP python bench/modellen.py [--aantal 25] [--kies SELECTIE] [--bewaar]

Builds the whole warehouse of GGZ_DATA again, without tests, and puts it beside the one that is there (``bench_modellen/``).
What rests on outcomes of checks (schema ``toetsing``) has none here and is named as failed.

With ``--bewaar`` that one stays, and with ``--kies`` (a selection of dbt) only those models are built again in the one that stayed:
so the cost of a version of the definition is measured, with other rows in ``seeds/cluster_regel.csv`` and ``--kies`` what depends
on it. CPU time (the first model carries that of the start of dbt) counts on a machine that others use too. The peak is that of the
dbt process while the model was built (Linux: VmHWM, reset before each model), so it holds what DuckDB kept in its buffers from the
models before it.
"""

import argparse
import json
import os
import shutil
import subprocess
from pathlib import Path

import duckdb

from pipelines.settings import Instellingen
from pipelines.warehouse.bronnen import zet_klaar
from pipelines.warehouse.dbt import DBT_PROJECT, Uitkomst, manifest, omgeving, opdracht


def _piek(pid: int) -> float:
    """Peak resident memory of a process since the last reset, in GB; resets it."""
    regels = Path(f"/proc/{pid}/status").read_text().splitlines()
    kilobytes = next(int(regel.split()[1]) for regel in regels if regel.startswith("VmHWM"))
    Path(f"/proc/{pid}/clear_refs").write_text("5")
    return kilobytes / 1e6


def _cpu(pid: int) -> float:
    """CPU seconds that a process has used."""
    velden = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(velden[11]) + int(velden[12])) / os.sysconf("SC_CLK_TCK")


def meet(instellingen: Instellingen, doel: Path, kies: list[str]) -> list[tuple[float, float, float, str]]:
    """Builds models in ``doel``; per model seconds, CPU seconds, peak memory in GB, and name."""
    with duckdb.connect(str(doel)) as con:
        zet_klaar(instellingen, con)
    wereld = {**os.environ, **omgeving(instellingen), "GGZ_WAREHOUSE": str(doel)}
    keuze = ["--select", *kies] if kies else []
    commando = opdracht("build", doel.parent / "dbt", "--exclude-resource-type", "test", "unit_test", *keuze)
    gemeten, cpu = [], 0.0
    with subprocess.Popen(commando, cwd=DBT_PROJECT, env=wereld, stdout=subprocess.PIPE, text=True) as dbt:
        for regel in dbt.stdout:
            uitkomst = Uitkomst(*json.loads(regel))
            if uitkomst.status != "success":
                print(f"{uitkomst.knoop}: {uitkomst.status} {uitkomst.melding}")
                continue
            toen, cpu = cpu, _cpu(dbt.pid)
            gemeten.append((uitkomst.seconden, cpu - toen, _piek(dbt.pid), uitkomst.knoop))
    return gemeten


def main() -> None:
    kies = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    kies.add_argument("--aantal", type=int, default=25)
    kies.add_argument("--kies", nargs="+", default=[])
    kies.add_argument("--bewaar", action="store_true")
    gevraagd = kies.parse_args()
    instellingen = Instellingen()
    doel = instellingen.data / "bench_modellen" / "warehouse.duckdb"
    doel.parent.mkdir(exist_ok=True)
    if not gevraagd.kies:
        doel.unlink(missing_ok=True)
    gemeten = sorted(meet(instellingen, doel, gevraagd.kies), reverse=True)
    with duckdb.connect(str(doel), read_only=True) as con:
        for seconden, cpu, piek, knoop in gemeten[: gevraagd.aantal]:
            naam = f"{manifest()['nodes'][knoop]['schema']}.{manifest()['nodes'][knoop]['alias']}"
            rijen = con.execute(f"SELECT count(*) FROM {naam}").fetchone()[0]
            print(f"{naam:<46} {seconden:8.1f} s {cpu:8.1f} cpu s {piek:6.2f} GB {rijen:>12,} rijen")
    seconden, cpu, piek, _ = zip(*gemeten, strict=True)
    print(f"alle {len(gemeten)} modellen {sum(seconden):.0f} s, {sum(cpu):.0f} cpu s, piek {max(piek):.2f} GB")
    if not gevraagd.bewaar:
        shutil.rmtree(doel.parent)


if __name__ == "__main__":
    main()
