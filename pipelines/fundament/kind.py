"""Processes that this one starts: none of them outlives it, whatever ended it.

As ``python -m pipelines.fundament.kind OUDER OPDRACHT ...`` it becomes that command, which then (on Linux) dies with ``OUDER`` too.

Belongs here: dying with the parent, and ending a group of processes. Does not belong here: what a process does.
"""

import ctypes
import os
import signal
import sys
import threading
import time
from contextlib import suppress

PR_SET_PDEATHSIG = 1  # linux/prctl.h
ELKE = 0.05  # seconds between two looks
VAN_GGZ = "ggz/proces"  # tag of a run of ``ggz``, which names its process


def sterf_met_ouder(ouder: int) -> None:
    """From here on this process ends when its parent does, also when that was killed and could say nothing.

    ``ouder``: the parent, as the parent knows it. It may have died before this line.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    else:
        threading.Thread(target=_wacht_op, args=(ouder,), daemon=True).start()
    if os.getppid() != ouder:
        _sterf()


def _wacht_op(ouder: int) -> None:
    while os.getppid() == ouder:
        time.sleep(1)
    _sterf()


def _sterf() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def beeindig_groep(groep: int, geduld: float) -> None:
    """Asks every process of a group to end, and ends what is left after ``geduld`` seconds."""
    with suppress(ProcessLookupError):
        os.killpg(groep, signal.SIGTERM)
        einde = time.monotonic() + geduld
        while time.monotonic() < einde:
            os.killpg(groep, 0)  # raises when nobody is left
            time.sleep(ELKE)
        os.killpg(groep, signal.SIGKILL)


if __name__ == "__main__":
    sterf_met_ouder(int(sys.argv[1]))
    os.execvp(sys.argv[2], sys.argv[2:])
