"""Dagster's own administration of runs: where it lies, and how ``ggz`` writes it.

Belongs here: the instance. Does not belong here: what runs (``definitions``) and starting it (``uitvoering``).

Dagster's SQLite storage opens, compiles for and flushes the file anew for each of the hundreds of events of a run: half the
time of a small run. Here the connection stays open and the write-ahead log is flushed at its checkpoints: 4 times faster, the
same files (``dagster dev`` reads them with its own class), and as safe when the process is killed.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg
from dagster._core.instance.ref import InstanceRef
from dagster._core.storage.event_log import SqliteEventLogStorage
from dagster._core.storage.sqlite_storage import DagsterSqliteStorage, _event_logs_directory
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import SingletonThreadPool

from pipelines.settings import PROJECT, Instellingen


class Gebeurtenissen(SqliteEventLogStorage):
    """Event log of which the connections stay open."""

    def __init__(self, base_dir: str):
        self._motoren: dict[str, Engine] = {}
        super().__init__(base_dir)

    @contextmanager
    def _connect(self, shard: str) -> Iterator[Connection]:
        with self._db_lock, self._motor(shard).connect() as con, con.begin():
            yield con

    def _motor(self, shard: str) -> Engine:
        if shard not in self._motoren:
            adres = self.conn_string_for_shard(shard)
            motor = create_engine(adres, poolclass=SingletonThreadPool, connect_args={"timeout": 60})
            event.listen(motor, "connect", lambda con, _: con.execute("PRAGMA synchronous=NORMAL"))
            self._initdb(motor)
            self._motoren[shard] = motor
        return self._motoren[shard]


class Opslag(DagsterSqliteStorage):
    """The storage of Dagster with ``Gebeurtenissen`` in it."""

    def __init__(self, base_dir: str, inst_data=None):
        super().__init__(base_dir, inst_data)
        self._event_log_storage = Gebeurtenissen(_event_logs_directory(base_dir))

    @classmethod
    def from_config_value(cls, inst_data, config_value) -> "Opslag":
        return cls.from_local(inst_data=inst_data, **config_value)


def thuis(instellingen: Instellingen) -> Path:
    """``DAGSTER_HOME`` of this data root, with the project's own dagster.yaml in it."""
    map = instellingen.data / "dagster"
    map.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(PROJECT / "dagster.yaml", map / "dagster.yaml")
    return map


def instance(instellingen: Instellingen) -> dg.DagsterInstance:
    map = str(thuis(instellingen))
    opslag = {"module": Opslag.__module__, "class": Opslag.__name__, "config": {"base_dir": map}}
    return dg.DagsterInstance.from_ref(InstanceRef.from_dir(map, overrides={"storage": {"custom": opslag}}))


if __name__ == "__main__":
    print(thuis(Instellingen()))
