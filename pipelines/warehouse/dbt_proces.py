"""dbt as a child that does not outlive its parent: a run that is killed leaves no dbt behind that still writes.

Started as ``python -m pipelines.warehouse.dbt_proces`` with the arguments of dbt. Also here: a project that dbt has read for
one warehouse need not be read again for another. Nothing else belongs here.
"""

import ctypes
import signal
import sys

from dbt.adapters.duckdb.credentials import DuckDBCredentials
from dbt.cli.main import cli

PR_SET_PDEATHSIG = 1  # linux/prctl.h


def _lees_niet_opnieuw_om_het_pad() -> None:
    """dbt parses the whole project (seconds) when the path in the profile differs; no model of ours looks at it."""
    alle = DuckDBCredentials._connection_keys
    DuckDBCredentials._connection_keys = lambda self: tuple(sleutel for sleutel in alle(self) if sleutel != "path")


if __name__ == "__main__":
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    _lees_niet_opnieuw_om_het_pad()
    cli(prog_name="dbt")
