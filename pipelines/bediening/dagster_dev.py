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
    with subprocess.Popen(
        [Path(sys.executable).with_name("dagster"), "dev", *argumenten],
        env=os.environ | {"DAGSTER_HOME": str(administratie.thuis(instellingen))},
        process_group=0,
    ) as dev:
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            return dev.wait()
        except KeyboardInterrupt:
            return 0
        finally:
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            kind.beeindig_groep(dev.pid, GEDULD)
            with administratie.instance(instellingen) as instance:
                administratie.sluit_gestorven_runs(instance, van_ggz=False)


if __name__ == "__main__":
    sys.exit(toon(sys.argv[1:]))
