"""Dagster's own administration of runs: where it lies, and how ``ggz`` writes it.

Belongs here: the instance. Does not belong here: what runs (``definitions``) and starting it (``uitvoering``).

Dagster opens and closes its SQLite files for each of the thousand events of a run. Opening reads the schema, and closing the last
connection flushes a file and throws its write-ahead log away: half the time of a small run. Here what Dagster closes is lent again, so
that the log is flushed at its checkpoints: 30 times fewer, and as safe when the process is killed.
"""

import os
import shutil
import sqlite3
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg
from sqlalchemy import Engine, event

from pipelines.fundament.kind import VAN_GGZ
from pipelines.settings import Instellingen, van_project


def thuis(instellingen: Instellingen) -> Path:
    """``DAGSTER_HOME`` of this data root, with the project's own dagster.yaml in it."""
    map_ = instellingen.data / "dagster"
    map_.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(van_project("dagster.yaml"), map_ / "dagster.yaml")
    return map_


@contextmanager
def instance(instellingen: Instellingen) -> Iterator[dg.DagsterInstance]:
    """The instance of this data root; while it is open Dagster finds it by ``DAGSTER_HOME``."""
    map_, eerder = thuis(instellingen), os.environ.get("DAGSTER_HOME")
    os.environ["DAGSTER_HOME"] = str(map_)
    try:
        with _blijft_open(map_), dg.DagsterInstance.get() as instance:
            yield instance
    finally:
        os.environ.pop("DAGSTER_HOME")
        if eerder is not None:
            os.environ["DAGSTER_HOME"] = eerder


def sluit_gestorven_runs(instance: dg.DagsterInstance, van_ggz: bool) -> None:
    """Writes down as failed what still counts as started, of ``ggz run`` or else of ``dagster dev``; the caller knows that none lives."""
    bezig = [dg.DagsterRunStatus.STARTING, dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.CANCELING]
    for run in instance.get_runs(dg.RunsFilter(statuses=bezig)):
        if (VAN_GGZ in run.tags) == van_ggz:
            instance.report_run_failed(run, "Het proces van deze run bestaat niet meer.")


class _Uitgeleend(sqlite3.Connection):
    """A connection that is not closed by whom it is lent to: it comes back to ``vrij``, the idle ones of its file and thread."""

    vrij: list["_Uitgeleend"]

    def close(self) -> None:
        self.vrij.append(self)

    def sluit(self) -> None:
        super().close()


@contextmanager
def _blijft_open(map_: Path) -> Iterator[None]:
    """Lends every connection to a SQLite file below ``map_`` again in the thread that closed it, until the end of the block."""
    vrij: dict[tuple[str, int], list[_Uitgeleend]] = defaultdict(list)
    alle: list[_Uitgeleend] = []

    def bij_openen(_dialect: object, _record: object, plaats: list, keuzes: dict) -> sqlite3.Connection | None:
        # every engine of this process passes here, of Great Expectations too
        bestand = str(plaats[0]) if plaats else ""
        if not bestand.startswith(str(map_)):
            return None
        idle = vrij[bestand, threading.get_ident()]
        if idle:
            return idle.pop()
        con = sqlite3.connect(*plaats, **keuzes | {"factory": _Uitgeleend, "check_same_thread": False})
        con.vrij = idle
        alle.append(con)
        con.execute("PRAGMA synchronous = normal")
        return con

    event.listen(Engine, "do_connect", bij_openen)
    try:
        yield
    finally:
        event.remove(Engine, "do_connect", bij_openen)
        for con in alle:
            con.sluit()
