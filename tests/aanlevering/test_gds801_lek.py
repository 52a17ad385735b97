"""No BSN gets past the door: not into store, register, temporary files, logs or error texts, also after a kill halfway."""

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
import xlsxwriter

from pipelines.aanlevering import lezing
from pipelines.aanlevering.pseudoniem import Pseudonimiseerder, is_bsn
from pipelines.aanlevering.register import Register
from pipelines.settings import PROJECT
from tests.aanlevering.bericht573 import bericht, rij
from tests.aanlevering.conftest import DECLARATIE, csv_tekst
from tests.aanlevering.spoor import sporen

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
def breek(*wat):
    raise RuntimeError("stuk in het midden van een bestand")
if sys.argv[1] == "keuring gebroken":
    inname.Partij.keur = breek
if sys.argv[1] == "opslag gebroken":
    inname.Bewaring.rond_af = breek
if sys.argv[1] == "register gebroken":
    inname.Register.schrijf = breek
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
        "declaraties_2024-05_ZK02_0106_v01.xml": bericht(
            rijen[:3], header={"Berichtcode": BSNS[0], "Berichtversie": BSNS[1]}
        ),
        "declaraties_2024-05_ZK02_0107_v01.xml": heel.replace(
            b"<Prestatie>", b"<Prestatie/><BSN>" + BSNS[2].encode() + b"</BSN><Prestatie>", 1
        ),
        "declaraties_2024-05_ZK02_0108_v01.xml.gz": heel,
        "verzekerden_2024-05_ZK02_0101_v01.csv": "patient;gemeente_code\n"
        + "".join(f"{bsn};GM0363\n" for bsn in BSNS)
        + f"{GEEN_BSN};GM0363\n",
        "verzekerden_2024-05_ZK02_0102_v01.csv": f'patient;gemeente_code\n"{BSNS[0]};GM0363\n',
    }
    for naam, wat in inhoud.items():
        (map / naam).write_bytes(wat if isinstance(wat, bytes) else wat.encode())
    return map


def draai(tmp_path: Path, hoe: str) -> subprocess.CompletedProcess:
    (tmp_path / "tijdelijk").mkdir(exist_ok=True)
    return subprocess.run(
        [sys.executable, "-c", PROGRAMMA, hoe],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path / "tijdelijk",
        env={
            "GGZ_DATA": str(tmp_path / "data"),
            "GGZ_PSEUDONIEM_SLEUTEL": "een sleutel van precies 32 bytes",
            "TMPDIR": str(tmp_path / "tijdelijk"),
            "PATH": "/usr/bin:/bin",
            "PYTHONPATH": str(PROJECT),
        },
    )


@pytest.mark.usefixtures("landing")
def test_no_bsn_is_left_behind_by_runs_that_are_killed_break_or_end_well(tmp_path):
    uitvoer = ""
    for hoe, status in (
        ("gedood", 9),
        ("keuring gebroken", 1),
        ("opslag gebroken", 1),
        ("register gebroken", 1),
        ("heel", 0),
    ):
        klaar = draai(tmp_path, hoe)
        assert klaar.returncode == status, klaar.stderr
        uitvoer += klaar.stdout + klaar.stderr
        (tmp_path / "uitvoer.txt").write_text(uitvoer, encoding="utf-8")
        assert sporen(tmp_path, [*BSNS, GEEN_BSN]) == []
    assert "stuk in het midden van een bestand" in uitvoer
    with Register(tmp_path / "data" / "register.sqlite") as register:
        codes = {levering.bestand[12:]: levering.code for levering in register.leveringen()}
    assert sorted(naam for naam, code in codes.items() if code is None) == [
        "2024-05_ZK02_0101_v01.csv",
        "2024-05_ZK02_0101_v01.xml",
        "2024-05_ZK02_0105_v01.xml",
    ]
    assert {code for code in codes.values() if code} == {"B01"}
    assert len(codes) == 10
    opslag = str(tmp_path / "data" / "aanlevering" / "declaraties" / "**" / "*.parquet")
    assert duckdb.execute(
        "SELECT count(*), count(DISTINCT patient_pseudoniem) FROM read_parquet(?)", [opslag]
    ).fetchone() == (len(BSNS) + 4, len(BSNS))


