"""dbt as a child that does not outlive its parent: a run that is killed leaves no dbt behind that still writes.

Started as ``python -m pipelines.warehouse.dbt_proces`` with the arguments of dbt. Nothing else belongs here.
"""

import ctypes
import signal
import sys

from dbt.cli.main import cli

PR_SET_PDEATHSIG = 1  # linux/prctl.h

if __name__ == "__main__":
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    cli(prog_name="dbt")
