"""The screens never stand in the way of the pipeline, and never show half a build."""

import subprocess
import sys

import duckdb
import pytest

from pipelines.blokken import gegevens, momentopname
from pipelines.blokken.gegevens import GeenGegevens
from pipelines.settings import Instellingen


@pytest.fixture
def instellingen(tmp_path, monkeypatch):
    monkeypatch.setenv("GGZ_DATA", str(tmp_path))
    return Instellingen()


def _bouw(instellingen, voltooid: bool = True, stand: int = 1) -> None:
    with duckdb.connect(str(instellingen.warehouse)) as con:
        con.execute("CREATE SCHEMA IF NOT EXISTS marts; CREATE SCHEMA IF NOT EXISTS beheer")
        con.execute(f"CREATE OR REPLACE TABLE marts.stroom_maand AS SELECT {stand} AS stand")
        con.execute("CREATE OR REPLACE TABLE marts.episode AS SELECT 'a' AS patient_pseudoniem")
        con.execute(f"CREATE OR REPLACE TABLE beheer.bouw AS SELECT {voltooid} AS voltooid")


def _lees(pad, vraag: str):
    with duckdb.connect(str(pad), read_only=True) as con:
        return con.execute(vraag).fetchall()


def test_zonder_warehouse_zegt_het_scherm_wat_te_doen(instellingen):
    with pytest.raises(GeenGegevens, match="ggz run"):
        gegevens.nieuwste(instellingen)


def test_de_kopie_laat_het_recordniveau_achter(instellingen):
    _bouw(instellingen)
    pad = momentopname.actueel(instellingen)
    assert _lees(pad, "SELECT table_name FROM duckdb_tables() ORDER BY 1") == [("stroom_maand",)]


def test_na_het_kopieren_kan_de_pijplijn_schrijven_en_verschijnt_het_nieuwe(instellingen):
    _bouw(instellingen)
    eerste = momentopname.actueel(instellingen)
    _bouw(instellingen, stand=2)
    tweede = momentopname.actueel(instellingen)
    assert _lees(eerste, "SELECT stand FROM marts.stroom_maand") == [(1,)]
    assert _lees(tweede, "SELECT stand FROM marts.stroom_maand") == [(2,)]


def test_een_onvoltooide_bouw_wordt_niet_getoond(instellingen):
    _bouw(instellingen)
    eerste = momentopname.actueel(instellingen)
    _bouw(instellingen, voltooid=False, stand=2)
    assert momentopname.actueel(instellingen) == eerste


def test_zolang_een_ander_proces_schrijft_blijft_de_vorige_stand_en_wacht_niemand(instellingen):
    _bouw(instellingen)
    eerste = momentopname.actueel(instellingen)
    houder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys\nfrom pipelines.settings import Instellingen\nfrom pipelines.fundament.slot import schrijfslot\n"
            "with schrijfslot(Instellingen(), 'toets'):\n    print('vast', flush=True)\n    sys.stdin.read()",
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert houder.stdout.readline().strip() == "vast"
        _bouw(instellingen, stand=2)
        assert momentopname.actueel(instellingen) == eerste
        with pytest.raises(momentopname.Bezet), momentopname.zonder_schrijver(instellingen):
            pass
    finally:
        houder.communicate("")
    assert momentopname.actueel(instellingen) != eerste


def test_een_lezer_houdt_het_warehouse_niet_vast(instellingen):
    _bouw(instellingen)
    momentopname.actueel(instellingen)
    schrijver = subprocess.run(
        [
            sys.executable,
            "-c",
            f"import duckdb; duckdb.connect({str(instellingen.warehouse)!r}).execute('CREATE TABLE x (y INT)')",
        ],
        capture_output=True,
        text=True,
    )
    assert schrijver.returncode == 0, schrijver.stderr


def test_wat_een_gedood_scherm_halverwege_liet_liggen_wordt_opgeruimd(instellingen):
    _bouw(instellingen)
    (map_ := instellingen.data / "scherm").mkdir()
    for naam in (".momentopname-1-2.duckdb.4711", ".momentopname-1-2.duckdb.4711.wal"):
        (map_ / naam).write_bytes(b"half")
    pad = momentopname.actueel(instellingen)
    assert list(map_.iterdir()) == [pad]
