"""Coverage-guided fuzzing of the csv reader with atheris; not in the suite, for it never ends of itself.

    pip install atheris
    python bench/fuzz/csv_atheris.py -max_total_time=600 -max_len=20000 MAP_MET_CSV_BESTANDEN

Stops at the first input that gives anything but rows or `Geweigerd`, or other rows by the quick way than by the careful one,
and keeps it as ``crash-..``.
"""

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["pipelines.aanlevering"]):
    from pipelines.aanlevering.fouten import Geweigerd
    from pipelines.aanlevering.readers import csv

from pipelines import contract

CONTRACT = contract.lees("wachtlijst")
KOP = ";".join(kolom.kop for kolom in CONTRACT.kolommen).encode() + b"\n"
BESTAND = Path(tempfile.mkdtemp()) / "levering.csv"


def _rijen(inhoud: bytes) -> list | str:
    BESTAND.write_bytes(inhoud)
    try:
        return [rij for deel in csv.open_tabel(BESTAND, CONTRACT).delen for rij in deel.to_pylist()]
    except Geweigerd as fout:
        assert fout.code in ("B01", "B04")
        return fout.code


def lees(inhoud: bytes) -> None:
    _rijen(inhoud)
    rijen = _rijen(KOP + inhoud)
    if b'"' not in inhoud:
        # a quoted name makes the reader take the careful way
        assert rijen == _rijen(KOP.replace(b"maand", b'"maand"', 1) + inhoud)


atheris.Setup(sys.argv, lees)
atheris.Fuzz()
