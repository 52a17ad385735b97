"""A judgement outlives the warehouse, stands beside its finding at once, and opens again when the finding changes."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import duckdb
import pytest
from click.testing import CliRunner

from pipelines.kwaliteit import cli, oordeel, overdracht
from pipelines.kwaliteit.bevinding import Bevindingen

MORGEN = date.today() + timedelta(days=1)
KENMERK = "1f9da8d62104"


@pytest.fixture
def bouw(instellingen):
    """Makes a warehouse anew in which one finding stands, as dbt would build it."""
    from tests.kwaliteit.conftest import hand_warehouse

    def _bouw(omvang: int, maand: str = "2024-01", actueel: bool = True) -> None:
        hand_warehouse(instellingen.warehouse)
        with duckdb.connect(str(instellingen.warehouse)) as con:
            con.execute(
                f"CREATE TABLE kwaliteit.bevinding_maand AS SELECT '{KENMERK}' AS bevinding, '{maand}' AS maand, {omvang}::BIGINT AS omvang, "
                "NULL::VARCHAR AS toelichting"
            )
            con.execute(
                f"CREATE TABLE kwaliteit.bevinding_basis AS SELECT '{KENMERK}' AS bevinding, 'ZPM-08' AS code, 'H zonder HIC' AS titel, "
                "'waarschuwing' AS ernst, NULL::VARCHAR AS bron, 'ZK20' AS iza_regio, NULL::VARCHAR AS leverancier, '06290001' AS agb_vestiging, "
                f"NULL::VARCHAR AS oorzaak, '{maand}' AS eerste_maand, '{maand}' AS laatste_maand, 1 AS maanden, {omvang}::BIGINT AS omvang, "
                f"{omvang}::BIGINT AS omvang_totaal, {actueel} AS actueel, 'uitleg' AS toelichting, 'vraag het' AS actie, 'zpm/ZPM-08.md' AS pagina"
            )

    return _bouw


def _nu(instellingen, *kolommen: str) -> list[tuple]:
    with Bevindingen(instellingen.warehouse, instellingen.register) as open_:
        return [tuple(r[k] for k in kolommen) for r in open_.lijst()]


def _lijst(instellingen) -> list[dict]:
    with Bevindingen(instellingen.warehouse, instellingen.register) as open_:
        return open_.lijst()


def _oordeel(instellingen, status: str, tot: date | None = MORGEN) -> None:
    oordeel.beoordeel(instellingen.register, _lijst(instellingen), status, "Jansen", "bekend", tot)


def test_een_oordeel_staat_meteen_naast_de_bevinding_en_overleeft_een_nieuw_warehouse(instellingen, bouw):
    bouw(10)
    assert _nu(instellingen, "status") == [("open",)]
    _oordeel(instellingen, "geaccepteerd")
    verwacht = [("geaccepteerd", "Jansen", "bekend", MORGEN)]
    assert _nu(instellingen, "status", "auteur", "reden", "einddatum") == verwacht
    bouw(10)
    assert _nu(instellingen, "status", "auteur", "reden", "einddatum") == verwacht


def test_wat_dbt_bouwt_en_wat_de_steward_leest_is_een_regel(instellingen, bouw, dbt_run):
    bouw(10)
    _oordeel(instellingen, "teruggemeld", None)
    bouw(13)
    with duckdb.connect(str(instellingen.warehouse)) as con:
        overdracht.zet_klaar(instellingen, con)
    dbt_run("oordeel", "bevinding")
    with duckdb.connect(str(instellingen.warehouse), read_only=True) as con:
        gebouwd = con.execute("SELECT status, heropend_omdat, auteur FROM kwaliteit.bevinding").fetchall()
        assert con.execute("SELECT status, auteur FROM kwaliteit.oordeel").fetchall() == [("teruggemeld", "Jansen")]
    assert gebouwd == [("heropend", "de omvang ging van 10 naar 13", "Jansen")]
    assert gebouwd == _nu(instellingen, "status", "heropend_omdat", "auteur")


def test_een_bevinding_die_niet_meer_speelt_is_voorbij_wat_er_ook_van_is_gezegd(instellingen, bouw):
    bouw(10)
    _oordeel(instellingen, "teruggemeld", None)
    bouw(10, actueel=False)
    assert _nu(instellingen, "status") == [("voorbij",)]


@pytest.mark.parametrize(
    ("aantal", "status"),
    [(20, "teruggemeld"), (24, "teruggemeld"), (25, "heropend"), (16, "teruggemeld"), (15, "heropend")],
)
def test_een_beoordeelde_bevinding_gaat_open_als_haar_omvang_meer_dan_een_vijfde_verandert(
    instellingen, bouw, aantal, status
):
    bouw(20)
    _oordeel(instellingen, "teruggemeld", None)
    bouw(aantal)

    assert _nu(instellingen, "status") == [(status,)]


@pytest.mark.parametrize(("aantal", "status"), [(3, "teruggemeld"), (4, "heropend")])
def test_kleine_aantallen_gaan_pas_open_bij_drie_verschil(instellingen, bouw, aantal, status):
    bouw(1)
    _oordeel(instellingen, "teruggemeld", None)
    bouw(aantal)

    assert _nu(instellingen, "status") == [(status,)]


def test_na_de_einddatum_is_een_geaccepteerde_bevinding_weer_open(instellingen, bouw):
    bouw(10)
    _oordeel(instellingen, "geaccepteerd")
    with sqlite3.connect(instellingen.register) as con:  # a day goes by, and another
        con.execute("UPDATE oordeel SET einddatum = ?", [str(date.today() - timedelta(days=1))])

    assert _nu(instellingen, "status", "heropend_omdat") == [("heropend", "de einddatum is voorbij")]


def test_wat_opgelost_heette_en_een_maand_later_terugkomt_is_heropend(instellingen, bouw):
    bouw(10)
    _oordeel(instellingen, "opgelost", None)
    assert _nu(instellingen, "status") == [("opgelost",)]
    bouw(10, "2024-02")

    assert _nu(instellingen, "status", "heropend_omdat") == [("heropend", "opnieuw gezien in 2024-02")]


def test_het_laatste_oordeel_geldt_en_de_eerdere_blijven_leesbaar(instellingen, bouw):
    bouw(10)
    _oordeel(instellingen, "teruggemeld", None)
    _oordeel(instellingen, "geaccepteerd")
    assert _nu(instellingen, "oordeel") == [("geaccepteerd",)]
    with Bevindingen(instellingen.warehouse, instellingen.register) as open_:
        assert [o["status"] for o in open_.oordelen(KENMERK)] == ["teruggemeld", "geaccepteerd"]


@pytest.mark.parametrize(
    ("argumenten", "fout"),
    [(["lijst"], "Er is nog geen warehouse"), (["beoordeel", "x", "--status", "opgelost"], "Er is nog geen warehouse")],
)
def test_zonder_warehouse_zegt_het_commando_wat_te_doen(instellingen, argumenten, fout):
    uitkomst = CliRunner().invoke(cli.bevinding, argumenten)

    assert uitkomst.exit_code == 1
    assert fout in uitkomst.output and "ggz run" in uitkomst.output


def test_het_commando_toont_beoordeelt_en_weigert_wat_niet_kan(bouw):
    bouw(10)

    def ggz(*argumenten: str):
        return CliRunner().invoke(cli.bevinding, argumenten)

    assert KENMERK in ggz("lijst").output
    assert "er is geen bevinding bestaatniet" in ggz("toon", "bestaatniet").output
    assert "een oordeel vraagt een reden" in ggz("beoordeel", KENMERK, "--status", "geaccepteerd").output
    assert (
        "accepteren vraagt een einddatum"
        in ggz("beoordeel", KENMERK, "--status", "geaccepteerd", "--reden", "bekend").output
    )
    assert (
        "in het verleden"
        in ggz("beoordeel", KENMERK, "--status", "geaccepteerd", "--reden", "x", "--tot", "2020-01-01").output
    )
    assert (
        ggz("beoordeel", KENMERK, "--status", "teruggemeld", "--auteur", "Jansen", "--reden", "gebeld").exit_code == 0
    )
    getoond = ggz("toon", KENMERK).output
    assert "status teruggemeld" in getoond and "Jansen: teruggemeld (omvang 10)" in getoond
    assert KENMERK not in ggz("lijst").output
    assert KENMERK in ggz("lijst", "--status", "teruggemeld").output


def _bevinding(kenmerk: str, volgnummer: int | None = None) -> dict:
    return {"bevinding": kenmerk, "omvang": 1, "laatste_maand": "2024-01", "oordeel_volgnummer": volgnummer}


def test_twee_stewards_tegelijk_verliezen_niets(tmp_path):
    register = tmp_path / "register.sqlite"
    namen = [f"{wie}{nummer}" for wie in ("Sam", "Ria") for nummer in range(20)]
    with ThreadPoolExecutor(4) as samen:
        list(
            samen.map(
                lambda n: oordeel.beoordeel(register, [_bevinding(n)], "teruggemeld", n[:3], "gebeld", None), namen
            )
        )
    assert sorted(oordeel.alle(register)["bevinding"].to_pylist()) == sorted(namen)


def test_wie_het_oordeel_van_een_ander_nog_niet_zag_leest_het_eerst_en_van_de_rest_wordt_niets_bewaard(tmp_path):
    register = tmp_path / "register.sqlite"
    oordeel.beoordeel(register, [_bevinding("a")], "opgelost", "Sam", "versie 2 is er", None)
    with pytest.raises(oordeel.OordeelFout, match="Sam gaf over a intussen het oordeel opgelost"):
        oordeel.beoordeel(register, [_bevinding("b"), _bevinding("a")], "teruggemeld", "Ria", "gebeld", None)
    assert oordeel.alle(register)["bevinding"].to_pylist() == ["a"]
    oordeel.beoordeel(register, [_bevinding("b"), _bevinding("a", 1)], "teruggemeld", "Ria", "gebeld", None)
    assert oordeel.alle(register)["auteur"].to_pylist() == ["Sam", "Ria", "Ria"]
