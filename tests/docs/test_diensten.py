"""What starts the monitor on a server: the units of systemd, and the steps and commands of the containers."""

import configparser
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from pipelines.settings import PROJECT

DIENSTEN = sorted((PROJECT / "docs" / "voorbeeld").glob("*.service"))
BIN = Path(sys.executable).parent
_STAP = re.compile(r"^RUN (.+?(?:\\\n.+?)*)$", re.M)


def _uitleg(opdracht: list[str], bin_: Path, map_: Path) -> subprocess.CompletedProcess:
    """The command with --help, with the programs of ``bin_``."""
    omgeving = os.environ | {"PATH": f"{bin_}:{os.environ['PATH']}", "GGZ_DATA": str(map_ / "data")}
    doos = {"cwd": map_, "env": omgeving, "capture_output": True, "text": True}
    return subprocess.run([bin_ / opdracht[0], *opdracht[1:], "--help"], check=False, **doos)


@pytest.mark.parametrize("pad", DIENSTEN, ids=lambda pad: pad.stem)
def test_een_dienst_start_een_opdracht_die_er_is_met_opties_die_er_zijn(pad, tmp_path):
    dienst = configparser.ConfigParser(interpolation=None)
    dienst.optionxform = str
    dienst.read(pad, encoding="utf-8")
    programma, *rest = shlex.split(dienst["Service"]["ExecStart"])
    assert programma.startswith(f"{dienst['Service']['WorkingDirectory']}/.venv/bin/")
    klaar = _uitleg([Path(programma).name, *rest], BIN, tmp_path)
    assert klaar.returncode == 0, klaar.stderr
    for optie in (woord for woord in rest if woord.startswith("--")):
        assert optie in klaar.stdout


def test_de_stappen_van_de_container_zetten_de_monitor_klaar(tmp_path):
    """All but the packages of Debian: what the image copies is enough to install from the lock file and to start each service."""
    context = tmp_path / "context"
    weg = [Path(regel).name for regel in (PROJECT / ".dockerignore").read_text(encoding="utf-8").split()]
    shutil.copytree(PROJECT, context, symlinks=True, ignore=shutil.ignore_patterns(*weg))
    stappen = [
        stap for stap in _STAP.findall((PROJECT / "Containerfile").read_text(encoding="utf-8")) if "apt-get" not in stap
    ]
    assert stappen
    omgeving = os.environ | {"PATH": f"{sys.base_prefix}/bin:{os.environ['PATH']}"}
    for stap in stappen:
        klaar = subprocess.run(
            ["sh", "-c", stap], cwd=context, env=omgeving, capture_output=True, text=True, check=False
        )
        assert klaar.returncode == 0, klaar.stdout + klaar.stderr
    diensten = yaml.safe_load((PROJECT / "compose.yaml").read_text(encoding="utf-8"))["services"].values()
    opdrachten = [dienst["command"] for dienst in diensten if "build" in dienst]
    assert len(opdrachten) == 2
    for opdracht in opdrachten:
        klaar = _uitleg(opdracht, context / ".venv" / "bin", tmp_path)
        assert klaar.returncode == 0, klaar.stderr
