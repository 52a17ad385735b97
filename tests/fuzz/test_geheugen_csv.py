"""Hostile csv files, tens of megabytes of each kind: refused or read, within a stated memory."""

import subprocess
import sys

import pytest

PIEK_MB = 700
"""Highest memory of a process that takes in a hostile csv file; an idle one with the same imports takes some 130."""

PROGRAMMA = """
import sys
from pathlib import Path
from pipelines.aanlevering import inname
from pipelines.settings import Instellingen

KOP = "maand;wachtplek_id;patient_pseudoniem;agb_vestiging;zorgvorm;aanmelddatum;voorkeursaanbieder;bemiddeling;aanmeldpauze"
MB = 1 << 20
GEVALLEN = {
    "kop van een half miljoen kolommen": (KOP + ";x" * 500_000 + "\\n", "2024-01\\n", 50_000),
    "korte rijen onder een brede kop": (KOP + ";x" * 19_000 + "\\n", "2024-01\\n", 100_000),
    "rijen van een half miljoen cellen": (KOP + "\\n", ";" * 500_000 + "x\\n", 20),
    "cellen van een megabyte": (KOP + "\\n", '2024-01;"' + "w" * (MB - 100) + '"\\n', 100),
    "cel zonder eind": (KOP + '\\n"', "w;\\n" * 300_000, 30),
    "kop van tien miljoen namen over regels": (KOP, ';"x\\n"' * 10_000, 1_000),
    "rij van tien miljoen cellen over regels": (KOP + "\\n2024-01", ';"x\\n"' * 10_000, 1_000),
    "cellen van vijftig megabyte over regels": (KOP + "\\n2024-01", ';"' + ("w" * 1023 + "\\n") * 51_200 + '"', 5),
    "nullen": ("", "\\0" * MB, 100),
}
instellingen = Instellingen(data=Path(sys.argv[2]))
pad = instellingen.landing / "wachtlijst/2024-01/ZK20/wachtlijst_2024-01_ZK20_06290000_v01.csv"
pad.parent.mkdir(parents=True)
kop, stuk, aantal = GEVALLEN[sys.argv[1]]
with pad.open("w") as uit:
    uit.write(kop)
    for _ in range(aantal):
        uit.write(stuk)
(levering,) = inname.neem_in(instellingen, "wachtlijst").leveringen
piek = next(regel for regel in open("/proc/self/status") if regel.startswith("VmHWM"))
print(levering.code or f"{levering.rijen_met_code} afgekeurd", int(piek.split()[1]) // 1024, sep=";")
"""


@pytest.mark.parametrize(
    ("geval", "uitkomst"),
    [
        ("kop van een half miljoen kolommen", "B01"),
        ("korte rijen onder een brede kop", "100000 afgekeurd"),
        ("rijen van een half miljoen cellen", "20 afgekeurd"),
        ("cellen van een megabyte", "100 afgekeurd"),
        ("cel zonder eind", "B01"),
        ("kop van tien miljoen namen over regels", "B01"),
        ("rij van tien miljoen cellen over regels", "B01"),
        ("cellen van vijftig megabyte over regels", "B01"),
        ("nullen", "B01"),
    ],
)
def test_hostile_csv_is_taken_in_or_refused_within_its_memory(geval, uitkomst, tmp_path):
    klaar = subprocess.run(
        [sys.executable, "-c", PROGRAMMA, geval, tmp_path], capture_output=True, text=True, timeout=300, check=False
    )
    assert klaar.returncode == 0, klaar.stderr
    gekregen, piek = klaar.stdout.strip().split(";")
    assert gekregen == uitkomst
    assert int(piek) < PIEK_MB
