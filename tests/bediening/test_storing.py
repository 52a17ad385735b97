"""Trouble of ours is told as what to do, and a name from outside never steers the terminal."""

import errno
import io
import os
import resource
import signal
import subprocess
import sys

import duckdb
import pytest
from rich.console import Console

from pipelines.bediening import woorden
from pipelines.settings import PROJECT


def _door(fout: BaseException, oorzaak: BaseException) -> BaseException:
    fout.__cause__ = oorzaak
    return fout


@pytest.mark.parametrize(
    ("fout", "woord"),
    [
        (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), "schijf is vol"),
        (_door(RuntimeError("stap mislukt"), OSError(errno.EDQUOT, os.strerror(errno.EDQUOT))), "schijf is vol"),
        (duckdb.IOException("Could not write file: No space left on device"), "schijf is vol"),
        (PermissionError(errno.EACCES, os.strerror(errno.EACCES)), "mag niet worden geschreven"),
        (MemoryError(), "geheugen is op"),
        (OSError(errno.EIO, os.strerror(errno.EIO)), "leesfouten"),
    ],
)
def test_wat_de_machine_zegt_wordt_wat_er_te_doen_is(fout, woord):
    uitleg = woorden.in_woorden(fout)
    assert woord in uitleg and "Errno" not in uitleg


def test_wat_niet_bekend_is_zegt_wat_het_zelf_zegt():
    assert woorden.in_woorden(ValueError("de maand 2026-13 bestaat niet")) == "de maand 2026-13 bestaat niet"


@pytest.mark.parametrize(
    ("naam", "te_zien"),
    [
        ("map [", "map ["),
        ("[bold red]niets[/]", "[bold red]niets[/]"),
        ("\x1b[31mrood\x07", "\\x1b[31mrood\\x07"),
        ("half\udce9", "half?"),
    ],
)
def test_een_naam_van_buiten_is_geen_opmaak_en_stuurt_niets(naam, te_zien):
    uit = io.StringIO()
    woorden.regel(Console(file=uit, force_terminal=False), "Later opnieuw: ", (naam, "bold"))
    assert uit.getvalue() == f"Later opnieuw: {te_zien}\n"


def test_een_schijf_die_niets_meer_aanneemt_geeft_woorden_en_status_1(tmp_path):
    """A limit on the size of a file stands in for a full disk: what is written fails in the middle of the run."""

    def krap():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))

    (tmp_path / "data" / "landing").mkdir(parents=True)
    uit = subprocess.run(
        [sys.executable, "-c", "from pipelines.bediening.ggz import main; main()", "run"],
        cwd=PROJECT,
        env=os.environ | {"GGZ_DATA": str(tmp_path / "data")},
        preexec_fn=krap,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert uit.returncode == 1
    assert "afgebroken" in uit.stdout and "draai opnieuw" in uit.stdout
    assert "Traceback" not in uit.stdout + uit.stderr
