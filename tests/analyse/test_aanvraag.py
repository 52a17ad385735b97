"""Scenarios asked for from the screen: kept as the same file, worked off one by one, and read back from the warehouse."""

import time

import duckdb
import pytest
from filelock import FileLock

from pipelines.analyse import aanvraag, opslag
from pipelines.analyse.maatregel import lees_bestand, maak
from pipelines.analyse.waarneming import lees
from pipelines.settings import Instellingen


def scenario(naam, **wens):
    return maak(
        {"naam": naam, "titel": naam.capitalize(), "maatregelen": [{"duur_procent": -10, "bron": "test"} | wens]}, naam
    )


@pytest.fixture
def instellingen(tmp_path, klein, vul):
    """A data root after a run."""
    eigen = Instellingen(data=tmp_path)
    with duckdb.connect(str(eigen.warehouse)) as con:
        opslag.ververs(lees(vul(con)), tmp_path / "analyse")
        opslag.laad(con, tmp_path / "analyse")
    return eigen


def test_what_was_asked_is_computed_in_order_and_stands_where_the_screens_read(instellingen):
    for naam in ("eerst", "dan"):
        aanvraag.vraag_aan(instellingen, scenario(naam))
    assert [s.stap for s in aanvraag.stand(instellingen)] == [aanvraag.WACHT] * 2
    aanvraag.werk_af(instellingen)
    assert [(s.naam, s.stap, s.bezig) for s in aanvraag.stand(instellingen)] == [
        ("dan", aanvraag.KLAAR, False),
        ("eerst", aanvraag.KLAAR, False),
    ]
    with duckdb.connect(str(instellingen.warehouse), read_only=True) as con:
        gedaan = con.sql("select distinct scenario from doorrekening.scenario_resultaat order by 1").fetchall()
    assert gedaan == [("basis",), ("dan",), ("eerst",)]
    assert lees_bestand(instellingen.data / "analyse" / "scenarios" / "eerst.yaml") == scenario("eerst")


def test_what_cannot_be_computed_is_told_and_the_rest_goes_on(instellingen):
    aanvraag.vraag_aan(instellingen, scenario("nergens", regios=["ZK09"]))
    aanvraag.vraag_aan(instellingen, scenario("goed"))
    aanvraag.werk_af(instellingen)
    goed, nergens = aanvraag.stand(instellingen)
    assert (goed.stap, nergens.stap) == (aanvraag.KLAAR, aanvraag.MISLUKT)
    assert "regios: onbekend: ZK09" in nergens.melding
    assert not (instellingen.data / "analyse" / "scenarios" / "nergens.yaml").exists()


def test_before_the_first_run_it_says_what_to_do(tmp_path, klein):
    eigen = Instellingen(data=tmp_path)
    aanvraag.vraag_aan(eigen, scenario("vroeg"))
    aanvraag.werk_af(eigen)
    (stand,) = aanvraag.stand(eigen)
    assert stand.stap == aanvraag.MISLUKT and "ggz run" in stand.melding
    assert not eigen.warehouse.exists()


def _wacht_tot(voorwaarde, seconden=120):
    einde = time.monotonic() + seconden
    while not voorwaarde() and time.monotonic() < einde:
        time.sleep(0.2)
    return voorwaarde()


def test_a_process_of_its_own_takes_up_what_was_left_and_nothing_is_started_where_nothing_waits(
    instellingen, monkeypatch
):
    gestart = []
    monkeypatch.setattr(aanvraag, "start", gestart.append)
    aanvraag.hervat(instellingen)
    aanvraag.vraag_aan(instellingen, scenario("straks"))
    with FileLock(instellingen.data / "analyse" / "aangevraagd" / aanvraag.SLOT):
        aanvraag.hervat(instellingen)  # somebody is at it
    assert gestart == []
    aanvraag.hervat(instellingen)
    assert gestart == [instellingen]
    monkeypatch.undo()
    aanvraag.start(instellingen)
    assert _wacht_tot(lambda: not aanvraag.stand(instellingen)[0].bezig)
    assert aanvraag.stand(instellingen)[0].stap == aanvraag.KLAAR, (
        instellingen.data / "analyse" / "aangevraagd" / "log.txt"
    ).read_text()
