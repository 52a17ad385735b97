"""A finding keeps its id over runs; a judgement outlives the warehouse and opens again when the finding changes."""

from datetime import date, timedelta

import duckdb
import pytest
from click.testing import CliRunner

from pipelines.kwaliteit import cli, oordeel
from pipelines.kwaliteit.bevinding import Bevindingen
from tests.aanlevering.conftest import HIC, csv_tekst

V01 = "hic_monitor_2024-01_ZK20_06290000_v01.csv"
V02 = "hic_monitor_2024-01_ZK20_06290000_v02.csv"
FOUT = {**HIC, "capaciteit": "-1"}
ZPM = "('2024-01-01', 'ZK20', '06290001', 'ZPM-08', NULL, {}, NULL, NULL, NULL)"
MAAND = "('2024-01-01', 'ZK20', 'voorlopig')"
MORGEN = date.today() + timedelta(days=1)


def _bevindingen(instellingen, *kolommen: str) -> list[tuple]:
    with Bevindingen(instellingen.warehouse, instellingen.register) as open_:
        return sorted(tuple(r[k] for k in kolommen) for r in open_.lijst())


def _zpm(warehouse, aantal: int, maand: str = "2024-01-01") -> None:
    warehouse(marts__zpm_mismatch=ZPM.format(aantal).replace("2024-01-01", maand), intermediate__int_maandstatus=MAAND)


def _oordeel(instellingen, status: str, tot: date | None = MORGEN) -> None:
    with Bevindingen(instellingen.warehouse, instellingen.register) as open_:
        (r,) = open_.lijst()
    oordeel.beoordeel(
        instellingen.register, r["bevinding"], status, "Jansen", "bekend", tot, r["omvang"], r["laatste_maand"]
    )


def test_dezelfde_regel_plaats_en_oorzaak_is_een_bevinding_met_haar_omvang_per_maand(instellingen, lever, warehouse):
    lever(V01, csv_tekst(FOUT, {**FOUT, "eenheid_id": "H2"}))
    warehouse()
    ((kenmerk,),) = _bevindingen(instellingen, "bevinding")
    februari = {**FOUT, "maand": "2024-02"}
    lever(V01.replace("2024-01", "2024-02"), csv_tekst(februari))
    warehouse()

    assert _bevindingen(
        instellingen, "bevinding", "code", "oorzaak", "eerste_maand", "laatste_maand", "omvang", "omvang_totaal"
    ) == [(kenmerk, "A05", "capaciteit_between", "2024-01", "2024-02", 1, 3)]
    with Bevindingen(instellingen.warehouse, instellingen.register) as open_:
        assert [(m["maand"], m["omvang"]) for m in open_.maanden(kenmerk)] == [("2024-01", 2), ("2024-02", 1)]


def test_een_andere_leverancier_is_een_andere_bevinding(instellingen, lever, warehouse):
    lever(V01, csv_tekst(FOUT))
    lever(V01.replace("06290000", "06290009"), csv_tekst({**FOUT, "agb_vestiging": "06290009"}))
    warehouse()

    assert len(set(_bevindingen(instellingen, "bevinding"))) == 2


def test_een_hogere_versie_zonder_de_fout_neemt_de_bevinding_weg(instellingen, lever, warehouse):
    lever(V01, csv_tekst(FOUT))
    lever(V02, csv_tekst(HIC))
    warehouse()

    assert _bevindingen(instellingen, "code") == []


@pytest.mark.parametrize(("versie", "over"), [("v01", []), ("v02", [("B02",)])])
def test_een_weigering_is_voorbij_als_die_versie_alsnog_is_ingenomen(instellingen, lever, warehouse, versie, over):
    lever(V01.replace("v01", versie), "maand;agb_vestiging\n2024-01;06290001\n")
    lever(V01, csv_tekst(HIC))
    warehouse()

    assert _bevindingen(instellingen, "code") == over


def test_een_bevinding_over_de_definitie_van_voor_de_laatste_maand_is_voorbij(instellingen, warehouse):
    warehouse(
        marts__zpm_mismatch=ZPM.format(5), intermediate__int_maandstatus=MAAND + ", ('2024-02-01', 'ZK20', 'voorlopig')"
    )

    assert _bevindingen(instellingen, "code", "status") == [("ZPM-08", "voorbij")]


