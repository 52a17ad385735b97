"""Judgements of stewards on findings: the one small store that no rebuild of the warehouse touches.

Belongs here: writing a judgement and reading all of them. Does not belong here: when a judged finding opens again
(``bevinding_met_oordeel.sql``). A judgement is never changed: a later one takes its place, and the earlier stays readable.
"""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import astuple, dataclass, fields
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal

import pyarrow as pa

Status = Literal["geaccepteerd", "teruggemeld", "opgelost"]

_TABEL = """
CREATE TABLE IF NOT EXISTS oordeel (
  volgnummer INTEGER PRIMARY KEY AUTOINCREMENT, bevinding TEXT NOT NULL, status TEXT NOT NULL, auteur TEXT NOT NULL,
  moment TEXT NOT NULL, reden TEXT, einddatum TEXT, omvang INTEGER NOT NULL, maand TEXT
)"""


class OordeelFout(ValueError):
    """A judgement that may not stand; the message says what is missing."""


@dataclass(frozen=True)
class Oordeel:
    """A judgement on a finding of ``omvang`` in ``maand`` (jjjj-mm), as seen then; ``moment`` is UTC, ISO 8601."""

    bevinding: str
    status: Status
    auteur: str
    moment: str
    reden: str | None
    einddatum: str | None
    omvang: int
    maand: str | None


def beoordeel(
    pad: Path, bevindingen: Sequence[dict], status: Status, auteur: str, reden: str | None, einddatum: date | None
) -> None:
    """Keeps one judgement on each finding (as ``Bevindingen.lijst`` gives them) in the SQLite file at ``pad``: on all, or on none.

    OordeelFout where it lacks something, or where somebody else judged one of them since it was looked at: what was said then is
    to be read first.
    """
    if not auteur.strip():
        raise OordeelFout("een oordeel heeft een auteur")
    if not (reden and reden.strip()):
        raise OordeelFout("een oordeel vraagt een reden")
    if status == "geaccepteerd" and einddatum is None:
        raise OordeelFout("accepteren vraagt een einddatum: daarna gaat de bevinding weer open")
    if einddatum is not None and einddatum < date.today():
        raise OordeelFout(f"de einddatum {einddatum} ligt in het verleden")
    moment = datetime.now(UTC).isoformat(timespec="seconds")
    tot = einddatum.isoformat() if einddatum else None
    oordelen = [
        Oordeel(b["bevinding"], status, auteur.strip(), moment, reden.strip(), tot, b["omvang"], b["laatste_maand"])
        for b in bevindingen
    ]
    with closing(_open(pad)) as con, con:
        con.execute("BEGIN IMMEDIATE")
        for b in bevindingen:
            _eis_bijgelezen(con, b)
        con.executemany(
            f"INSERT INTO oordeel ({_NAMEN}) VALUES ({', '.join('?' * len(fields(Oordeel)))})", map(astuple, oordelen)
        )


def _eis_bijgelezen(con: sqlite3.Connection, bevinding: dict) -> None:
    laatste = con.execute(
        "SELECT volgnummer, auteur, status FROM oordeel WHERE bevinding = ? ORDER BY volgnummer DESC",
        [bevinding["bevinding"]],
    ).fetchone()
    if laatste and laatste[0] != bevinding["oordeel_volgnummer"]:
        raise OordeelFout(
            f"{laatste[1]} gaf over {bevinding['bevinding']} intussen het oordeel {laatste[2]}; lees dat eerst en oordeel dan opnieuw"
        )


def alle(pad: Path) -> pa.Table:
    """Every judgement ever, in the order in which they were given."""
    with closing(_open(pad)) as con:
        rijen = con.execute(f"SELECT volgnummer, {_NAMEN} FROM oordeel ORDER BY volgnummer").fetchall()
    return pa.Table.from_pylist([dict(zip(SCHEMA.names, _getypeerd(rij), strict=True)) for rij in rijen], SCHEMA)


SCHEMA = pa.schema([("volgnummer", pa.int64()), *((f.name, pa.string()) for f in fields(Oordeel))])
SCHEMA = SCHEMA.set(SCHEMA.get_field_index("omvang"), pa.field("omvang", pa.int64()))
SCHEMA = SCHEMA.set(SCHEMA.get_field_index("einddatum"), pa.field("einddatum", pa.date32()))
SCHEMA = SCHEMA.set(SCHEMA.get_field_index("moment"), pa.field("moment", pa.timestamp("s", tz="UTC")))
_NAMEN = ", ".join(f.name for f in fields(Oordeel))


def _getypeerd(rij: tuple) -> list:
    velden = dict(zip(SCHEMA.names, rij, strict=True))
    velden["moment"] = datetime.fromisoformat(velden["moment"])
    velden["einddatum"] = date.fromisoformat(velden["einddatum"]) if velden["einddatum"] else None
    return list(velden.values())


def _open(pad: Path) -> sqlite3.Connection:
    pad.parent.mkdir(parents=True, exist_ok=True)
    con = sqlite3.connect(pad, timeout=60)
    con.execute(_TABEL)
    return con
