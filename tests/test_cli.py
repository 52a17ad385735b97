"""The command line: quick, Dutch, and never a traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipelines.bediening.ggz import ELDERS, ggz

GGZ = Path(sys.executable).with_name("ggz")


def _ggz(data: Path, *argumenten: str) -> subprocess.CompletedProcess:
    omgeving = {**os.environ, "GGZ_DATA": str(data)}
    return subprocess.run([GGZ, *argumenten], env=omgeving, capture_output=True, text=True, check=False)


def test_de_uitleg_is_nederlands_en_noemt_elke_opdracht():
    tekst = CliRunner().invoke(ggz, ["--help"]).output
    assert tekst.startswith("Gebruik: ggz OPDRACHT")
    for woord in ("Opties:", "Opdrachten:", "demo-data", "run", "status", "publicaties", "Toon deze uitleg."):
        assert woord in tekst
    assert not {"Usage", "Options", "Commands", "Show this"} & set(tekst.replace(":", " ").split())


@pytest.mark.parametrize("opdracht", ["demo-data", "run", "status", *ELDERS])
def test_elke_opdracht_heeft_een_nederlandse_uitleg(opdracht):
    uitkomst = CliRunner().invoke(ggz, [opdracht, "--help"], prog_name="ggz")
    assert uitkomst.exit_code == 0
    assert uitkomst.output.startswith(f"Gebruik: ggz {opdracht}")
    assert "[OPTIONS]" not in uitkomst.output


def test_de_uitleg_laadt_niets_zwaars():
    zwaar = "dagster dbt duckdb pandas pyarrow great_expectations streamlit".split()
    vraag = f"import sys, pipelines.bediening.ggz; print([m for m in {zwaar} if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", vraag], capture_output=True, text=True, check=True).stdout == "[]\n"


@pytest.mark.parametrize(
    ("argumenten", "melding"),
    [
        (["run", "--maand", "2024-13"], "'2024-13' is geen maand; schrijf jjjj-mm"),
        (["run", "--regio", "ZK05"], "'ZK05' is geen IZA-regio; zie seeds/iza_regio.csv"),
        (["run", "--bron", "bedjes"], "'bedjes' is geen bron; kies uit bedden, declaraties, hic_monitor"),
        (["run", "--alles", "--maand", "2024-01"], "--alles gaat niet samen met"),
        (["run", "--bestaat-niet"], "De optie '--bestaat-niet' bestaat niet."),
        (["rum"], "De opdracht 'rum' bestaat niet."),
    ],
)
def test_een_verkeerd_argument_zegt_wat_er_mis_is(argumenten, melding):
    uitkomst = CliRunner().invoke(ggz, argumenten)
    assert uitkomst.exit_code == 2
    assert melding in uitkomst.output


def test_een_map_met_gegevens_waarin_niets_te_bewaren_is_wordt_bij_het_begin_geweigerd(tmp_path, monkeypatch):
    for naam, goed in (("wat?", False), ("regel\nlos", False), ("""it's [a] "b" {c} *ü 100%""", True)):
        monkeypatch.setenv("GGZ_DATA", str(tmp_path / naam))
        uitkomst = CliRunner().invoke(ggz, ["status"])
        assert (uitkomst.exit_code == 2 and "Kies een map" in uitkomst.output) is not goed


def test_zonder_landing_zegt_run_wat_te_doen(tmp_path):
    uitkomst = _ggz(tmp_path / "leeg", "run")
    assert uitkomst.returncode == 1
    assert "Er is geen map" in uitkomst.stdout
    assert "ggz demo-data" in uitkomst.stdout


def test_status_voor_de_eerste_run_zegt_waar_te_beginnen(tmp_path):
    uitkomst = _ggz(tmp_path, "status")
    assert uitkomst.returncode == 0
    assert "Begin met: ggz run" in uitkomst.stdout


def test_een_onverwachte_fout_is_een_zin_met_een_logbestand_en_geen_traceback(tmp_path):
    (tmp_path / "register.sqlite").write_text("dit is geen register, maar wel lang genoeg om er een te lijken" * 20)
    uitkomst = _ggz(tmp_path, "status")
    assert uitkomst.returncode == 1
    assert "Er ging iets mis" in uitkomst.stderr
    assert "Traceback" not in uitkomst.stdout + uitkomst.stderr
    (log,) = (tmp_path / "logs").glob("fout_*.log")
    assert str(log) in uitkomst.stderr
    assert "Traceback" in log.read_text()
