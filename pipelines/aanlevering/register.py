"""The register of deliveries: every file ever seen, with its verdict (spec 4.2). One small SQLite file, safe against a kill.

Belongs here: what was delivered. Does not belong here: which version is active and which row is a duplicate; those follow from
all deliveries together, and dbt works them out.
"""

import sqlite3
from contextlib import closing
from dataclasses import asdict, dataclass, fields
from pathlib import Path

_SCHEMA = """
CREATE TABLE IF NOT EXISTS levering (
  bestand TEXT, sha256 TEXT, pad TEXT, bron TEXT, maand TEXT, iza_regio TEXT, leverancier TEXT, versie INTEGER,
  code TEXT, toelichting TEXT, rijen_gelezen INTEGER, rijen_met_code INTEGER, moment TEXT, regels TEXT, sleutel TEXT,
  PRIMARY KEY (bestand, sha256)
);
CREATE TABLE IF NOT EXISTS gezien (pad TEXT PRIMARY KEY, grootte INTEGER, gewijzigd INTEGER, sha256 TEXT);
"""


@dataclass(frozen=True)
class Levering:
    """A delivery as registered; ``code`` None means taken in. ``regels`` is the hash of the rules that judged it.

    ``sleutel`` is the version of the key that its BSNs were read with: "" without one, None where it can hold no BSN.
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

    @property
    def gelezen_met(self) -> str | None:
        """All that its rows depend on beside its content; None where nothing could be read."""
        return self.regels and f"{self.regels} {self.sleutel or ''}".strip()


class Register:
    """Open with ``with``; every ``schrijf`` is one transaction."""

    def __init__(self, pad: Path):
        pad.parent.mkdir(parents=True, exist_ok=True)
        self._con = sqlite3.connect(pad, timeout=60)
        # a killed process loses nothing; a power cut at worst the last deliveries, which the next run takes in again
        self._con.executescript("PRAGMA journal_mode = wal; PRAGMA synchronous = normal;" + _SCHEMA)
        bekend = {naam for _, naam, *_ in self._con.execute("PRAGMA table_info(levering)")}
        for veld in {f.name for f in fields(Levering)} - bekend:  # a register outlives the code that made it
            self._con.execute(f"ALTER TABLE levering ADD COLUMN {veld}")

    def __enter__(self) -> "Register":
        return self

    def __exit__(self, *_fout) -> None:
        self._con.close()

    def leveringen(self, bron: str | None = None) -> list[Levering]:
        """All deliveries, or those of one bron, in order of file name and content."""
        waar, waarden = ("WHERE bron = ?", [bron]) if bron else ("", [])
        with closing(
            self._con.execute(f"SELECT {_NAMEN} FROM levering {waar} ORDER BY bestand, sha256", waarden)
        ) as rijen:
            return [Levering(*rij) for rij in rijen]

    def schrijf(self, levering: Levering) -> None:
        """Registers the delivery; the same file with the same content again takes the place of its earlier verdict."""
        with self._con:
            self._con.execute(
                f"INSERT OR REPLACE INTO levering ({_NAMEN}) VALUES ({', '.join('?' * len(fields(Levering)))})",
                list(asdict(levering).values()),
            )

    def gezien(self) -> dict[str, tuple[int, int, str]]:
        """Per path below landing: size in bytes, modification time in ns, and the sha256 of that state."""
        with closing(self._con.execute("SELECT pad, grootte, gewijzigd, sha256 FROM gezien")) as rijen:
            return {pad: (grootte, gewijzigd, sha) for pad, grootte, gewijzigd, sha in rijen}

    def onthoud(self, pad: str, grootte: int, gewijzigd: int, sha256: str) -> None:
        with self._con:
            self._con.execute("INSERT OR REPLACE INTO gezien VALUES (?, ?, ?, ?)", [pad, grootte, gewijzigd, sha256])


_NAMEN = ", ".join(f.name for f in fields(Levering))
