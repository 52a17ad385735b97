"""MB/s, rows/s and peak memory of the 573 reader, beside a plain lxml iterparse over the same file in the same run.

    python -m bench.gds801 100            # MB; the file lies in a temporary folder and is removed
    python -m bench.gds801 2048

Each reading runs in a process of its own, so that its peak memory is its own; speeds are per second of CPU, so that other work on
the machine does not count. The plain one does what every 573 reader must at
least do: see every element end, and clear it.
"""

import os
import random
import resource
import sys
import tempfile
import time
from multiprocessing import get_context
from pathlib import Path

from lxml import etree

from pipelines import contract
from pipelines.aanlevering.readers import gds801
from tests.aanlevering import bericht573


def main(megabytes: int) -> None:
    os.environ.setdefault("GGZ_PSEUDONIEM_SLEUTEL", "sleutel van de meting, geen geheim ...")
    with tempfile.TemporaryDirectory(prefix="gds801_") as map:
        bestand = Path(map) / "bericht.xml"
        rijen = _schrijf(bestand, megabytes << 20)
        mb = bestand.stat().st_size / 1e6
        print(f"{mb:.0f} MB, {rijen} prestaties")
        for naam, lezing in (("kale iterparse", _kaal), ("lezer", _lezer)):
            seconden, cpu, gelezen, piek = _in_eigen_proces(lezing, bestand)
            assert gelezen == rijen, (gelezen, rijen)
            print(
                f"{naam:16} {seconden:7.1f} s, CPU {cpu:7.1f} s: {mb / cpu:6.1f} MB/s {gelezen / cpu:8.0f} rijen/s, piek {piek} MB",
                flush=True,
            )


def _schrijf(bestand: Path, grootte: int) -> int:
    """Verzekerden with 1..24 prestaties each, one in fifty a credit; distinct BSNs from a block of ten thousand."""
    toeval = random.Random(1)
    voorraad = [bsn for bsn in (f"{100000000 + n}" for n in range(120_000)) if _elfproef(bsn)]
    kop, staart = bericht573.bericht([], totaal="0.00").decode().rsplit("</Bericht>", 1)
    geschreven, rijen = 0, 0
    with bestand.open("w", encoding="utf-8") as uit:
        geschreven += uit.write(kop)
        while geschreven < grootte:
            prestaties = []
            for _ in range(toeval.randint(1, 24)):
                rijen += 1
                credit = toeval.random() < 0.02
                prestaties.append(
                    bericht573.rij(
                        declaratie_id=f"N{rijen:09d}",
                        debet_credit="C" if credit else "D",
                        gerelateerd_declaratie_id=f"N{rijen - 5000:09d}" if credit else None,
                        bedrag=f"{toeval.randint(20, 600)}.{toeval.randint(0, 99):02d}",
                    )
                )
            geschreven += uit.write(bericht573.verzekerde(toeval.choice(voorraad), "1949-04-05", prestaties))
        uit.write("</Bericht>" + staart)
    return rijen


def _elfproef(bsn: str) -> bool:
    return sum(g * int(c) for g, c in zip((9, 8, 7, 6, 5, 4, 3, 2, -1), bsn, strict=True)) % 11 == 0


def _kaal(bestand: Path) -> int:
    rijen = 0
    for _, element in etree.iterparse(str(bestand), events=("end",)):
        if element.tag.endswith("}Prestatie"):
            rijen += 1
        if element.tag.endswith("}Verzekerde"):
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    return rijen


def _lezer(bestand: Path) -> int:
    return sum(batch.num_rows for batch in gds801.lees(bestand, contract.lees("declaraties")))


def _in_eigen_proces(lezing, bestand: Path) -> tuple[float, float, int, int]:
    with get_context("spawn").Pool(1) as proces:
        return proces.apply(_meet, (lezing, bestand))


def _meet(lezing, bestand: Path) -> tuple[float, float, int, int]:
    begin, cpu = time.perf_counter(), time.process_time()
    rijen = lezing(bestand)
    return (
        time.perf_counter() - begin,
        time.process_time() - cpu,
        rijen,
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
