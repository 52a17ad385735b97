"""When a build is due: after a change in deliveries or code, and after a build that did not end."""

import duckdb
import pytest

from pipelines.warehouse import bouw


@pytest.fixture
def con():
    con = duckdb.connect()
    con.execute("CREATE SCHEMA aanlevering")
    con.execute("CREATE TABLE aanlevering.levering (bestand VARCHAR, sha256 VARCHAR, bron VARCHAR, code VARCHAR)")
    con.execute(
        "INSERT INTO aanlevering.levering VALUES ('a.csv', 'x', 'bedden', NULL), ('b.csv', 'y', 'wachtlijst', NULL)"
    )
    return con


def _bouw_af(con, code="1"):
    nu = bouw.vingerafdrukken(con, code)
    bouw.begin(con, nu, "run")
    bouw.voltooi(con, "run")


def test_een_leeg_warehouse_moet_helemaal_gebouwd(con):
    assert bouw.gewijzigd(con, bouw.vingerafdrukken(con, "1")) == {"code", "bedden", "wachtlijst"}


def test_na_een_volledige_bouw_is_er_niets_gewijzigd(con):
    _bouw_af(con)
    assert bouw.gewijzigd(con, bouw.vingerafdrukken(con, "1")) == set()


def test_een_nieuwe_levering_wijzigt_alleen_haar_bron(con):
    _bouw_af(con)
    con.execute("INSERT INTO aanlevering.levering VALUES ('c.csv', 'z', 'bedden', NULL)")
    assert bouw.gewijzigd(con, bouw.vingerafdrukken(con, "1")) == {"bedden"}


def test_een_geweigerd_bestand_zonder_bron_telt_ook(con):
    _bouw_af(con)
    con.execute("INSERT INTO aanlevering.levering VALUES ('foto.jpg', 'z', NULL, 'B03')")
    assert bouw.gewijzigd(con, bouw.vingerafdrukken(con, "1")) == {""}


def test_andere_code_of_een_andere_regel_wijzigt_de_code(con):
    _bouw_af(con)
    assert bouw.gewijzigd(con, bouw.vingerafdrukken(con, "2")) == {"code"}


def test_een_bouw_die_niet_is_afgemaakt_telt_als_niet_gebouwd(con):
    _bouw_af(con)
    bouw.begin(con, bouw.vingerafdrukken(con, "1"), "gedood")
    assert bouw.gewijzigd(con, bouw.vingerafdrukken(con, "1")) == {"code", "bedden", "wachtlijst"}


def test_een_run_kan_de_bouw_van_een_andere_niet_afsluiten(con):
    bouw.begin(con, bouw.vingerafdrukken(con, "1"), "de andere")
    bouw.voltooi(con, "deze")
    assert bouw.gewijzigd(con, bouw.vingerafdrukken(con, "1")) == {"code", "bedden", "wachtlijst"}


def test_een_warehouse_dat_een_ander_open_heeft_wordt_zo_genoemd(tmp_path):
    import subprocess
    import sys

    open_houden = "import duckdb, sys; con = duckdb.connect(sys.argv[1]); print('open', flush=True); sys.stdin.read()"
    pad = tmp_path / "w.duckdb"
    with subprocess.Popen(
        [sys.executable, "-c", open_houden, pad], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as ander:
        ander.stdout.readline()
        with (
            pytest.raises(bouw.WarehouseBezet, match=f"geopend door een ander programma.*PID {ander.pid}"),
            bouw.verbinding(pad),
        ):
            pass
        ander.stdin.close()
