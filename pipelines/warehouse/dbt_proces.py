"""dbt in a process of its own, on the project as it was read before; it does not outlive its parent.

Started as ``python -m pipelines.warehouse.dbt_proces`` with its parent and the arguments of dbt. On standard output stands one line of JSON per
node that is done (``dbt.Uitkomst``), and all that dbt prints goes to standard error. Nothing else belongs here.

The project is handed to dbt as read (``dbtRunner(manifest=..)``): dbt itself would read all of it again, which takes seconds, for
every other path of the warehouse.
"""

import json
import os
import sys

from dbt.cli.main import dbtRunner
from dbt.contracts.graph.manifest import Manifest

from pipelines.fundament.kind import sterf_met_ouder
from pipelines.warehouse.dbt import GELEZEN, LEES


def draai(opdracht: list[str]) -> int:
    """Runs dbt; returns 0 when all went well, 1 when a node failed, 2 when dbt itself broke."""
    uit = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)

    def meld(gebeurtenis) -> None:
        if gebeurtenis.info.name == "NodeFinished":
            r = gebeurtenis.data.run_result
            knoop = gebeurtenis.data.node_info.unique_id
            aantal = None if r.status == "error" else r.num_failures
            uit.write(json.dumps([knoop, r.status, aantal, r.execution_time, r.message]) + "\n")

    lezen = opdracht[0] == LEES
    gelezen = None if lezen else Manifest.from_msgpack(GELEZEN.read_bytes())
    uitslag = dbtRunner(manifest=gelezen, callbacks=[meld]).invoke(opdracht)
    if uitslag.exception:
        print(uitslag.exception, file=sys.stderr)
        return 2
    if lezen:
        GELEZEN.write_bytes(uitslag.result.to_msgpack())
    return 0 if uitslag.success else 1


if __name__ == "__main__":
    sterf_met_ouder(int(sys.argv[1]))
    sys.exit(draai(sys.argv[2:]))
