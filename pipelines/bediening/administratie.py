"""Dagster's own administration of runs: where it lies, and how ``ggz`` writes it.

Belongs here: the instance. Does not belong here: what runs (``definitions``) and starting it (``uitvoering``).

Dagster opens and closes its SQLite files for each of the thousand events of a run. Closing the last connection flushes a file and
throws its write-ahead log away: of every event three flushes, half the time of a small run. Here a second connection stays open
beside Dagster's, so that the log is flushed at its checkpoints: 30 times fewer, and as safe when the process is killed.
"""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import dagster as dg
from sqlalchemy import Engine, event

from pipelines.settings import PROJECT, Instellingen

PROCES = "ggz/proces"  # tag of a run of ``ggz``: its process


def thuis(instellingen: Instellingen) -> Path:
    """``DAGSTER_HOME`` of this data root, with the project's own dagster.yaml in it."""
    map_ = instellingen.data / "dagster"
    map_.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(PROJECT / "dagster.yaml", map_ / "dagster.yaml")
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
        if (PROCES in run.tags) == van_ggz:
            instance.report_run_failed(run, "Het proces van deze run bestaat niet meer.")


@contextmanager
def _blijft_open(map_: Path) -> Iterator[None]:
    """Keeps a connection open to each SQLite file below ``map_`` that this process opens, until the end of the block."""
    open_: set[str] = set()

    def bij_openen(con: object, _record: object) -> None:
        if not isinstance(
            con, sqlite3.Connection
        ):  # every engine of this process passes here, of Great Expectations too
            return
        bestand = con.execute("PRAGMA database_list").fetchone()[2]
        if not bestand.startswith(str(map_)):
            return
        con.execute("PRAGMA synchronous = normal")
        # a connection takes part in the write-ahead log from its first look at it
        if bestand not in open_ and con.execute("PRAGMA journal_mode").fetchone() == ("wal",):
            blijver = stapel.enter_context(closing(sqlite3.connect(bestand, check_same_thread=False)))
            blijver.execute("SELECT count(*) FROM sqlite_master").fetchone()
            open_.add(bestand)

    with ExitStack() as stapel:
        event.listen(Engine, "connect", bij_openen)
        stapel.callback(event.remove, Engine, "connect", bij_openen)
        yield
