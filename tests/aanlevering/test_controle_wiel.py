"""``ggz controleer`` from a wheel: it brings its rules, and asks for none of the libraries that build and show figures."""

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import distribution, requires

import pytest
from packaging.requirements import Requirement

from pipelines.settings import PROJECT
from tests.aanlevering.conftest import AFDELING, csv_tekst

DEPENDENCIES = [
    Requirement(r) for r in tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]["dependencies"]
]
STARTER = """
import importlib.abc, sys
class Dicht(importlib.abc.MetaPathFinder):
    def find_spec(self, naam, pad=None, doel=None):
        stam = naam.partition(".")[0]
        if stam in TOEGESTAAN or stam in sys.stdlib_module_names or stam.startswith("_sysconfigdata"):
            return None
        raise ModuleNotFoundError(f"niet in de lichte installatie: {naam}", name=naam)
sys.meta_path.insert(0, Dicht())
"""


def _licht() -> set[str]:
    """The top-level modules of the light dependencies and of all that those need."""
    nog, gezien, modules = [r.name for r in DEPENDENCIES], set(), {"pipelines", "sitecustomize", "usercustomize"}
    while nog:
        naam = re.sub(r"[-_.]+", "-", nog.pop()).lower()
        if naam in gezien:
            continue
        gezien.add(naam)
        modules |= {
            str(f).partition("/")[0].removesuffix(".py").partition(".")[0] for f in distribution(naam).files or ()
        }
        eisen = map(Requirement, requires(naam) or ())
        nog += [e.name for e in eisen if not e.marker or e.marker.evaluate({"extra": ""})]
    return modules


@pytest.fixture(scope="module")
def uitgepakt(tmp_path_factory):
    """The wheel, built and unpacked where nothing of the checkout is near, and the environment to run it in."""
    map_ = tmp_path_factory.mktemp("wiel")
    bouw = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(map_)]
    subprocess.run(bouw, cwd=PROJECT, check=True, capture_output=True)
    (wiel,) = map_.glob("*.whl")
    with zipfile.ZipFile(wiel) as archief:
        archief.extractall(map_ / "site")
    # the reading process starts anew, so the block stands in sitecustomize
    begin = STARTER.replace("TOEGESTAAN", repr(_licht()))
    (map_ / "site" / "sitecustomize.py").write_text(begin)
    return map_


def _draai(uitgepakt, code: str, *argumenten) -> subprocess.CompletedProcess:
    omgeving = {"PATH": os.environ["PATH"], "PYTHONPATH": str(uitgepakt / "site")}
    opdracht = [sys.executable, "-c", code, *map(str, argumenten)]
    return subprocess.run(opdracht, cwd=uitgepakt, env=omgeving, capture_output=True, text=True, check=False)


def test_controleer_draait_uit_het_wiel_met_alleen_de_lichte_bibliotheken(uitgepakt):
    for zwaar in ("dagster", "dbt.cli", "streamlit", "great_expectations", "pandas", "openpyxl"):
        geblokt = _draai(uitgepakt, f"import {zwaar}")
        assert "niet in de lichte installatie" in geblokt.stderr, zwaar
    for nummer, wet in (("01", "Zvw"), ("02", "Awbz")):
        pad = uitgepakt / f"bedden_2024-01_ZK02_06290000_v{nummer}.csv"
        pad.write_text(csv_tekst({**AFDELING, "wet": wet}))
    ggz = "import pipelines.bediening.ggz as g; assert 'site/pipelines' in g.__file__; g.main()"
    goed = _draai(uitgepakt, ggz, "controleer", uitgepakt / "bedden_2024-01_ZK02_06290000_v01.csv")
    assert (goed.returncode, goed.stderr) == (0, ""), goed.stderr
    fout = _draai(
        uitgepakt,
        ggz,
        "controleer",
        uitgepakt / "bedden_2024-01_ZK02_06290000_v02.csv",
        "--xlsx",
        uitgepakt / "uit.xlsx",
    )
    assert fout.returncode == 1 and "A03 wet is Zvw" in fout.stdout
    assert (uitgepakt / "uit.xlsx").stat().st_size > 0


def test_het_wiel_draagt_wat_ggz_demo_nodig_heeft(uitgepakt):
    for naam in ("dbt_project/dbt_project.yml", "dbt_project/profiles.yml", "dbt_project/models", "dbt_project/macros",
                 "dbt_project/tests", "seeds", "expectations", "scenarios", "dagster.yaml"):  # fmt: skip
        assert (uitgepakt / "site" / "pipelines" / "meegeleverd" / naam).exists(), naam
    assert list((uitgepakt / "site" / "pipelines" / "meegeleverd" / "voorbeelden").rglob("*.xlsx"))
    gevraagd = _draai(uitgepakt, "from pipelines.bediening.ggz import main; main()", "demo", "--help")
    assert gevraagd.returncode == 0 and "--schaal" in gevraagd.stdout, gevraagd.stderr
