"""A run tells of what it did itself: not of what another run did while it waited, and not of rows that a bad disk spoiled."""

import os
import subprocess
import sys

import dagster as dg
import pytest

from pipelines.aanlevering.opslag import opslagpad
from pipelines.aanlevering.register import Register
from pipelines.bediening import uitvoering
from pipelines.settings import Instellingen
from tests.aanlevering.conftest import HIC, beschadig, csv_tekst

EEN, TWEE = "hic_monitor_2024-01_ZK02_06290001_v01.csv", "hic_monitor_2024-01_ZK02_06290002_v01.csv"
TEKST = csv_tekst(*(HIC | {"eenheid_id": f"H{n}"} for n in range(300)))

EERDER = """
import sys
from pipelines.aanlevering import inname
from pipelines.fundament.slot import schrijfslot
from pipelines.settings import Instellingen
with schrijfslot(Instellingen(), "eerste"):
    print("aan de beurt", flush=True)
    sys.stdin.readline()
    inname.neem_in(Instellingen(), "hic_monitor")
"""


@pytest.fixture
def instellingen(tmp_path, monkeypatch):
    monkeypatch.setenv("GGZ_DATA", str(tmp_path))
    return Instellingen()


@pytest.fixture
def lever(instellingen):
    def _lever(naam: str) -> None:
        pad = instellingen.landing / "hic_monitor" / "2024-01" / "ZK02" / naam
        pad.parent.mkdir(parents=True, exist_ok=True)
        pad.write_text(TEKST)

    return _lever


def test_wat_een_andere_run_innam_terwijl_deze_wachtte_is_niet_van_deze(instellingen, lever, monkeypatch):
    monkeypatch.setattr(uitvoering, "bouw_verzoek", lambda _: None)
    lever(EEN)
    opdracht = [sys.executable, "-c", EERDER]
    with subprocess.Popen(opdracht, env=os.environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as ander:
        assert ander.stdout.readline() == "aan de beurt\n"
        ander.stdin.write("ga door\n")
        ander.stdin.flush()
        uitslag = uitvoering.draai()  # waits for the other
        ander.stdin.close()
    assert ander.returncode == 0
    assert (uitslag.geslaagd, uitslag.beoordeeld) == (True, frozenset())
    lever(TWEE)
    assert {lev.bestand for lev in uitvoering.draai().beoordeeld} == {TWEE}


def test_beschadigde_rijen_worden_na_een_mislukte_bouw_opnieuw_uit_landing_gelezen(instellingen, lever, monkeypatch):
    """The build is a question over the stored rows, as dbt's staging asks it."""
    gebouwd = []

    @dg.asset(name="bouw")
    def bouw():
        import duckdb

        (aantal,) = duckdb.execute(
            "SELECT count(DISTINCT eenheid_id) FROM read_parquet(?)",
            [f"{instellingen.opslag}/hic_monitor/*/*/*.parquet"],
        ).fetchone()
        gebouwd.append(aantal)

    voer_uit = uitvoering._voer_uit

    def _voer_uit(instance, verzoek):
        if verzoek != "bouw":
            return voer_uit(instance, verzoek)
        return dg.materialize([bouw], instance=instance, raise_on_error=False)

    monkeypatch.setattr(uitvoering, "_voer_uit", _voer_uit)
    monkeypatch.setattr(uitvoering, "bouw_verzoek", lambda _: "bouw")
    lever(EEN)
    lever(TWEE)
    assert uitvoering.draai().beschadigd == ()
    with Register(instellingen.register) as register:
        pad = opslagpad(instellingen, next(lev for lev in register.leveringen() if lev.bestand == TWEE))
    beschadig(pad, "eenheid_id", slice(60, 160), bytes(100))
    uitslag = uitvoering.draai()
    assert (uitslag.geslaagd, uitslag.beschadigd) == (True, (TWEE,))
    assert gebouwd == [300, 300]
