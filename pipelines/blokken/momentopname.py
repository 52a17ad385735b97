"""A private copy of what the screens need from the warehouse, so that no reader ever holds the warehouse open.

Belongs here: when a copy is due and making it whole. Does not belong here: reading it (``gegevens``).

The copy is made under the writing lock, and only when that is free: a run never finds the warehouse closed, it waits at most
the seconds that a copy takes. While a run works, the copy before it goes on being read. Record level (``episode``) stays behind.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from pipelines.fundament import schrijven
from pipelines.fundament.slot import Bezet, schrijfslot
from pipelines.settings import Instellingen
from pipelines.warehouse import verbinding

# one thread of this process at a time: the lock of the file tells processes apart, not threads
_BEURT = threading.Lock()
# states of the warehouse that hold no complete build: not looked into again by every visitor
_ONVOLLEDIG: set[str] = set()
SCHEMAS = ("marts", "doorrekening", "kwaliteit", "referentie")
# record level, of which no page is made
BLIJFT_ACHTER = {("marts", "episode"), ("kwaliteit", "afgekeurde_regel")}


class Onvolledig(Exception):
    """The warehouse holds no complete build."""


def actueel(instellingen: Instellingen) -> Path | None:
    """The newest complete copy, made anew first where the warehouse changed and nobody writes; None before the first build."""
    map_ = instellingen.data / "scherm"
    gemaakt = sorted(map_.glob("momentopname-*.duckdb"), key=lambda p: p.stat().st_mtime_ns)
    naam = _naam(instellingen.warehouse) if instellingen.warehouse.exists() else None
    if naam and naam not in _ONVOLLEDIG and not (map_ / naam).exists():
        nieuw = _maak(instellingen, map_)
        if nieuw:
            for oud in gemaakt[:-1]:
                oud.unlink(missing_ok=True)
            return nieuw
    return gemaakt[-1] if gemaakt else None


def _naam(warehouse: Path) -> str:
    stand = warehouse.stat()
    return f"momentopname-{stand.st_mtime_ns:x}-{stand.st_size:x}.duckdb"


@contextmanager
def zonder_schrijver(instellingen: Instellingen) -> Iterator[None]:
    """While this lasts nobody writes the warehouse; raises Bezet, at once, where somebody does: a run may take long."""
    with _BEURT, schrijfslot(instellingen, "een scherm", wacht=False):
        yield


def _maak(instellingen: Instellingen, map_: Path) -> Path | None:
    try:
        with zonder_schrijver(instellingen):
            doel = map_ / _naam(instellingen.warehouse)
            if doel.exists():
                return doel
            for rest in map_.glob(".momentopname-*"):  # of a screen that was killed: only who holds the lock makes one
                rest.unlink()
            with schrijven.naast(doel) as deel:
                _kopieer(instellingen.warehouse, deel)
            return doel
    except Onvolledig:
        _ONVOLLEDIG.add(doel.name)
    except (Bezet, verbinding.NietTeOpenen):
        pass
    return None


def _kopieer(warehouse: Path, doel: Path) -> None:
    """Raises Onvolledig when the warehouse holds no complete build, NietTeOpenen when another program holds it."""
    with duckdb.connect(str(doel)) as con:
        verbinding.koppel(con, warehouse, "bron")
        tabellen = con.execute(
            "SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = 'bron' AND list_contains($1, schema_name)",
            [list(SCHEMAS)],
        ).fetchall()
        if ("marts", "stroom_maand") not in tabellen or not _voltooid(con):
            raise Onvolledig
        for schema in SCHEMAS:
            con.execute(f"CREATE SCHEMA {schema}")
        for schema, tabel in tabellen:
            if (schema, tabel) not in BLIJFT_ACHTER:
                con.execute(f"CREATE TABLE {schema}.{tabel} AS SELECT * FROM bron.{schema}.{tabel}")
        con.execute("DETACH bron")


def _voltooid(con: duckdb.DuckDBPyConnection) -> bool:
    bouw = (
        "SELECT 1 FROM duckdb_tables() WHERE database_name = 'bron' AND schema_name = 'beheer' AND table_name = 'bouw'"
    )
    if not con.execute(bouw).fetchone():
        return True
    return bool(con.execute("SELECT coalesce(bool_and(voltooid), true) FROM bron.beheer.bouw").fetchone()[0])
