"""Opening the warehouse: the one place where its file is opened, to write or to read.

Belongs here: connections, patience, and the words when it is not there or held. Does not belong here: who may write
(``fundament.slot``), and what is asked.

DuckDB lets one process write, or several read; never both.
"""

import time
from pathlib import Path

import duckdb

from pipelines.fundament import sql

# Seconds that another program gets to close the warehouse: a command that reads it, or a killed run that is not quite gone.
GEDULD = 30


class NietTeOpenen(Exception):
    """There is no warehouse yet, or another program holds it; the message says which and what to do."""


def schrijf(warehouse: Path, geduld: float = GEDULD) -> duckdb.DuckDBPyConnection:
    """A connection to write in, for ``with``; raises NietTeOpenen when another program keeps the file open."""
    return _open(warehouse, geduld, read_only=False)


def lees(warehouse: Path, geduld: float = 0) -> duckdb.DuckDBPyConnection:
    """A connection that only reads, for ``with``; raises NietTeOpenen before the first run, and while a run writes."""
    if not warehouse.exists():
        raise NietTeOpenen(f"Er is nog geen warehouse ({warehouse}): draai eerst `ggz run`.")
    return _open(warehouse, geduld, read_only=True)


def koppel(con: duckdb.DuckDBPyConnection, bestand: Path, naam: str) -> None:
    """Attaches a DuckDB file (the warehouse, or a copy of it) to read from, as ``naam``; raises NietTeOpenen when it is held."""
    try:
        con.execute(f"ATTACH {sql.letterlijk(bestand)} AS {naam} (READ_ONLY)")
    except duckdb.IOException as fout:
        raise NietTeOpenen(_bezet(bestand, fout)) from fout


def _open(warehouse: Path, geduld: float, read_only: bool) -> duckdb.DuckDBPyConnection:
    einde = time.monotonic() + geduld
    while True:
        try:
            return duckdb.connect(str(warehouse), read_only=read_only)
        except duckdb.IOException as fout:
            if "lock" not in str(fout).lower():
                raise
            if time.monotonic() >= einde:
                raise NietTeOpenen(_bezet(warehouse, fout)) from fout
            time.sleep(0.1)


def _bezet(bestand: Path, fout: duckdb.Error) -> str:
    return (
        f"{bestand} is geopend door een ander programma, zoals een run. Wacht tot dat klaar is en probeer het opnieuw. "
        f"DuckDB zegt: {fout}"
    )
