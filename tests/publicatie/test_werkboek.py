"""The workbook: what it holds cell by cell, and that LibreOffice reads it as it was meant."""

import shutil
import subprocess
import zipfile
from datetime import datetime
from xml.parsers import expat

import duckdb
import openpyxl
import pytest

from pipelines.publicatie import werkboek

KOLOMMEN = {"stroom_maand": [("maand", "DATE"), ("iza_regio", "VARCHAR"), ("stand_eind", "BIGINT"), ("bezettingsgraad", "DOUBLE"),
                             ("geleverd", "BOOLEAN"), ("onderdrukte_kolommen", "VARCHAR")]}  # fmt: skip
KOP = {"Publicatie": "2026-09_r1", "Voor": "iedereen"}


@pytest.fixture
def boek(tmp_path):
    """One sheet of three rows: figures, a withheld cell, and an unknown one with text that XML must escape."""
    pad = tmp_path / "publiek.xlsx"
    with duckdb.connect() as con:
        con.execute("""CREATE TABLE t AS SELECT * FROM (VALUES
            (DATE '2026-08-01', 'ZK01', 1234::BIGINT, 0.5::DOUBLE, true, NULL),
            (DATE '2026-09-01', 'ZK01', NULL, 0.25, true, 'stand_eind'),
            (DATE '2026-09-01', 'A & <B>', NULL, NULL, false, NULL)) AS v(maand, iza_regio, stand_eind, bezettingsgraad, geleverd,
            onderdrukte_kolommen)""")
        werkboek.schrijf(con, pad, {"stroom_maand": "SELECT * FROM t"}, KOLOMMEN, KOP)
    return pad


def test_a_sheet_holds_the_rows_and_marks_what_is_withheld_and_what_is_unknown(boek):
    bladen = openpyxl.load_workbook(boek)
    blad = bladen["stroom_maand"]
    assert [[c.value for c in rij] for rij in blad.iter_rows()] == [
        ["maand", "iza_regio", "stand_eind", "bezettingsgraad", "geleverd", "onderdrukte_kolommen"],
        [datetime(2026, 8, 1), "ZK01", 1234, 0.5, True, None],
        [datetime(2026, 9, 1), "ZK01", "x", 0.25, True, "stand_eind"],
        [datetime(2026, 9, 1), "A & <B>", None, None, False, None],
    ]
    assert blad.freeze_panes == "A2" and blad.auto_filter.ref == "A1:F4"
    assert (blad["A2"].number_format, blad["C2"].number_format) == ("mm-yyyy", "#,##0")
    assert blad["C3"].fill.bgColor.rgb == "FFBFBFBF" or blad["C3"].fill.fgColor.rgb == "FFBFBFBF"
    assert bladen.sheetnames == ["Lees mij", "Kolommen", "stroom_maand"]
    betekenis = {rij[1].value: rij[2].value for rij in bladen["Kolommen"].iter_rows(min_row=2)}
    assert (
        list(betekenis) == [naam for naam, _ in KOLOMMEN["stroom_maand"]] and "regio" in betekenis["iza_regio"].lower()
    )
    wijzers = {cel.value: cel.hyperlink.location for (cel, *_) in bladen["Lees mij"].iter_rows() if cel.hyperlink}
    assert wijzers == {"Kolommen": "'Kolommen'!A1", "stroom_maand": "'stroom_maand'!A1"}


def test_a_table_longer_than_a_sheet_is_cut_and_the_cover_says_so(boek, tmp_path, monkeypatch):
    monkeypatch.setattr(werkboek, "MEESTE_RIJEN", 2)
    with duckdb.connect() as con:
        vraag = "SELECT DATE '2026-08-01' AS maand, 'ZK01' AS iza_regio, range AS stand_eind, NULL AS bezettingsgraad, NULL AS geleverd, '' AS onderdrukte_kolommen FROM range(3)"
        werkboek.schrijf(con, tmp_path / "lang.xlsx", {"stroom_maand": vraag}, KOLOMMEN, KOP)
    lang = openpyxl.load_workbook(tmp_path / "lang.xlsx")
    assert lang["stroom_maand"].max_row == 3
    assert any("De eerste 2 van 3 rijen" in str(rij[1].value) for rij in lang["Lees mij"].iter_rows())


def test_text_that_xml_cannot_hold_does_not_break_the_workbook_and_long_text_is_cut(tmp_path):
    pad, teksten = tmp_path / "vreemd.xlsx", ["a\vb", "a\x00b", "a\x1bb", "a\ufffeb", "a\uffffb", "x" * 40_000]
    with duckdb.connect() as con:
        con.execute("CREATE TABLE t (tekst VARCHAR)")
        con.executemany("INSERT INTO t VALUES (?)", [[tekst] for tekst in teksten])
        werkboek.schrijf(con, pad, {"stroom_maand": "SELECT * FROM t"}, {"stroom_maand": [("tekst", "VARCHAR")]}, KOP)
    with zipfile.ZipFile(pad) as delen:
        for deel in delen.namelist():
            expat.ParserCreate().Parse(delen.read(deel), True)
    cellen = [rij[0].value for rij in openpyxl.load_workbook(pad)["stroom_maand"].iter_rows(min_row=2)]
    assert [len(cel) for cel in cellen] == [9, 9, 9, 9, 9, 32_767]
    assert all(cel.startswith("a_x") and cel.endswith("_b") for cel in cellen[:-1])


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice (soffice) is niet geinstalleerd")
def test_libreoffice_reads_the_workbook_without_repair(boek, tmp_path):
    klaar = subprocess.run(
        ["soffice", "--headless", "--norestore", f"-env:UserInstallation=file://{tmp_path}/profiel", "--convert-to",
         'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1', "--outdir", tmp_path / "uit", boek],
        capture_output=True, text=True, timeout=180, check=True,
    )  # fmt: skip
    assert "Error" not in klaar.stdout + klaar.stderr
    regels = (tmp_path / "uit" / "publiek-stroom_maand.csv").read_text(encoding="utf-8").splitlines()
    assert regels == [
        "maand,iza_regio,stand_eind,bezettingsgraad,geleverd,onderdrukte_kolommen",
        "08/01/2026,ZK01,1234,0.5,TRUE,",
        "09/01/2026,ZK01,x,0.25,TRUE,stand_eind",
        "09/01/2026,A & <B>,,,FALSE,",
    ]
    assert "Leeswijzer" in (tmp_path / "uit" / "publiek-Lees mij.csv").read_text(encoding="utf-8")