def test_the_scan_finds_a_bsn_that_is_there(tmp_path):
    (tmp_path / "log.txt").write_text(f"rij 3: {BSNS[5]} onbekend", encoding="utf-8")
    duckdb.execute(f"COPY (SELECT '{BSNS[6]}' AS patient) TO '{tmp_path}/x.parquet' (COMPRESSION zstd)")
    with duckdb.connect(str(tmp_path / "w.duckdb")) as con:
        con.execute(f"CREATE TABLE t AS SELECT {BSNS[7]} AS geboortejaar")
    with xlsxwriter.Workbook(tmp_path / "w.xlsx") as boek:
        boek.add_worksheet("blad").write(0, 0, f"x{BSNS[8]}x")
    (tmp_path / f"{BSNS[9]}.txt").touch()
    assert {nummer for _, nummer in sporen(tmp_path, BSNS)} == set(BSNS[5:10])


def xlsx(pad: Path, rijen: list[list[str]]) -> None:
    with xlsxwriter.Workbook(pad) as boek:
        blad = boek.add_worksheet(BSNS[20])
        for nummer, rij_ in enumerate(rijen):
            blad.write_row(nummer, 0, rij_)


@pytest.mark.parametrize("extensie", ["csv", "xlsx"])
def test_a_bsn_in_a_wrong_column_of_a_refused_row_is_erased(tmp_path, extensie):
    naar_rechts = {**DECLARATIE, "declaratie_id": "D1", "patient_pseudoniem": "", "geboortejaar": BSNS[0]}
    naar_links = {
        **DECLARATIE,
        "declaratie_id": "D2",
        "gerelateerd_declaratie_id": BSNS[1],
        "patient_pseudoniem": "1980",
    }
    dubbel = {**DECLARATIE, "declaratie_id": "D3", "patient_pseudoniem": BSNS[2], "zorglabel": f"van {BSNS[2]}"}
    verspreid = {
        **DECLARATIE,
        "declaratie_id": "D4",
        "wet": BSNS[3],
        "gemeente_code": BSNS[4],
        "agb_vestiging": BSNS[5],
        "begindatum": BSNS[6],
    }
    map_ = tmp_path / "data" / "landing" / "declaraties" / "2024-05" / "ZK02"
    map_.mkdir(parents=True)
    bestand = map_ / f"declaraties_2024-05_ZK02_0101_v01.{extensie}"
    rijen = [{**r, BSNS[7]: "", "overig": BSNS[8]} for r in (naar_rechts, naar_links, dubbel, verspreid)]
    bestand.write_text(csv_tekst(*rijen)) if extensie == "csv" else xlsx(
        bestand, [list(rijen[0]), *(list(r.values()) for r in rijen)]
    )
    klaar = draai(tmp_path, "heel")
    assert klaar.returncode == 0, klaar.stderr
    (tmp_path / "uitvoer.txt").write_text(klaar.stdout + klaar.stderr, encoding="utf-8")
    assert sporen(tmp_path, BSNS) == []
    opslag = str(tmp_path / "data" / "aanlevering" / "declaraties" / "**" / "*.parquet")
    assert duckdb.execute("SELECT declaratie_id, codes FROM read_parquet(?) ORDER BY 1", [opslag]).fetchall() == [
        ("D1", "A01,A05"),
        ("D2", "A06"),
        ("D3", "A06"),
        ("D4", "A02,A03"),
    ]


