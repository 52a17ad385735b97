"""``ggz status``: with a warehouse, with one that is older than the register, and without one."""

import duckdb
import pytest

from pipelines.aanlevering.register import Levering, Register
from pipelines.bediening.leverstand import toon_status
from pipelines.warehouse import bouw
from pipelines.warehouse.bronnen import zet_klaar

TABELLEN = """
CREATE SCHEMA kwaliteit;
CREATE TABLE kwaliteit.bevinding_basis (bevinding VARCHAR);
CREATE TABLE kwaliteit.aanlevering (bestand VARCHAR, sha256 VARCHAR, code VARCHAR);
INSERT INTO kwaliteit.aanlevering VALUES ('bedden_2024-01_ZK02_0629_v01.csv', 'x', NULL), ('foto.jpg', 'x', 'B03');
CREATE TABLE kwaliteit.open_weigering AS SELECT 'foto.jpg' AS bestand, NULL AS bron, NULL AS maand, NULL AS iza_regio, 'B03' AS code,
  'de bestandsnaam past niet' AS toelichting;
CREATE TABLE kwaliteit.verwachte_levering (ontvangen BOOLEAN, verstreken BOOLEAN, termijn DATE);
CREATE TABLE kwaliteit.verwachte_levering_regio AS SELECT 'bedden' AS bron, 'ZK02' AS iza_regio, maand::DATE AS maand, ontvangen, te_laat,
  open_weigeringen, status FROM (VALUES ('2024-01-01', 1, 0, 1, 'geleverd'), ('2024-02-01', 1, 1, 0, 'te_laat'), ('2024-03-01', 1, 0, 0, 'deels'),
  ('2024-04-01', 0, 0, 0, 'ontbreekt'), ('2024-05-01', 0, 0, 0, 'nog_niet')) AS rijen (maand, ontvangen, te_laat, open_weigeringen, status);
"""


@pytest.fixture
def warehouse(instellingen):
    with duckdb.connect(str(instellingen.warehouse)) as con:
        con.execute(TABELLEN)
        zet_klaar(instellingen, con)
        yield con


@pytest.fixture
def status(instellingen, capsys, monkeypatch):
    """What the command says, the tables wide enough to stand on one line."""
    monkeypatch.setenv("COLUMNS", "300")

    def _status() -> str:
        assert toon_status() == 0
        return capsys.readouterr().out

    return _status


def _schrijf(instellingen, bestand: str, code: str | None = None, **velden) -> None:
    with Register(instellingen.register) as register:
        register.schrijf(
            Levering(bestand, "x", f"bedden/{bestand}", code=code, toelichting=code and "kolom ontbreekt", **velden)
        )


def test_wat_ontbreekt_te_laat_kwam_en_is_geweigerd_komt_uit_het_warehouse(instellingen, warehouse, status):
    warehouse.close()
    _schrijf(instellingen, "bedden_2024-01_ZK02_0629_v01.csv")
    tekst = status()
    assert "3, ontbreekt 2024-04, deels 2024-03, nog niet 2024-05, te laat 2024-02, 1 geweigerd" in tekst
    assert "B03 foto.jpg: de bestandsnaam past niet" in tekst
    assert "register is nieuwer" not in tekst and "termijn verstreken" not in tekst


def test_een_nieuwer_register_en_een_verstreken_termijn_worden_gezegd(instellingen, warehouse, status):
    warehouse.execute("INSERT INTO kwaliteit.verwachte_levering VALUES (false, false, '2024-06-10')")
    warehouse.close()
    _schrijf(instellingen, "bedden_2024-01_ZK02_0629_v01.csv")
    _schrijf(instellingen, "bedden_2024-02_ZK02_0629_v02.csv", "B02", bron="bedden", maand="2024-02", iza_regio="ZK02")
    tekst = status()
    assert "Het register is nieuwer dan het warehouse: 1 aanlevering is" in tekst
    assert "B02 bedden/bedden_2024-02_ZK02_0629_v02.csv: kolom ontbreekt" in tekst
    assert "Er is een termijn verstreken sinds de laatste bouw" in tekst


def test_zonder_warehouse_staat_er_wat_het_register_weet(instellingen, status):
    plaats = {"bron": "bedden", "maand": "2024-01", "iza_regio": "ZK02"}
    _schrijf(instellingen, "bedden_2024-01_ZK02_0629_v01.csv", **plaats)
    _schrijf(instellingen, "bedden_2024-01_ZK02_0700_v01.csv", "B02", **plaats)
    tekst = status()
    assert "Alleen uit het register: Er is nog geen warehouse" in tekst
    assert "1, 1 geweigerd" in tekst
    assert "B02 bedden/bedden_2024-01_ZK02_0700_v01.csv: kolom ontbreekt" in tekst


@pytest.mark.parametrize(
    ("rij", "verstreken"),
    [
        ("false, false, '2024-06-10'", True),
        ("false, true, '2024-06-10'", False),  # the build knew
        ("true, false, '2024-06-10'", False),
        ("false, false, now()::DATE + 1", False),
    ],
)
def test_een_termijn_die_verstrijkt_is_een_reden_om_te_bouwen(warehouse, rij, verstreken):
    warehouse.execute(f"INSERT INTO kwaliteit.verwachte_levering VALUES ({rij})")
    bouw.begin(warehouse, {"code": "x"})
    bouw.voltooi(warehouse, {"code": "x"}, bouw.merk({"code": "x"}), "run")
    assert bouw.gewijzigd(warehouse, {"code": "x"}) == ({bouw.TERMIJN} if verstreken else set())
