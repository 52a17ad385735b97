"""No process outlives the one that started it."""

import os
import signal
import subprocess
import sys
import time

from pipelines.fundament import kind
from tests.processen import wordt_leeg

WERKERS = """
import multiprocessing, os, time
from concurrent.futures import ProcessPoolExecutor
from pipelines.fundament.kind import sterf_met_ouder
if __name__ == "__main__":
    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn"), initializer=sterf_met_ouder, initargs=(os.getpid(),)) as werkers:
        list(werkers.map(abs, [1, 2]))  # the second may still be starting when the parent is killed
        print("klaar", flush=True)
        time.sleep(60)
"""
DOOF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('klaar', flush=True); time.sleep(60)"


def _start(*opdracht) -> subprocess.Popen:
    proces = subprocess.Popen([sys.executable, *opdracht], stdout=subprocess.PIPE, text=True, process_group=0)
    assert proces.stdout.readline() == "klaar\n"
    return proces


def test_werkers_van_een_gedood_proces_blijven_niet_achter(tmp_path):
    script = tmp_path / "werkers.py"
    script.write_text(WERKERS)
    with _start(script) as proces:
        os.kill(proces.pid, signal.SIGKILL)
    assert wordt_leeg(proces.pid, seconden=10)


def test_van_een_groep_blijft_niemand_over_ook_niet_wie_niet_luistert():
    with _start("-c", DOOF) as proces:
        begin = time.monotonic()
        kind.beeindig_groep(proces.pid, geduld=0.2)
    assert proces.returncode == -signal.SIGKILL
    assert time.monotonic() - begin < 5


def test_een_groep_die_er_niet_meer_is_is_al_beeindigd():
    with subprocess.Popen([sys.executable, "-c", ""], process_group=0) as proces:
        proces.wait()
    kind.beeindig_groep(proces.pid, geduld=5)
