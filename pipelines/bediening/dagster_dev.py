"""``make dagster``: Dagster in the browser, on the runs of ``ggz``, and nothing left of it when it ends.

Belongs here: starting and ending ``dagster dev``. Does not belong here: where its administration lies (``administratie``).

``dagster dev`` itself waits for what its daemons are at (3 to 20 seconds), leaves a run that it started until that is done, and its code
servers until they miss its heartbeat. Here all of it is one group of processes, that ends as one.
"""

import os
import signal
import subprocess
import sys
from pathlib import Path

from filelock import FileLock, Timeout

from pipelines.bediening import administratie
from pipelines.fundament import kind
from pipelines.settings import Instellingen

GEDULD = 5  # seconds in which a run can say that it was broken off, before it is


def toon(argumenten: list[str]) -> int:
    """Runs ``dagster dev`` until it ends or this process is asked to; returns its exit status."""
    instellingen = Instellingen()
    if instellingen.bezwaar:
        print(instellingen.bezwaar, file=sys.stderr)
        return 2
    thuis = administratie.thuis(instellingen)
    slot = FileLock(thuis / "dagster_dev.slot")  # held until this process ends
    try:
        slot.acquire(timeout=0)
    except Timeout:
        print("Dagster draait al op deze gegevens: een tweede zou dezelfde runs beginnen.", file=sys.stderr)
        return 2
    _sluit_gestorven(instellingen)  # a power cut leaves runs that count as started, and hold up the next
    with (
        slot,
        subprocess.Popen(
            [Path(sys.executable).with_name("dagster"), "dev", *argumenten],
            env=os.environ | {"DAGSTER_HOME": str(thuis)},
            process_group=0,
        ) as dev,
    ):
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            return dev.wait()
        except KeyboardInterrupt:
            return 0
        finally:
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            kind.beeindig_groep(dev.pid, GEDULD)
            _sluit_gestorven(instellingen)


def _sluit_gestorven(instellingen: Instellingen) -> None:
    """Nothing of an earlier ``dagster dev`` lives when this is called."""
    with administratie.instance(instellingen) as instance:
        administratie.sluit_gestorven_runs(instance, van_ggz=False)


if __name__ == "__main__":
    sys.exit(toon(sys.argv[1:]))
