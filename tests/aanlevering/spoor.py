"""Looks for numbers in everything that a run leaves behind: packed, in a database, or plain.

Belongs here: opening what a run writes. Does not belong here: which run and which numbers.
"""

import gzip
import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import duckdb

_CIJFERS = re.compile(rb"[0-9]{9,}")


def sporen(map_: Path, nummers: Iterable[str]) -> list[tuple[str, str]]:
    """(file below ``map_``, number) of every number of nine digits that is found outside of landing; also in a file name."""
    gezocht = {nummer.encode() for nummer in nummers}
    gevonden = set()
    for pad in map_.rglob("*"):
        deel = pad.relative_to(map_)
        if pad.is_file() and "landing" not in deel.parts:
            reeksen = {reeks for inhoud in (str(deel).encode(), *_inhoud(pad)) for reeks in _CIJFERS.findall(inhoud)}
            negens = {reeks[i : i + 9] for reeks in reeksen for i in range(len(reeks) - 8)}
            gevonden |= {(str(deel), nummer.decode()) for nummer in gezocht & negens}
    return sorted(gevonden)


def _inhoud(pad: Path) -> Iterator[bytes]:
    yield pad.read_bytes()
    if pad.suffix == ".parquet":
        yield repr(duckdb.execute("SELECT * FROM read_parquet(?)", [str(pad)]).fetchall()).encode()
    elif pad.suffix == ".duckdb":
        yield from _tabellen(pad)
    elif pad.suffix == ".gz":
        yield gzip.decompress(pad.read_bytes())
    elif zipfile.is_zipfile(pad):
        with zipfile.ZipFile(pad) as archief:
            yield from (archief.read(naam) for naam in archief.namelist())


def _tabellen(pad: Path) -> Iterator[bytes]:
    with duckdb.connect(str(pad), read_only=True) as con:
        for schema, tabel in con.execute(
            "SELECT table_schema, table_name FROM information_schema.tables WHERE table_type = 'BASE TABLE'"
        ).fetchall():
            yield repr(con.execute(f'SELECT * FROM "{schema}"."{tabel}"').fetchall()).encode()
