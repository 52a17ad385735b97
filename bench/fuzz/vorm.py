"""The long form of tests/fuzz/test_vorm.py: damaged workbooks and parquet files, with what they cost in memory and time.

    python -m bench.fuzz.vorm xlsx 100000        100,000 workbooks; or parquet
    python -m bench.fuzz.vorm parquet 1 4711     the input of seed 4711 alone

Inputs are read in a process of their own, a portion at a time, so that a death in native code is a finding like any other: the
seed is printed, and the rest goes on. Status 1 where anything but rows or a refusal came out.
"""

import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from pipelines.aanlevering import readers
from pipelines.aanlevering.fouten import Geweigerd
from tests.fuzz.vorm import CONTRACT, SOORTEN

PER_PROCES = 2_000
GEHEUGEN = 4 << 30  # bytes of address space of one process


def lees(soort: str, van: int, tot: int) -> None:
    """Reads the inputs of these seeds, and says of each portion what came of it."""
    resource.setrlimit(resource.RLIMIT_AS, (GEHEUGEN, GEHEUGEN))
    geteld, traagst = Counter(), (0.0, -1)
    with tempfile.TemporaryDirectory() as map_:
        pad = Path(map_) / f"x.{soort}"
        for zaad in range(van, tot):
            print(f"zaad {zaad}", flush=True)
            pad.write_bytes(SOORTEN[soort](random.Random(zaad)))
            begin = time.perf_counter()
            try:
                for deel in readers.open_tabel(pad, soort, CONTRACT).delen:
                    deel.validate(full=True)
                geteld["gelezen"] += 1
            except Geweigerd as fout:
                geteld[fout.code] += 1
            traagst = max(traagst, (time.perf_counter() - begin, zaad))
    piek = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    print(f"klaar {dict(geteld)} piek {piek} MB, traagste {traagst[0]:.2f} s (zaad {traagst[1]})")


def main() -> int:
    soort, aantal = sys.argv[1], int(sys.argv[2])
    van = int(sys.argv[3]) if len(sys.argv) > 3 else 0
    einde, gevallen = van + aantal, 0
    while van < einde:
        tot = min(van + PER_PROCES, einde)
        opdracht = [sys.executable, "-c", f"from bench.fuzz.vorm import lees; lees({soort!r}, {van}, {tot})"]
        klaar = subprocess.run(opdracht, capture_output=True, text=True)
        regels = klaar.stdout.splitlines()
        if klaar.returncode == 0:
            print(f"{van}..{tot - 1}: {regels[-1]}", flush=True)
            van = tot
            continue
        zaad = int(regels[-1].split()[1])
        gevallen += 1
        print(f"zaad {zaad}: status {klaar.returncode}, {klaar.stderr.strip().splitlines()[-1:]}", flush=True)
        van = zaad + 1
    return 1 if gevallen else 0


if __name__ == "__main__":
    sys.exit(main())
