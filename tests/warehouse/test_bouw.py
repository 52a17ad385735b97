"""When a build is due: after a change in deliveries, code, scenarios or judgements, and after a build that did not end."""

import json
import subprocess
import sys
from dataclasses import replace

import duckdb
import pytest

from pipelines.aanlevering.register import Levering, Register
from pipelines.contract.overdracht import LEVERING
from pipelines.fundament import schrijven as fundament
from pipelines.settings import Instellingen
from pipelines.warehouse import bijwerken, bouw, definities, verbinding
from pipelines.warehouse.bronnen import zet_klaar

ALLES = {"code", "scenarios", "afspraken", "oordeel", "bedden", "wachtlijst", *definities.TABELLEN}


@pytest.fixture
def instellingen(tmp_path):
    with Register(tmp_path / "register.sqlite"):
        return Instellingen(data=tmp_path)


@pytest.fixture
def con():
    con = duckdb.connect()
    con.execute("CREATE SCHEMA aanlevering")
    kolommen = ", ".join(f"{naam} {soort}" for naam, (soort, _) in LEVERING.items())
    con.execute(f"CREATE TABLE aanlevering.levering ({kolommen})")
    _lever(con, "a.csv", "x", "bedden")
    _lever(con, "b.csv", "y", "wachtlijst")
    return con


def _lever(con, bestand, sha256, bron, code=None):
    con.execute(
        "INSERT INTO aanlevering.levering (bestand, sha256, bron, code, maand, leverancier, rijen_gelezen) VALUES (?, ?, ?, ?, ?, ?, 9)",
        [bestand, sha256, bron, code, "2025-01", bestand],
    )


def _bouw_af(con, instellingen):
    nu = bouw.vingerafdrukken(con, instellingen)
    bouw.begin(con, nu)
    assert bouw.voltooi(con, nu, bouw.merk(nu), "run")


def _gewijzigd(con, instellingen):
    return bouw.gewijzigd(con, bouw.vingerafdrukken(con, instellingen))


def test_een_leeg_warehouse_moet_helemaal_gebouwd(con, instellingen):
    assert _gewijzigd(con, instellingen) == ALLES


def test_na_een_volledige_bouw_is_er_niets_gewijzigd(con, instellingen):
    _bouw_af(con, instellingen)
    assert _gewijzigd(con, instellingen) == set()


def test_een_nieuwe_levering_wijzigt_alleen_haar_bron(con, instellingen):
    _bouw_af(con, instellingen)
    _lever(con, "c.csv", "z", "bedden")
    assert _gewijzigd(con, instellingen) == {"bedden"}


def test_rijen_die_met_een_andere_sleutel_zijn_gelezen_wijzigen_hun_bron(instellingen):
    levering = Levering("a.xml", "x", "a.xml", bron="declaraties", moment="2026-01-01", regels="x", sleutel="1")
    with duckdb.connect() as warehouse, Register(instellingen.register) as register:
        register.schrijf(levering)
        zet_klaar(instellingen, warehouse)
        _bouw_af(warehouse, instellingen)
        register.schrijf(replace(levering, sleutel="2"))
        zet_klaar(instellingen, warehouse)
        assert _gewijzigd(warehouse, instellingen) == {"declaraties"}


def test_een_opgenomen_versie_van_de_definitie_wijzigt_haar_tabellen(con, instellingen):
    definities.zet_klaar(instellingen, con)
    _bouw_af(con, instellingen)
    fundament.schrijf(
        definities.bestand(instellingen, "eigen"),
        json.dumps({"cluster_regel": [{"versie": "eigen", "volgorde": "10", "regel": "rest", "cluster": "onbepaald"}]}),
    )
    definities.zet_klaar(instellingen, con)
    assert _gewijzigd(con, instellingen) == {"cluster_regel"}
    assert con.sql("select versie, volgorde, wet from definities.cluster_regel").fetchall() == [("eigen", 10, None)]


def test_een_meegeleverde_versie_met_dezelfde_naam_gaat_voor(con, instellingen):
    inhoud = {"cluster_regel": [{"versie": "hhm-2023", "volgorde": "10", "regel": "rest", "cluster": "onbepaald"}]}
    fundament.schrijf(definities.bestand(instellingen, "hhm-2023"), json.dumps(inhoud))
    definities.zet_klaar(instellingen, con)
    assert con.sql("select count(*) from definities.cluster_regel").fetchone() == (0,)


def test_een_geweigerd_bestand_zonder_bron_telt_ook(con, instellingen):
    _bouw_af(con, instellingen)
    _lever(con, "foto.jpg", "z", None, "B03")
    assert _gewijzigd(con, instellingen) == {bouw.GEWEIGERD}


def test_andere_code_of_een_andere_regel_wijzigt_de_code(con, instellingen, monkeypatch):
    _bouw_af(con, instellingen)
    monkeypatch.setattr(bouw, "codehash", lambda: "anders")
    assert _gewijzigd(con, instellingen) == {"code"}


def test_een_bewaard_scenario_vraagt_een_run_maar_geen_dbt(con, instellingen):
    _bouw_af(con, instellingen)
    scenario = instellingen.data / "analyse" / "scenarios" / "meer_bedden.yaml"
    scenario.parent.mkdir(parents=True)
    scenario.write_text("naam: meer_bedden")
    assert _gewijzigd(con, instellingen) == {"scenarios"} <= bouw.NA_DBT


