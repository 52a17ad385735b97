"""The key over runs: it comes, goes and is changed, and nobody ever has two pseudonyms."""

import pytest

from pipelines.aanlevering import geldigheid, inname
from pipelines.aanlevering.pseudoniem import AndereSleutel, Pseudonimiseerder
from tests.aanlevering.bericht573 import bericht, rij

SLEUTEL, ANDERE = "0123456789abcdef0123456789abcdef", "een andere sleutel van 32 bytes!"
BSN = "111222333"
JANUARI, MAART = "declaraties_2024-01_ZK02_3311_v01.xml", "declaraties_2024-03_ZK02_3311_v01.xml"


@pytest.fixture
def zet_sleutel(monkeypatch):
    return lambda sleutel: monkeypatch.setenv("GGZ_PSEUDONIEM_SLEUTEL", sleutel)


@pytest.fixture
def berichten(lever):
    for nummer, naam in enumerate((JANUARI, MAART)):
        lever(naam, bericht([rij(declaratie_id=f"N{nummer}", bsn=BSN, begindatum="2024-01-15", verwijsdatum=None)]))


@pytest.mark.usefixtures("berichten")
def test_rows_read_with_a_key_stay_when_there_is_none(neem_in, rijen, zet_sleutel, monkeypatch, instellingen):
    zet_sleutel(SLEUTEL)
    ingenomen = neem_in()
    monkeypatch.delenv("GGZ_PSEUDONIEM_SLEUTEL")
    assert not inname.neem_in(instellingen, "declaraties").gewijzigd
    monkeypatch.setattr(geldigheid, "regelhash", lambda bron: "andere regels")
    assert not inname.neem_in(instellingen, "declaraties").gewijzigd
    assert rijen(ingenomen[JANUARI])[0]["patient_pseudoniem"] == Pseudonimiseerder(SLEUTEL.encode()).van_bsn(BSN)


@pytest.mark.usefixtures("berichten")
def test_verdict_stands_until_a_key_comes_or_changes(neem_in, zet_sleutel, monkeypatch, instellingen):
    geweigerd = neem_in()[JANUARI]
    assert (geweigerd.code, geldigheid.geldt_nog(instellingen, geweigerd)) == ("B01", True)
    zet_sleutel(SLEUTEL)
    assert not geldigheid.geldt_nog(instellingen, geweigerd)
    ingenomen = neem_in()[JANUARI]
    assert (ingenomen.code, geldigheid.geldt_nog(instellingen, ingenomen)) == (None, True)
    zet_sleutel(ANDERE)
    assert not geldigheid.geldt_nog(instellingen, ingenomen)


@pytest.mark.usefixtures("berichten")
def test_another_key_reads_everything_anew(neem_in, rijen, zet_sleutel):
    zet_sleutel(SLEUTEL)
    neem_in()
    zet_sleutel(ANDERE)
    register = neem_in()
    assert {rijen(register[naam])[0]["patient_pseudoniem"] for naam in (JANUARI, MAART)} == {
        Pseudonimiseerder(ANDERE.encode()).van_bsn(BSN)
    }


@pytest.mark.usefixtures("berichten")
def test_another_key_may_not_read_a_part_alone(neem_in, zet_sleutel, instellingen):
    zet_sleutel(SLEUTEL)
    neem_in()
    zet_sleutel(ANDERE)
    with pytest.raises(AndereSleutel, match="1 aanleveringen"):
        inname.neem_in(instellingen, "declaraties", [("2024-03", "ZK02")])
    assert not inname.neem_in(instellingen, "bedden").gewijzigd
    assert inname.neem_in(instellingen, "declaraties").gewijzigd
    assert not inname.neem_in(instellingen, "declaraties", [("2024-03", "ZK02")]).gewijzigd
