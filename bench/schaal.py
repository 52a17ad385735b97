"""What a run costs: everything, the newest month on top, one replaced delivery, nothing new; beside the main job written by hand.

    python bench/schaal.py [--klein] [--schaal S] [--maanden N] [--map MAP]

Makes demo deliveries in MAP (left there), and works beside them. A line per case goes to the terminal and to ``bench/metingen.csv``.
Seconds, CPU and peak memory are those of processes of their own; nothing else should run meanwhile. ``verhouding`` is to bare DuckDB
in the same run, ``deel`` to the build of everything. The peers of ``hoofdwerk`` must give the same answer, cell by cell.
"""

import argparse
import csv
import os
import platform
import shutil
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from time import perf_counter

import duckdb

HIER = Path(__file__).parent
GGZ = str(Path(sys.executable).with_name("ggz"))
HISTORIE = HIER / "metingen.csv"
PEERS = ("duckdb", "polars", "pandas", "spark")


@dataclass
class Meting:
    """One process: its seconds, CPU seconds and peak in GB, and what it printed."""

    geval: str
    seconden: float
    cpu: float
    piek_gb: float
    status: int
    uitvoer: str


def meet(geval: str, opdracht: list[str], data: Path) -> Meting:
    """Runs a command as a process of its own."""
    uitvoer = data / "uitvoer.txt"
    begin = perf_counter()
    with uitvoer.open("w") as naar:
        proces = subprocess.Popen(
            opdracht, env=os.environ | {"GGZ_DATA": str(data)}, stdout=naar, stderr=subprocess.STDOUT
        )
        _, status, gebruik = os.wait4(proces.pid, 0)
    meting = Meting(
        geval,
        perf_counter() - begin,
        gebruik.ru_utime + gebruik.ru_stime,
        gebruik.ru_maxrss / 1e6,
        os.waitstatus_to_exitcode(status),
        uitvoer.read_text(errors="replace"),
    )
    mis = "" if meting.status == 0 else f"  MISLUKT\n{meting.uitvoer[-500:]}"
    print(
        f"{geval:<34}{meting.seconden:9.1f} s  cpu {meting.cpu:9.1f} s  piek {meting.piek_gb:5.2f} GB{mis}", flush=True
    )
    return meting


def stappen(meting: Meting) -> None:
    """Prints the moments at which a run said that a stage was done."""
    for regel in meting.uitvoer.splitlines():
        if regel[5:7] == " s":
            print(f"    {regel}")


def _verplaats_maand(van: Path, naar: Path, maand: str) -> None:
    """Moves the deliveries of a month from one landing to another."""
    for bron in sorted(p.name for p in van.iterdir()):
        if (van / bron / maand).is_dir():
            (naar / bron).mkdir(parents=True, exist_ok=True)
            (van / bron / maand).rename(naar / bron / maand)


def _lever_opnieuw(landing: Path) -> Path:
    """Delivers the first file of claims once more, as a higher version."""
    eerste = min((landing / "declaraties").rglob("*_v01.csv"))
    nieuw = eerste.with_name(eerste.name.replace("_v01", "_v02"))
    nieuw.write_bytes(eerste.read_bytes())
    return nieuw


def _gelijk(antwoorden: list[Path]) -> None:
    """Says of each answer in how many rows it differs from the first."""
    velden = "maand::DATE AS maand, iza_regio, cluster, personen, begonnen, geeindigd"
    for ander in antwoorden[1:]:
        (een, twee) = (f"SELECT {velden} FROM '{pad}'" for pad in (antwoorden[0], ander))
        (verschil,) = duckdb.sql(
            f"SELECT count(*) FROM (({een} EXCEPT ALL {twee}) UNION ALL ({twee} EXCEPT ALL {een}))"
        ).fetchone()
        print(f"    {ander.stem} en {antwoorden[0].stem}: {verschil} rijen verschil")


def bewaar(metingen: list[Meting], rijen: int, schaal: float, maanden: int) -> None:
    """Adds the lines to the history."""
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=HIER, capture_output=True, text=True
    ).stdout.strip()
    alles, kaal = (next(m for m in metingen if m.geval == geval) for geval in ("alles", "duckdb"))
    nieuw = not HISTORIE.exists()
    with HISTORIE.open("a", newline="") as bestand:
        schrijver = csv.writer(bestand)
        if nieuw:
            kop = "datum,commit,machine,schaal,maanden,rijen,geval,seconden,cpu,piek_gb,verhouding,deel"
            schrijver.writerow(kop.split(","))
        for m in metingen:
            machine = f"{os.cpu_count()} kernen {platform.machine()}"
            vast = (date.today(), commit, machine, schaal, maanden, rijen)
            gemeten = (round(m.seconden, 1), round(m.cpu, 1), round(m.piek_gb, 2))
            schrijver.writerow(
                (*vast, m.geval, *gemeten, round(m.seconden / kaal.seconden, 2), round(m.seconden / alles.seconden, 3))
            )


def main() -> None:
    kies = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    kies.add_argument("--klein", action="store_true", help="schaal 0.02, 8 maanden")
    kies.add_argument("--schaal", type=float, default=1.0)
    kies.add_argument("--maanden", type=int, default=24)
    kies.add_argument("--map", type=Path, default=HIER.parent / "data" / "bench")
    kies.add_argument("--peers", nargs="*", choices=PEERS, default=list(PEERS))
    keuze = kies.parse_args()
    schaal, maanden = (0.02, 8) if keuze.klein else (keuze.schaal, keuze.maanden)
    data = keuze.map.resolve() / f"schaal{schaal}_{maanden}"
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir(parents=True)
    metingen = [meet("demo-data", [GGZ, "demo-data", "--schaal", str(schaal), "--maanden", str(maanden)], data)]
    landing, later = data / "landing", data / "later"
    nieuwste = max(p.name for p in (landing / "declaraties").iterdir())
    _verplaats_maand(landing, later, nieuwste)
    for geval, vooraf in (
        ("alles", None),
        ("nieuwste maand erbij", lambda: _verplaats_maand(later, landing, nieuwste)),
        ("een levering vervangen", lambda: _lever_opnieuw(landing)),
        ("niets nieuws", None),
    ):
        if vooraf:
            vooraf()
        metingen.append(meet(geval, [GGZ, "run"], data))
        stappen(metingen[-1])
    (data / "antwoord").mkdir()
    antwoorden = [data / "antwoord" / f"{peer}.parquet" for peer in keuze.peers]
    for peer, pad in zip(keuze.peers, antwoorden, strict=True):
        metingen.append(meet(peer, [sys.executable, str(HIER / "hoofdwerk.py"), peer, str(data), str(pad)], data))
    _gelijk([pad for pad in antwoorden if pad.exists()])
    with duckdb.connect(str(data / "warehouse.duckdb"), read_only=True) as con:
        (rijen,) = con.execute("SELECT sum(rijen_gelezen) FROM kwaliteit.aanlevering").fetchone()
    bewaar(metingen, int(rijen), schaal, maanden)
    print(f"{rijen:,} rijen; bijgeschreven in {HISTORIE}")


if __name__ == "__main__":
    main()
