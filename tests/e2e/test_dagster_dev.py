"""``make dagster``: it comes up on the runs of ``ggz``, and ends within seconds with all that it started."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress

import dagster as dg

from pipelines.bediening import administratie
from pipelines.settings import Instellingen
from tests.processen import wordt_leeg

OPDRACHT = [sys.executable, "-m", "pipelines.bediening.dagster_dev", "--port"]


def test_dagster_eindigt_binnen_seconden_en_laat_niets_achter(tmp_path):
    """A run that a power cut left as started is closed first, for it would hold up the next; a second dagster is told that there is one."""
    with administratie.instance(Instellingen(data=tmp_path)) as instance:
        afgebroken = dg.DagsterRun(job_name="maandelijks", status=dg.DagsterRunStatus.STARTED)
        instance.add_run(afgebroken)
    with socket.socket() as vrij:
        vrij.bind(("127.0.0.1", 0))
        poort = vrij.getsockname()[1]
    omgeving = os.environ | {"GGZ_DATA": str(tmp_path)}
    with (tmp_path / "log").open("w") as log:
        proces = subprocess.Popen([*OPDRACHT, str(poort)], env=omgeving, stdout=log, stderr=log)
    kinderen = _groepen(proces.pid, poort)
    with administratie.instance(Instellingen(data=tmp_path)) as instance:
        assert instance.get_run_by_id(afgebroken.run_id).status == dg.DagsterRunStatus.FAILURE
    tweede = subprocess.run([*OPDRACHT, str(poort)], env=omgeving, capture_output=True, text=True, check=False)
    assert tweede.returncode == 2 and "Dagster draait al" in tweede.stderr
    proces.send_signal(signal.SIGTERM)
    begin = time.monotonic()
    proces.wait(timeout=30)
    assert time.monotonic() - begin < 20
    assert all(wordt_leeg(groep, seconden=1) for groep in kinderen)
    assert (tmp_path / "dagster" / "history").is_dir()


def _groepen(proces: int, poort: int) -> set[int]:
    """The groups of the children of a process, once its page answers."""
    einde = time.monotonic() + 120
    while time.monotonic() < einde:
        with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{poort}/server_info", timeout=5):
            kinderen = subprocess.check_output(["ps", "-o", "pgid=", "--ppid", str(proces)], text=True)
            return {int(groep) for groep in kinderen.split()}
        time.sleep(0.5)
    raise AssertionError("dagster dev antwoordt niet")