def test_verzekerden_with_columns_swapped_or_without_a_header_leave_no_bsn(tmp_path):
    map_ = tmp_path / "data" / "landing" / "declaraties" / "2024-05" / "ZK02"
    map_.mkdir(parents=True)
    (map_ / "verzekerden_2024-05_ZK02_0101_v01.csv").write_text(
        f"patient;gemeente_code\nGM0363;{BSNS[0]}\n{BSNS[1]};{BSNS[1]}\n"
    )
    (map_ / "verzekerden_2024-05_ZK02_0102_v01.csv").write_text(f"{BSNS[2]};GM0363\n{BSNS[3]};GM0363\n")
    klaar = draai(tmp_path, "heel")
    (tmp_path / "uitvoer.txt").write_text(klaar.stdout + klaar.stderr, encoding="utf-8")
    assert sporen(tmp_path, BSNS) == []
    assert "B02" in klaar.stdout


def test_a_reference_made_of_the_bsn_is_kept_without_it_and_still_ties_credit_to_debet(tmp_path):
    map_ = tmp_path / "data" / "landing" / "declaraties" / "2024-05" / "ZK02"
    map_.mkdir(parents=True)
    bsn, ander = BSNS[0], BSNS[1]
    debet = rij(bsn=bsn, declaratie_id=f"{bsn}-1", zorgtrajectnummer=bsn, begindatum="2024-05-01")
    credit = rij(
        bsn=bsn,
        declaratie_id=f"{bsn}-2",
        debet_credit="C",
        gerelateerd_declaratie_id=f"{bsn}-1",
        begindatum="2024-05-01",
    )
    fout = rij(bsn=GEEN_BSN, declaratie_id=f"{GEEN_BSN}-1")
    (map_ / "declaraties_2024-05_ZK02_0101_v01.xml").write_bytes(
        bericht([debet, fout, rij(bsn=ander, declaratie_id="N2")])
    )
    (map_ / "declaraties_2024-05_ZK02_0102_v01.xml").write_bytes(bericht([credit]))
    van_wie = [
        {**credit, "bsn": wie, "declaratie_id": f"C{nummer}", "zorgtrajectnummer": bsn}
        for nummer, wie in enumerate((ander, None, GEEN_BSN))
    ]
    zonder = rij(bsn=None, declaratie_id=f"{bsn}-3", zorgtrajectnummer=bsn, zorglabel=f"{bsn}/x")
    (map_ / "declaraties_2024-05_ZK02_0103_v01.xml").write_bytes(
        bericht([*van_wie, zonder], header={"Ontvanger": "9992", "OntvangerRol": "4"})
    )
    klaar = draai(tmp_path, "heel")
    (tmp_path / "uitvoer.txt").write_text(klaar.stdout + klaar.stderr, encoding="utf-8")
    assert sporen(tmp_path, [*BSNS, GEEN_BSN]) == []
    begin = Pseudonimiseerder(b"een sleutel van precies 32 bytes").van_bsn(bsn)[:9]
    opslag = str(tmp_path / "data" / "aanlevering" / "declaraties" / "**" / "*.parquet")
    assert duckdb.execute(
        "SELECT declaratie_id, gerelateerd_declaratie_id, zorgtrajectnummer FROM read_parquet(?) WHERE codes IS NULL "
        "ORDER BY debet_credit DESC, declaratie_id",
        [opslag],
    ).fetchall() == sorted([(f"{begin}-1", None, begin), ("N2", None, "T22-1")]) + sorted(
        (declaratie_id, f"{begin}-1", None) for declaratie_id in (f"{begin}-2", "C0", "C1")
    )


def test_a_reader_that_breaks_refuses_its_file_without_a_word_of_what_is_in_it(monkeypatch, lever, neem_in):
    def breek(*_):
        raise ValueError(f"could not convert {BSNS[0]}")
        yield

    # read in this process, for in that of its own the reader does not break
    monkeypatch.setattr("pipelines.aanlevering.leesproces.lees", lambda _, bestand, naam: lezing.lees(bestand, naam))
    monkeypatch.setattr("pipelines.aanlevering.readers.csv._delen", breek)
    naam = "declaraties_2024-05_ZK02_0101_v01.csv"
    lever(naam, csv_tekst(DECLARATIE))
    levering = neem_in()[naam]
    assert levering.code == "B01"
    assert "ValueError in test_gds801_lek.py" in levering.toelichting
    assert BSNS[0] not in levering.toelichting
