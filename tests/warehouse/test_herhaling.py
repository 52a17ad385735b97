"""Runs again: nothing new, something new, or killed half-way; the figures are always those of one run from nothing."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path

import dagster as dg
import pytest

from pipelines.aanlevering.register import Register
from pipelines.bediening import administratie
from pipelines.bediening.uitvoering import draai
from pipelines.settings import Instellingen
from pipelines.warehouse import bouw, verbinding
from tests.processen import wordt_leeg
from tests.warehouse.conftest import cijfers, hoger, neem_over

MAANDEN, REGIOS = ("2024-01", "2024-02", "2024-03"), ("ZK09", "ZK20")
GGZ = Path(sys.executable).with_name("ggz")
# what a publication looks like is not what is tested here
ZONDER_BESTANDEN = {f"GGZ_PUBLICATIE_FORMATEN_{publiek}": "[]" for publiek in ("LANDELIJK", "REGIO", "PUBLIEK")}


def _landing(data: Path) -> Instellingen:
    """Three months of two regions, with one delivery replaced."""
    hoger(neem_over(data, MAANDEN, REGIOS), "bedden/2024-01/ZK09/*.csv")
    return Instellingen(data=data)


def _nieuwe_wachtlijst(instellingen: Instellingen) -> None:
    hoger(instellingen.data, "wachtlijst/2024-03/ZK09/*.csv")


def _ggz_run(instellingen: Instellingen) -> subprocess.Popen:
    omgeving = {**os.environ, **ZONDER_BESTANDEN, "GGZ_DATA": str(instellingen.data)}
    return subprocess.Popen(
        [GGZ, "run"], env=omgeving, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, process_group=0
    )


def _run(instellingen: Instellingen) -> None:
    with pytest.MonkeyPatch.context() as omgeving:
        for naam, waarde in {**ZONDER_BESTANDEN, "GGZ_DATA": str(instellingen.data)}.items():
            omgeving.setenv(naam, waarde)
        uitslag = draai()
    assert uitslag.geslaagd, uitslag


def _dood_zodra(instellingen: Instellingen, moment) -> None:
    """Starts a run and kills it with SIGKILL at the moment that the condition holds; no process of it stays behind."""
    with _ggz_run(instellingen) as proces:
        while not moment():
            assert proces.poll() is None, "de run was klaar voor het moment kwam"
            time.sleep(0.005)
        proces.send_signal(signal.SIGKILL)
    assert proces.returncode == -signal.SIGKILL
    assert wordt_leeg(proces.pid, seconden=10), "er draait nog iets van een gedode run"


def _log(instellingen: Instellingen) -> str:
    logs = sorted((instellingen.data / "logs").glob("run_*.log"))
    return logs[-1].read_text(errors="replace") if logs else ""


@pytest.fixture(scope="module")
def vanaf_nul(tmp_path_factory):
    """A run from nothing over the whole landing, never killed."""
    instellingen = _landing(tmp_path_factory.mktemp("nul"))
    _nieuwe_wachtlijst(instellingen)
    _run(instellingen)
    return instellingen


@dataclass(frozen=True)
class Stand:
    """What stood at a moment: figures, stored deliveries, and which run made or checked a few tables last."""

    cijfers: dict
    opgeslagen: dict
    laatste_run: dict
    getoetst: set

    @classmethod
    def van(cls, instellingen: Instellingen) -> "Stand":
        tabellen = (("marts", "wachttijd_maand"), ("marts", "episode"), ("inname", "bedden"))
        return cls(
            cijfers(instellingen),
            _opgeslagen(instellingen),
            {tabel: _laatste_run(instellingen, *tabel) for tabel in tabellen},
            _getoetst(instellingen, "marts", "episode"),
        )


@pytest.fixture(scope="module")
def herhaald(tmp_path_factory):
    """The same landing in steps: a first run, three that are killed, one that ends, and one for a new wachtlijst.

    Gives where, what stood after each run that ended, and what was due after the last kill.
    """
    instellingen = Instellingen(data=neem_over(tmp_path_factory.mktemp("herhaald"), MAANDEN[:2], REGIOS[:1]))
    _run(instellingen)
    standen = [Stand.van(instellingen)]
    _landing(instellingen.data)
    eerder = len(standen[0].opgeslagen)
    _dood_zodra(instellingen, lambda: len(_opgeslagen(instellingen)) >= eerder + 5)
    _dood_zodra(instellingen, lambda: "model marts.stroom_maand" in _log(instellingen))
    _dood_zodra(instellingen, lambda: "Completed" in _log(instellingen))
    gewijzigd = bouw.te_bouwen(instellingen).gewijzigd
    _run(instellingen)
    standen.append(Stand.van(instellingen))
    _nieuwe_wachtlijst(instellingen)
    with _ggz_run(instellingen) as proces:
        assert proces.wait() == 0, proces.stdout.read()
    standen.append(Stand.van(instellingen))
    return instellingen, standen, gewijzigd


def test_niets_nieuws_bouwt_niet_en_wijzigt_geen_cijfer(vanaf_nul):
    voor = cijfers(vanaf_nul), _gebouwd_door(vanaf_nul)
    _run(vanaf_nul)
    assert (cijfers(vanaf_nul), _gebouwd_door(vanaf_nul)) == voor


def test_ggz_run_zonder_nieuws_start_niet_eens_een_run(vanaf_nul):
    with _ggz_run(vanaf_nul) as proces:
        assert proces.stdout.read().startswith("Niets nieuws")
    assert proces.returncode == 0
    assert not (vanaf_nul.data / "logs").exists()


def test_een_bestand_dat_alleen_is_gezien_telt_nog_als_nieuw(vanaf_nul):
    assert bouw.te_innemen(vanaf_nul) == set()
    nieuw = vanaf_nul.landing / "bedden" / "2024-03" / "ZK09" / "bedden_2024-03_ZK09_06299999_v01.csv"
    nieuw.write_text("maand")
    try:
        assert bouw.te_innemen(vanaf_nul) == {"bedden"}
        staat = nieuw.stat()
        with Register(vanaf_nul.register) as register:
            register.onthoud(
                str(nieuw.relative_to(vanaf_nul.landing)), staat.st_size, staat.st_mtime_ns, "sha van een gedode run"
            )
        assert bouw.te_innemen(vanaf_nul) == {"bedden"}
    finally:
        nieuw.unlink()


def test_een_levering_die_is_ingenomen_maar_nog_niet_gebouwd_telt_nog_als_nieuw(vanaf_nul):
    with Register(vanaf_nul.register) as register:
        eerste = register.leveringen()[0]
        register.schrijf(replace(eerste, rijen_gelezen=eerste.rijen_gelezen + 1))
        assert bouw.te_innemen(vanaf_nul) == {"bedden"}
        register.schrijf(eerste)
    assert bouw.te_innemen(vanaf_nul) == set()


def test_een_nieuwe_versie_maand_en_regio_geven_na_een_kill_op_elk_moment_hetzelfde_als_vanaf_nul(vanaf_nul, herhaald):
    instellingen, (eerste, na_kills, laatste), gewijzigd = herhaald
    assert eerste.cijfers != na_kills.cijfers
    assert {"bedden", "declaraties"} <= gewijzigd
    assert laatste.cijfers == cijfers(vanaf_nul)
    assert eerste.opgeslagen.items() <= na_kills.opgeslagen.items(), "wat al was ingenomen is niet opnieuw gelezen"


def test_een_nieuwe_wachtlijst_bouwt_alleen_wat_ervan_afhangt_en_geeft_hetzelfde_als_alles(vanaf_nul, herhaald):
    instellingen, (_, ervoor, erna), _ = herhaald
    gebouwd = _log(instellingen)
    assert "model marts.wachttijd_maand" in gebouwd
    assert "model marts.episode" not in gebouwd and "model intermediate.int_prestatie_kenmerk" not in gebouwd
    anders = {tabel for tabel, run in erna.laatste_run.items() if ervoor.laatste_run[tabel] != run}
    assert anders == {("marts", "wachttijd_maand")}
    assert erna.getoetst == ervoor.getoetst
    assert erna.cijfers != ervoor.cijfers
    assert erna.cijfers == cijfers(vanaf_nul)


def _laatste_run(instellingen: Instellingen, *sleutel: str) -> str:
    """The run that Dagster holds for the one that made this table last."""
    with administratie.instance(instellingen) as instance:
        return instance.get_latest_materialization_event(dg.AssetKey(sleutel)).run_id


def _getoetst(instellingen: Instellingen, *sleutel: str) -> set[tuple[str, str]]:
    """Per check of a table the run that did it last."""
    soort = dg.DagsterEventType.ASSET_CHECK_EVALUATION
    with administratie.instance(instellingen) as instance:
        gedaan = [e for run in reversed(instance.get_runs()) for e in instance.all_logs(run.run_id, of_type=soort)]
    toetsen = [(e.dagster_event.asset_check_evaluation_data, e.run_id) for e in gedaan]
    return set(
        {t.check_name: (t.check_name, run) for t, run in toetsen if t.asset_key == dg.AssetKey(sleutel)}.values()
    )


def _opgeslagen(instellingen: Instellingen) -> dict[Path, int]:
    """The stored deliveries, with the moment at which each was written."""
    return {pad: pad.stat().st_mtime_ns for pad in instellingen.opslag.rglob("[!.]*.parquet")}


def _gebouwd_door(instellingen: Instellingen) -> set[str]:
    """The run that completed the warehouse as it stands; none when it is not complete."""
    with verbinding.schrijf(instellingen.warehouse) as con:
        return {run for (run,) in con.execute("SELECT run FROM beheer.bouw WHERE voltooid").fetchall()}
