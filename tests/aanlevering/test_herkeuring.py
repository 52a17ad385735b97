"""Changed rules judge stored rows; the verdict is that of reading the delivery again."""

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipelines import contract
from pipelines.aanlevering import geldigheid, herkeuring, inname, leesproces
from pipelines.aanlevering.opslag import opslagpad
from pipelines.aanlevering.register import Register
from pipelines.settings import Instellingen
from tests.aanlevering.conftest import AFDELING, DECLARATIE, RIJ, csv_tekst

MAAND = "2024-01"
RIJEN = {
    "bedden": [
        AFDELING,
        AFDELING | {"afdeling_id": "A2", "erkend": "010", "operationeel": "8,0"},  # text of a value, and no value
        AFDELING | {"afdeling_id": "A3", "bedtype": "weg", "reden_sluiting": "", "agb_vestiging": "123"},
        AFDELING | {"afdeling_id": "A4", "erkend": "25", "operationeel": "23"},
    ],
    "declaraties": [
        DECLARATIE,
        DECLARATIE | {"declaratie_id": "D2", "bedrag": "100,5", "verwijsdatum": "2024-13-01"},
        DECLARATIE | {"declaratie_id": "D3", "geboortejaar": "1899"},
    ],
}


@pytest.fixture
def andere_regels(monkeypatch, tmp_path):
    """From now on the suites are those of a steward who changed a bound in each."""

    def _zet() -> None:
        map_ = tmp_path / "expectations"
        map_.mkdir(exist_ok=True)
        for pad in contract.VERWACHTINGEN.glob("*.yaml"):
            tekst = pad.read_text(encoding="utf-8")
            tekst = tekst.replace(
                "{column: erkend, min_value: 0, max_value: 1000000}", "{column: erkend, min_value: 0, max_value: 20}"
            )
            (map_ / pad.name).write_text(tekst.replace("min_value: 1900}", "min_value: 1800}"), encoding="utf-8")
        monkeypatch.setattr(contract, "VERWACHTINGEN", map_)
        contract.lees.cache_clear()
        geldigheid.regelhash.cache_clear()

    yield _zet
    monkeypatch.undo()
    contract.lees.cache_clear()
    geldigheid.regelhash.cache_clear()


def _lever(instellingen: Instellingen, bron: str, rijen: list[dict]) -> None:
    naam = f"{bron}_{MAAND}_ZK02_06290000_v01.csv"
    pad = instellingen.landing / bron / MAAND / "ZK02" / naam
    pad.parent.mkdir(parents=True, exist_ok=True)
    pad.write_text(csv_tekst(*rijen), encoding="utf-8")


def _bewaard(instellingen: Instellingen, bron: str):
    with Register(instellingen.register) as register:
        (levering,) = register.leveringen(bron)
    return pq.read_table(opslagpad(instellingen, levering), partitioning=None), levering


@pytest.mark.parametrize("bron", RIJEN)
def test_het_oordeel_na_opnieuw_keuren_is_dat_na_opnieuw_lezen(tmp_path, andere_regels, monkeypatch, bron):
    eerst, opnieuw = Instellingen(data=tmp_path / "eerst"), Instellingen(data=tmp_path / "opnieuw")
    for instellingen in (eerst, opnieuw):
        _lever(instellingen, bron, RIJEN[bron])
    inname.neem_in(eerst, bron)
    voor, _ = _bewaard(eerst, bron)
    andere_regels()
    inname.neem_in(opnieuw, bron)
    gelezen = []
    monkeypatch.setattr(leesproces, "lees", lambda *a: gelezen.append(a) or iter(()))
    inname.neem_in(eerst, bron)

    (na, gekeurd), (vers, ingenomen) = _bewaard(eerst, bron), _bewaard(opnieuw, bron)
    assert na.equals(vers) and gelezen == []
    assert (gekeurd.rijen_gelezen, gekeurd.rijen_met_code, gekeurd.regels) == (
        ingenomen.rijen_gelezen,
        ingenomen.rijen_met_code,
        ingenomen.regels,
    )
    assert voor["codes"].to_pylist() != na["codes"].to_pylist()
    assert inname.neem_in(eerst, bron).leveringen == ()


@pytest.mark.parametrize(
    ("bron", "anders"),
    [
        ("wachtlijst", {"patient_pseudoniem": "123456782"}),  # A06: the value was kept nowhere
        ("declaraties", {"privacyverklaring": "J"}),  # W02: its zorgvraagtype was erased
        ("bedden", {"agb_vestiging": "123456782", "afdeling_id": "B"}),
    ],
)
def test_een_levering_waarvan_een_cel_is_gewist_wordt_opnieuw_gelezen(tmp_path, bron, anders):
    instellingen = Instellingen(data=tmp_path)
    _lever(instellingen, bron, [RIJ[bron], RIJ[bron] | anders])
    inname.neem_in(instellingen, bron)
    _, levering = _bewaard(instellingen, bron)
    # a source without persons knows no BSN: there nothing is erased
    assert herkeuring.is_heel_bewaard(opslagpad(instellingen, levering), contract.lees(bron)) == (bron == "bedden")


def test_een_ander_contract_of_andere_code_leest_opnieuw(monkeypatch):
    lees = Path.read_bytes
    voor = geldigheid.regelhash.__wrapped__("bedden").split(".")
    monkeypatch.setattr(Path, "read_bytes", lambda pad: lees(pad) + (b"x" if pad.name == "csv.py" else b""))
    code = geldigheid.regelhash.__wrapped__("bedden").split(".")
    monkeypatch.setattr(Path, "read_bytes", lambda pad: lees(pad) + (b"x" if pad.stem == "bedtype_cluster" else b""))
    lijst = geldigheid.regelhash.__wrapped__("bedden").split(".")
    assert code[0] != voor[0] and code[1] == voor[1]
    assert lijst[0] == voor[0] and lijst[1] != voor[1]


def test_van_een_bron_met_een_vlag_bewaart_de_opslag_niet_elke_cel():
    assert not herkeuring.bewaart_cellen(contract.lees("wachttijden_open"))
    assert herkeuring.bewaart_cellen(contract.lees("wachtlijst"))