def test_een_bouw_die_niet_is_afgemaakt_telt_als_niet_gebouwd(con, instellingen):
    bouw.begin(con, bouw.vingerafdrukken(con, instellingen))
    assert _gewijzigd(con, instellingen) == ALLES


def test_een_gedode_bouw_van_een_bron_laat_de_andere_staan(con, instellingen):
    _bouw_af(con, instellingen)
    con.execute("UPDATE aanlevering.levering SET sha256 = 'z' WHERE bron = 'bedden'")
    bouw.begin(con, bouw.vingerafdrukken(con, instellingen))
    con.execute("UPDATE aanlevering.levering SET sha256 = 'x' WHERE bron = 'bedden'")
    assert _gewijzigd(con, instellingen) == {"bedden"}


def _begin(con, instellingen) -> tuple[bool, set[str]]:
    """Begins a build: whether tables may be kept up to date, and the deliveries that are touched."""
    mag = bouw.begin(con, bouw.vingerafdrukken(con, instellingen))
    return mag, {bestand for (bestand,) in con.execute("FROM beheer.geraakt").fetchall()}


@pytest.fixture
def gebouwd(con, instellingen):
    """A warehouse in which everything stands, of so many deliveries that one is little."""
    for nummer in range(20):
        _lever(con, f"{nummer}.csv", "x", "bedden")
    _bouw_af(con, instellingen)
    return con


def test_de_eerste_bouw_maakt_alles(con, instellingen):
    assert _begin(con, instellingen) == (False, {bijwerken.ALLES, "a.csv", "b.csv"})


def test_een_nieuwe_levering_wordt_bijgewerkt_en_wat_zij_vervangt_ook(gebouwd, instellingen):
    _lever(gebouwd, "a_v2.csv", "z", "bedden")
    gebouwd.execute("UPDATE aanlevering.levering SET leverancier = 'a.csv' WHERE bestand = 'a_v2.csv'")
    assert _begin(gebouwd, instellingen) == (True, {"a.csv", "a_v2.csv"})


def test_wat_een_gedode_bouw_begon_blijft_geraakt_tot_een_bouw_af_is(gebouwd, instellingen):
    gebouwd.execute("UPDATE aanlevering.levering SET ingetrokken = 'weg' WHERE bestand = 'a.csv'")
    assert _begin(gebouwd, instellingen) == (True, {"a.csv"})
    gebouwd.execute("UPDATE aanlevering.levering SET ingetrokken = NULL WHERE bestand = 'a.csv'")
    assert _begin(gebouwd, instellingen) == (True, {"a.csv"})
    _bouw_af(gebouwd, instellingen)
    assert _begin(gebouwd, instellingen) == (True, set())


@pytest.mark.parametrize("kolom", ["sha256", "regels", "sleutel"])
def test_wie_een_levering_eerder_hield_is_na_herlezen_niet_meer_bekend(gebouwd, instellingen, kolom):
    gebouwd.execute(f"UPDATE aanlevering.levering SET {kolom} = 'z' WHERE bestand = 'a.csv'")
    assert _begin(gebouwd, instellingen) == (False, {bijwerken.ALLES, "a.csv"})
    assert not _begin(gebouwd, instellingen)[0]  # nor after that build was killed


def test_andere_code_of_een_andere_definitie_maakt_alles(gebouwd, instellingen, monkeypatch):
    monkeypatch.setattr(bouw, "codehash", lambda: "anders")
    assert _begin(gebouwd, instellingen) == (False, {bijwerken.ALLES})


def test_boven_een_kwart_van_de_rijen_wordt_alles_gemaakt(gebouwd, instellingen):
    for nummer in range(9):
        _lever(gebouwd, f"nieuw{nummer}.csv", "x", "bedden")
    assert not _begin(gebouwd, instellingen)[0]


def test_een_run_sluit_alleen_af_waarvan_hij_bouwde(con, instellingen):
    toen = bouw.merk(bouw.vingerafdrukken(con, instellingen))
    con.execute("UPDATE aanlevering.levering SET sha256 = 'z' WHERE bron = 'bedden'")
    nu = bouw.vingerafdrukken(con, instellingen)
    bouw.begin(con, nu)
    assert not bouw.voltooi(con, nu, toen, "run")
    assert _gewijzigd(con, instellingen) == ALLES


def test_een_warehouse_dat_een_ander_open_houdt_wordt_zo_genoemd_en_daarna_weer_geopend(tmp_path):
    open_houden = "import duckdb, sys; con = duckdb.connect(sys.argv[1]); print('open', flush=True); sys.stdin.read()"
    pad = tmp_path / "w.duckdb"
    with subprocess.Popen(
        [sys.executable, "-c", open_houden, pad], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as ander:
        ander.stdout.readline()
        with (
            pytest.raises(verbinding.NietTeOpenen, match=f"geopend door een ander programma.*PID {ander.pid}"),
            verbinding.schrijf(pad, geduld=0),
        ):
            pass
        ander.stdin.close()
        with verbinding.schrijf(pad) as con:  # it has gone, or will be in a moment
            assert con.execute("SELECT 1").fetchone() == (1,)


def test_een_andere_afspraak_maakt_een_run_nodig_maar_geen_andere_marts(con, instellingen):
    _bouw_af(con, instellingen)
    (instellingen.data / "afspraken").mkdir()
    (instellingen.data / "afspraken" / "regio.csv").write_text("iza_regio\n")
    assert _gewijzigd(con, instellingen) == {"afspraken"} <= bouw.NA_DBT
