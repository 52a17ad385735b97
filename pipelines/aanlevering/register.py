"""The register of deliveries: every file ever seen, with its verdict (spec 4.2). One small SQLite file, safe against a kill.

Belongs here: what was delivered. Does not belong here: which version is active and which row is a duplicate; those follow from
all deliveries together, and dbt works them out.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path

_SCHEMA = """
CREATE TABLE IF NOT EXISTS levering (
  bestand TEXT, sha256 TEXT, pad TEXT, bron TEXT, maand TEXT, iza_regio TEXT, leverancier TEXT, versie INTEGER,
  code TEXT, toelichting TEXT, rijen_gelezen INTEGER, rijen_met_code INTEGER, moment TEXT, regels TEXT, sleutel TEXT,
  gemengde_decimalen TEXT,
  PRIMARY KEY (bestand, sha256)
);
CREATE TABLE IF NOT EXISTS gezien (pad TEXT PRIMARY KEY, grootte INTEGER, gewijzigd INTEGER, sha256 TEXT);
CREATE TABLE IF NOT EXISTS storing (pad TEXT PRIMARY KEY, reden TEXT, moment TEXT);
CREATE TABLE IF NOT EXISTS intrekking (
  volgnummer INTEGER PRIMARY KEY AUTOINCREMENT, bestand TEXT, sha256 TEXT, ingetrokken INTEGER, auteur TEXT, reden TEXT, moment TEXT
);
"""


@dataclass(frozen=True)
class Levering:
    """A delivery as registered; ``code`` None means taken in. ``regels`` is the hash of the rules that judged it.

    ``sleutel`` is the version of the key that its BSNs were read with: "" without one, None where it can hold no BSN.
    ``gemengde_decimalen``: columns with decimals of both kinds. ``ingetrokken``: why it no longer counts; kept apart, and only read.
    """

    bestand: str
    sha256: str
    pad: str
    bron: str | None = None
    maand: str | None = None
    iza_regio: str | None = None
    leverancier: str | None = None
    versie: int | None = None
    code: str | None = None
    toelichting: str | None = None
    rijen_gelezen: int = 0
    rijen_met_code: int = 0
    moment: str | None = None
    regels: str | None = None
    sleutel: str | None = None
    gemengde_decimalen: str | None = None
    ingetrokken: str | None = None

    @property
    def gelezen_met(self) -> str | None:
        """All that its rows depend on beside its content; None where nothing could be read."""
        return self.regels and f"{self.regels} {self.sleutel or ''}".strip()


def porties(leveringen: Iterable[Levering], rijen: int) -> Iterator[list[Levering]]:
    """The deliveries in portions of no more than so many rows read, or one delivery."""
    portie, samen = [], 0
    for levering in leveringen:
        if portie and samen + levering.rijen_gelezen > rijen:
            yield portie
            portie, samen = [], 0
        portie.append(levering)
        samen += levering.rijen_gelezen
    if portie:
        yield portie


class Register:
    """Open with ``with``; every ``schrijf`` is one transaction."""

    def __init__(self, pad: Path):
        pad.parent.mkdir(parents=True, exist_ok=True)
        self._con = sqlite3.connect(pad, timeout=60)
        # a killed process loses nothing; a power cut at worst the last deliveries, which the next run takes in again
        self._con.executescript("PRAGMA journal_mode = wal; PRAGMA synchronous = normal;" + _SCHEMA)
        bekend = {naam for _, naam, *_ in self._con.execute("PRAGMA table_info(levering)")}
        for veld in set(_VELDEN) - bekend:  # a register outlives the code that made it
            self._con.execute(f"ALTER TABLE levering ADD COLUMN {veld}")

    def __enter__(self) -> "Register":
        return self

    def __exit__(self, *_fout) -> None:
        self._con.close()

    def leveringen(self, bron: str | None = None) -> list[Levering]:
        """All deliveries, or those of one bron, in order of file name and content."""
        waar, waarden = ("WHERE bron = ?", [bron]) if bron else ("", [])
        with closing(
            self._con.execute(f"SELECT {_NAMEN}, {_INGETROKKEN} FROM levering {waar} ORDER BY bestand, sha256", waarden)
        ) as rijen:
            return [Levering(*rij) for rij in rijen]

    def schrijf(self, levering: Levering) -> None:
        """Registers the delivery; the same file with the same content again takes the place of its earlier verdict."""
        with self._con:
            self._con.execute(
                f"INSERT OR REPLACE INTO levering ({_NAMEN}) VALUES ({', '.join('?' * len(_VELDEN))})",
                [getattr(levering, veld) for veld in _VELDEN],
            )

    def trek_in(self, levering: Levering, auteur: str, reden: str) -> None:
        """From now on the delivery does not count; its rows and its verdict stay. The reason is kept, whatever comes after."""
        self._zet(levering, True, auteur, reden)

    def herstel(self, levering: Levering, auteur: str, reden: str) -> None:
        """A withdrawn delivery counts again."""
        self._zet(levering, False, auteur, reden)

    def _zet(self, levering: Levering, ingetrokken: bool, auteur: str, reden: str) -> None:
        waarden = [
            levering.bestand,
            levering.sha256,
            ingetrokken,
            auteur,
            reden,
            datetime.now(UTC).isoformat(timespec="seconds"),
        ]
        with self._con:
            self._con.execute(
                "INSERT INTO intrekking (bestand, sha256, ingetrokken, auteur, reden, moment) VALUES (?, ?, ?, ?, ?, ?)",
                waarden,
            )

    def storingen(self) -> dict[str, str]:
        """Files that could not be read for a reason of ours (path and reason); each is tried again at every run."""
        return dict(self._con.execute("SELECT pad, reden FROM storing ORDER BY pad").fetchall())

    def meld_storing(self, pad: str, reden: str) -> None:
        with self._con:
            moment = datetime.now(UTC).isoformat(timespec="seconds")
            self._con.execute("INSERT OR REPLACE INTO storing VALUES (?, ?, ?)", [pad, reden, moment])

    def wis_storing(self, pad: str) -> None:
        with self._con:
            self._con.execute("DELETE FROM storing WHERE pad = ?", [pad])

    def gezien(self) -> dict[str, tuple[int, int, str]]:
        """Per path below landing: size in bytes, modification time in ns, and the sha256 of that state."""
        with closing(self._con.execute("SELECT pad, grootte, gewijzigd, sha256 FROM gezien")) as rijen:
            return {pad: (grootte, gewijzigd, sha) for pad, grootte, gewijzigd, sha in rijen}

    def onthoud(self, pad: str, grootte: int, gewijzigd: int, sha256: str) -> None:
        with self._con:
            self._con.execute("INSERT OR REPLACE INTO gezien VALUES (?, ?, ?, ?)", [pad, grootte, gewijzigd, sha256])


_VELDEN = [f.name for f in fields(Levering) if f.name != "ingetrokken"]
_NAMEN = ", ".join(_VELDEN)
_INGETROKKEN = """(
  SELECT CASE WHEN i.ingetrokken THEN i.reden || ' (' || i.auteur || ', ' || substr(i.moment, 1, 10) || ')' END
  FROM intrekking AS i WHERE i.bestand = levering.bestand AND i.sha256 = levering.sha256 ORDER BY i.volgnummer DESC LIMIT 1
)"""