def test_een_oordeel_overleeft_een_nieuw_warehouse_en_staat_naast_de_bevinding(instellingen, warehouse):
    _zpm(warehouse, 10)
    assert _bevindingen(instellingen, "status") == [("open",)]
    _oordeel(instellingen, "geaccepteerd")
    instellingen.warehouse.unlink()
    _zpm(warehouse, 10)

    assert _bevindingen(instellingen, "status", "auteur", "reden", "einddatum") == [
        ("geaccepteerd", "Jansen", "bekend", MORGEN)
    ]
    with duckdb.connect(str(instellingen.warehouse), read_only=True) as con:
        assert con.execute("SELECT status, auteur FROM kwaliteit.oordeel").fetchall() == [("geaccepteerd", "Jansen")]
        assert con.execute("SELECT status FROM kwaliteit.bevinding").fetchall() == [("geaccepteerd",)]


@pytest.mark.parametrize(
    ("aantal", "status"),
    [(20, "teruggemeld"), (24, "teruggemeld"), (25, "heropend"), (16, "teruggemeld"), (15, "heropend")],
)
def test_een_beoordeelde_bevinding_gaat_open_als_haar_omvang_meer_dan_een_vijfde_verandert(
    instellingen, warehouse, aantal, status
):
    _zpm(warehouse, 20)
    _oordeel(instellingen, "teruggemeld", None)
    _zpm(warehouse, aantal)

    assert _bevindingen(instellingen, "status") == [(status,)]


@pytest.mark.parametrize(("aantal", "status"), [(3, "teruggemeld"), (4, "heropend")])
def test_kleine_aantallen_gaan_pas_open_bij_drie_verschil(instellingen, warehouse, aantal, status):
    _zpm(warehouse, 1)
    _oordeel(instellingen, "teruggemeld", None)
    _zpm(warehouse, aantal)

    assert _bevindingen(instellingen, "status") == [(status,)]


def test_na_de_einddatum_is_een_geaccepteerde_bevinding_weer_open(instellingen, warehouse):
    _zpm(warehouse, 10)
    _oordeel(instellingen, "geaccepteerd", date.today() - timedelta(days=1))

    assert _bevindingen(instellingen, "status", "heropend_omdat") == [("heropend", "de einddatum is voorbij")]


def test_wat_opgelost_heette_en_een_maand_later_terugkomt_is_heropend(instellingen, warehouse):
    _zpm(warehouse, 10)
    _oordeel(instellingen, "opgelost", None)
    assert _bevindingen(instellingen, "status") == [("opgelost",)]
    _zpm(warehouse, 10, "2024-02-01")

    assert _bevindingen(instellingen, "status", "heropend_omdat") == [("heropend", "opnieuw gezien in 2024-02")]


def test_het_laatste_oordeel_geldt_en_de_eerdere_blijven_leesbaar(instellingen, warehouse):
    _zpm(warehouse, 10)
    _oordeel(instellingen, "teruggemeld", None)
    _oordeel(instellingen, "geaccepteerd")
    with Bevindingen(instellingen.warehouse, instellingen.register) as open_:
        (r,) = open_.lijst()
        assert r["oordeel"] == "geaccepteerd"
        assert [o["status"] for o in open_.oordelen(r["bevinding"])] == ["teruggemeld", "geaccepteerd"]


@pytest.mark.parametrize(
    ("argumenten", "fout"),
    [(["lijst"], "Er is nog geen warehouse"), (["beoordeel", "x", "--status", "opgelost"], "Er is nog geen warehouse")],
)
def test_zonder_warehouse_zegt_het_commando_wat_te_doen(instellingen, argumenten, fout):
    uitkomst = CliRunner().invoke(cli.bevinding, argumenten)

    assert uitkomst.exit_code == 1
    assert fout in uitkomst.output and "ggz run" in uitkomst.output


def test_het_commando_toont_beoordeelt_en_weigert_wat_niet_kan(instellingen, warehouse):
    _zpm(warehouse, 10)
    ((kenmerk,),) = _bevindingen(instellingen, "bevinding")

    def ggz(*argumenten: str):
        return CliRunner().invoke(cli.bevinding, argumenten)

    assert kenmerk in ggz("lijst").output
    assert "er is geen bevinding bestaatniet" in ggz("toon", "bestaatniet").output
    assert "accepteren vraagt een reden" in ggz("beoordeel", kenmerk, "--status", "geaccepteerd").output
    assert (
        "accepteren vraagt een einddatum"
        in ggz("beoordeel", kenmerk, "--status", "geaccepteerd", "--reden", "bekend").output
    )
    assert (
        "in het verleden"
        in ggz("beoordeel", kenmerk, "--status", "geaccepteerd", "--reden", "x", "--tot", "2020-01-01").output
    )
    assert ggz("beoordeel", kenmerk, "--status", "teruggemeld", "--auteur", "Jansen").exit_code == 0
    getoond = ggz("toon", kenmerk).output
    assert "status teruggemeld" in getoond and "Jansen: teruggemeld (omvang 10)" in getoond
    assert kenmerk not in ggz("lijst").output
    assert kenmerk in ggz("lijst", "--status", "teruggemeld").output
