"""No BSN gets past the door: not into store, register, temporary files, logs or error texts, also after a kill halfway."""

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from pipelines.aanlevering.pseudoniem import is_bsn
from pipelines.aanlevering.register import Register
from tests.aanlevering.bericht573 import bericht, rij

BSNS = [str(n) for n in range(120000000, 120002000) if is_bsn(str(n))]
GEEN_BSN = "120000001"  # fails the 11-proef

PROGRAMMA = """
import logging, os, sys
from pipelines.aanlevering import inname
from pipelines.settings import Instellingen

logging.basicConfig(level=logging.DEBUG)
if sys.argv[1] == "gedood":
    lees, keren = inname.Partij.voeg_toe, []
    def sterf(self, *wat):
        lees(self, *wat)
        keren.append(1)
        if len(keren) > 3:
            self.keur()
            os._exit(9)
    inname.Partij.voeg_toe = sterf
if sys.argv[1] == "gebroken":
    def breek(self, *wat):
        raise RuntimeError("stuk in het midden van een bestand")
    inname.Partij.keur = breek
for levering in inname.neem_in(Instellingen(), "declaraties").leveringen:
    print(levering)
"""


@pytest.fixture
def landing(tmp_path: Path) -> Path:
    map = tmp_path / "data" / "landing" / "declaraties" / "2024-05" / "ZK02"
    map.mkdir(parents=True)
    rijen = [rij(declaratie_id=f"N{n}", bsn=bsn) for n, bsn in enumerate(BSNS)]
    heel = bericht(rijen)
    inhoud = {
        "declaraties_2024-05_ZK02_0101_v01.xml": heel,
        "declaraties_2024-05_ZK02_0102_v01.xml": heel[:-3000],
        "declaraties_2024-05_ZK02_0103_v01.xml": heel.replace(b"</Verzekerde>\n<Verzekerde>", b"</Verzekerde><Fout", 1),
        "declaraties_2024-05_ZK02_0104_v01.xml": heel.replace(b"?>\n", b'?>\n<!DOCTYPE Bericht [<!ENTITY a "b">]>', 1),
        "declaraties_2024-05_ZK02_0105_v01.xml": bericht([rij(bsn=GEEN_BSN), *rijen[:3]]),
        "declaraties_2024-05_ZK02_0106_v01.xml": bericht(rijen[:3], header={"Berichtcode": BSNS[0], "Berichtversie": BSNS[1]}),
        "declaraties_2024-05_ZK02_0107_v01.xml": heel.replace(b"<Prestatie>", b"<Prestatie/><BSN>" + BSNS[2].encode() + b"</BSN><Prestatie>", 1),
        "declaraties_2024-05_ZK02_0108_v01.xml.gz": heel,
        "verzekerden_2024-05_ZK02_0101_v01.csv": "patient;gemeente_code\n" + "".join(f"{bsn};GM0363\n" for bsn in BSNS) + f"{GEEN_BSN};GM0363\n",
        "verzekerden_2024-05_ZK02_0102_v01.csv": f'patient;gemeente_code\n"{BSNS[0]};GM0363\n',
    }
    for naam, wat in inhoud.items():
        (map / naam).write_bytes(wat if isinstance(wat, bytes) else wat.encode())
    return map


def draai(tmp_path: Path, hoe: str) -> subprocess.CompletedProcess:
    (tmp_path / "tijdelijk").mkdir(exist_ok=True)
    return subprocess.run([sys.executable, "-c", PROGRAMMA, hoe], capture_output=True, text=True, check=False, cwd=tmp_path / "tijdelijk", env={
        "GGZ_DATA": str(tmp_path / "data"), "GGZ_PSEUDONIEM_SLEUTEL": "een sleutel van precies 32 bytes",
        "TMPDIR": str(tmp_path / "tijdelijk"), "PATH": "/usr/bin:/bin"})


def alles_behalve_landing(tmp_path: Path) -> str:
    """Every byte that a run left behind, parquet unpacked."""
    teksten = []
    for pad in tmp_path.rglob("*"):
        if pad.is_file() and "landing" not in pad.parts:
            teksten.append(pad.read_bytes().decode("latin-1"))
            if pad.suffix == ".parquet" and not pad.name.startswith("."):
                teksten.append(str(duckdb.execute("SELECT * FROM read_parquet(?)", [str(pad)]).fetchall()))
    return "\n".join(teksten)


def lekken(tekst: str) -> list[str]:
    return [nummer for nummer in (*BSNS, GEEN_BSN) if nummer in tekst]


@pytest.mark.usefixtures("landing")
def test_no_bsn_is_left_behind_by_runs_that_are_killed_break_or_end_well(tmp_path):
    uitvoer = ""
    for hoe, status in (("gedood", 9), ("gebroken", 1), ("heel", 0)):
        klaar = draai(tmp_path, hoe)
        assert klaar.returncode == status, klaar.stderr
        uitvoer += klaar.stdout + klaar.stderr
        assert lekken(uitvoer + alles_behalve_landing(tmp_path)) == []
    assert "stuk in het midden van een bestand" in uitvoer
    with Register(tmp_path / "data" / "register.sqlite") as register:
        codes = {levering.bestand[12:]: levering.code for levering in register.leveringen()}
    assert sorted(naam for naam, code in codes.items() if code is None) == [
        "2024-05_ZK02_0101_v01.csv", "2024-05_ZK02_0101_v01.xml", "2024-05_ZK02_0105_v01.xml"]
    assert {code for code in codes.values() if code} == {"B01"}
    assert len(codes) == 10
    opslag = str(tmp_path / "data" / "aanlevering" / "declaraties" / "**" / "*.parquet")
    assert duckdb.execute("SELECT count(*), count(DISTINCT patient_pseudoniem) FROM read_parquet(?)", [opslag]).fetchone() == (
        len(BSNS) + 4, len(BSNS))


def test_the_scan_finds_a_bsn_that_is_there(tmp_path):
    (tmp_path / "log.txt").write_text(f"rij 3: {BSNS[5]} onbekend", encoding="utf-8")
    duckdb.execute(f"COPY (SELECT '{BSNS[6]}' AS patient) TO '{tmp_path}/x.parquet' (COMPRESSION zstd)")
    assert lekken(alles_behalve_landing(tmp_path)) == [BSNS[5], BSNS[6]]
