"""What is new since the previous run or since a day, and whose it is."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

import duckdb
import pytest
from click.testing import CliRunner

from pipelines.kwaliteit import cli, eigenaar, verandering
from tests.kwaliteit.conftest import hand_warehouse

KENMERKEN = {"a" * 12: "ZK20", "b" * 12: "ZK01"}


@pytest.fixture
def bouw(instellingen):
    """A warehouse with the findings of these regions."""

    def _bouw(*regios: str) -> None:
        hand_warehouse(instellingen.warehouse)
        rijen = ", ".join(f"('{b}', '{r}', {str(r in regios).lower()})" for b, r in KENMERKEN.items())
        with duckdb.connect(str(instellingen.warehouse)) as con:
            con.execute(
                "CREATE TABLE kwaliteit.bevinding_basis AS SELECT bevinding, 'A03' AS code, 't' AS titel, 'blokkerend' AS ernst, 'bedden' AS bron, "
                "iza_regio, '0403' AS leverancier, NULL::VARCHAR AS agb_vestiging, 'wet' AS oorzaak, '2024-01' AS eerste_maand, "
                "'2024-01' AS laatste_maand, 1 AS maanden, 3::BIGINT AS omvang, 3::BIGINT AS omvang_totaal, actueel, '' AS toelichting, "
                f"'' AS actie, '' AS pagina FROM (VALUES {rijen}) AS t(bevinding, iza_regio, actueel) WHERE actueel OR iza_regio = 'ZK20'"
            )

    return _bouw


def test_per_run_is_te_zien_wat_nieuw_opgelost_en_heropend_is_per_ernst_en_eigenaar(instellingen, bouw):
    eigenaar.pad(instellingen).write_text("iza_regio,bron,eigenaar,contact\nZK01,,Zuid,zuid@voorbeeld.nl\n")
    bouw("ZK20")
    assert verandering.leg_vast(instellingen) == {("nieuw", "blokkerend", "steward"): 1}
    bouw("ZK20", "ZK01")
    assert verandering.leg_vast(instellingen) == {("nieuw", "blokkerend", "Zuid"): 1}
    assert verandering.gezien(instellingen.register) == {"b" * 12: "nieuw"}
    bouw()
    telling = verandering.leg_vast(instellingen)
    assert telling == {("opgelost", "blokkerend", "Zuid"): 1, ("opgelost", "blokkerend", "steward"): 1}
    assert verandering.in_woorden(telling)[1] == ("opgelost", "1 telt niet mee (Zuid), 1 telt niet mee (steward)")
    bouw("ZK20")
    assert verandering.leg_vast(instellingen) == {("heropend", "blokkerend", "steward"): 1}
    assert verandering.leg_vast(instellingen) == {}
    assert verandering.gezien(instellingen.register) == {}


def test_de_lijst_toont_alleen_wat_nieuw_is_sinds_de_vorige_run_of_een_dag(instellingen, bouw):
    bouw("ZK20")
    verandering.leg_vast(instellingen)
    with closing(sqlite3.connect(instellingen.register)) as con, con:
        con.execute("UPDATE bevinding_run SET moment = '2024-01-01T00:00:00+00:00'")
    bouw("ZK20", "ZK01")
    verandering.leg_vast(instellingen)

    def lijst(*opties: str) -> str:
        return CliRunner().invoke(cli.bevinding, ["lijst", *opties]).output

    assert "2 bevindingen" in lijst()
    assert "b" * 12 in lijst("--nieuw") and "a" * 12 not in lijst("--nieuw")
    assert "1 bevinding." in lijst("--sinds", "2024-01-02") and "2 bevindingen" in lijst("--sinds", "2023-12-31")
    assert "0 bevindingen" in lijst("--sinds", str((datetime.now(UTC) + timedelta(days=1)).date()))
    assert "gaat niet samen" in lijst("--nieuw", "--sinds", "2024-01-01")


def test_een_bestand_met_eigenaren_dat_niet_klopt_zegt_waar(instellingen):
    eigenaar.pad(instellingen).write_text("iza_regio,bron,eigenaar,contact\nZK01,,Zuid,z@v.nl\nZK02,,,\n")
    with pytest.raises(eigenaar.EigenaarFout, match="eigenaren.csv, regel 3"):
        eigenaar.lees(eigenaar.pad(instellingen))
    rijen = [{"iza_regio": "", "bron": "bedden", "eigenaar": "B", "contact": ""}]
    assert eigenaar.van({"iza_regio": "ZK03", "bron": "bedden"}, rijen).naam == "B"
    assert eigenaar.van({"iza_regio": "ZK03", "bron": "wachtlijst"}, rijen).naam == "steward"
