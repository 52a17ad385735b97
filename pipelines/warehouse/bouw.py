"""What the warehouse was built from: a fingerprint per source, complete only when everything was built and checked.

Belongs here: whether a build is due, and why. Does not belong here: the build itself.

The record lies in the warehouse (``beheer.bouw``). It is made open before a build begins and closed at its very end, by the
same run: whatever a killed run left behind is built again.
"""

import hashlib
from contextlib import contextmanager
from pathlib import Path

import duckdb

CODE = "code"


class WarehouseBezet(Exception):
    """Another program holds the warehouse file open; the message says which process."""


@contextmanager
def verbinding(warehouse: Path):
    """A connection to write in; raises WarehouseBezet when another program has the file open."""
    try:
        con = duckdb.connect(str(warehouse))
    except duckdb.IOException as fout:
        if "lock" not in str(fout).lower():
            raise
        raise WarehouseBezet(
            f"{warehouse} is geopend door een ander programma. Sluit dat en draai opnieuw. DuckDB zegt: {fout}"
        ) from fout
    try:
        yield con
    finally:
        con.close()


def vingerafdrukken(con: duckdb.DuckDBPyConnection, code: str) -> dict[str, str]:
    """Hash of the code, and per bron of all its deliveries with their verdicts ('' holds those without a bron)."""
    rijen = con.execute(
        "SELECT coalesce(bron, ''), l.* FROM aanlevering.levering AS l ORDER BY bestand, sha256"
    ).fetchall()
    sommen = {}
    for bron, *levering in rijen:
        sommen.setdefault(bron, hashlib.sha256()).update(repr(levering).encode())
    return {CODE: code, **{bron: som.hexdigest() for bron, som in sommen.items()}}


def gewijzigd(con: duckdb.DuckDBPyConnection, nu: dict[str, str]) -> set[str]:
    """The sources that are not what the last complete build was made from; all of them after an incomplete one."""
    _tabel(con)
    toen = dict(con.execute("SELECT onderdeel, vingerafdruk FROM beheer.bouw WHERE voltooid").fetchall())
    return {naam for naam in nu.keys() | toen.keys() if nu.get(naam) != toen.get(naam)}


def begin(con: duckdb.DuckDBPyConnection, nu: dict[str, str], run: str) -> None:
    """From here on the warehouse is incomplete, until ``voltooi`` by the same run."""
    _tabel(con)
    con.begin()
    con.execute("DELETE FROM beheer.bouw")
    con.executemany("INSERT INTO beheer.bouw VALUES (?, ?, ?, false)", [[*paar, run] for paar in sorted(nu.items())])
    con.commit()


def voltooi(con: duckdb.DuckDBPyConnection, run: str) -> None:
    """Everything stands. Does nothing when another run has begun a build since."""
    con.execute("UPDATE beheer.bouw SET voltooid = true WHERE run = ?", [run])


def _tabel(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("CREATE SCHEMA IF NOT EXISTS beheer")
    con.execute(
        "CREATE TABLE IF NOT EXISTS beheer.bouw (onderdeel VARCHAR, vingerafdruk VARCHAR, run VARCHAR, voltooid BOOLEAN)"
    )
