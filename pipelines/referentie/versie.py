"""A reference table and its next version: what would change, and the change itself.

Belongs here: comparing, writing at one go, and keeping what was. Does not belong here: where a table comes from.
"""

import csv
import hashlib
import io
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pipelines.fundament import schrijven, seeds


@dataclass(frozen=True)
class Verschil:
    """What a new version changes, by key: rows that come, rows that go, and of rows that stay the columns that change."""

    nieuw: dict[tuple, dict]
    vervallen: dict[tuple, dict]
    gewijzigd: dict[tuple, dict[str, tuple[str, str]]]

    def __bool__(self) -> bool:
        return bool(self.nieuw or self.vervallen or self.gewijzigd)


def lees(tabel: Path) -> list[dict[str, str]]:
    """The rows of a seed; none when it does not exist yet."""
    return seeds.rijen(tabel) if tabel.exists() else []


def vergelijk(oud: list[dict], nieuw: list[dict], sleutel: tuple[str, ...]) -> Verschil:
    """The difference between two versions of a table with this key."""
    was = {tuple(rij[naam] for naam in sleutel): rij for rij in oud}
    wordt = {tuple(rij[naam] for naam in sleutel): rij for rij in nieuw}
    gewijzigd = {}
    for plek in was.keys() & wordt.keys():
        kolommen = {
            naam: (was[plek].get(naam, ""), waarde)
            for naam, waarde in wordt[plek].items()
            if was[plek].get(naam, "") != waarde
        }
        if kolommen:
            gewijzigd[plek] = kolommen
    return Verschil(
        nieuw={plek: wordt[plek] for plek in wordt.keys() - was.keys()},
        vervallen={plek: was[plek] for plek in was.keys() - wordt.keys()},
        gewijzigd=gewijzigd,
    )


def pas_toe(tabel: Path, rijen: list[dict], archief: Path, bron: str) -> Path | None:
    """Replace the seed ``tabel`` at one go and keep both versions in ``archief``; None when nothing changes.

    The archive holds ``v001_<sha8>.csv``, .. and ``versies.csv`` (versie, moment, bron, sha256, rijen); the first version kept is
    what stood there before. Returns the file of the new version.
    """
    inhoud = _csv(rijen)
    if tabel.exists() and tabel.read_bytes() == inhoud:
        return None
    archief.mkdir(parents=True, exist_ok=True)
    if tabel.exists():
        _bewaar(archief, tabel.read_bytes(), "wat er stond")
    bewaard = _bewaar(archief, inhoud, bron)
    schrijven.schrijf(tabel, inhoud)
    return bewaard


def _bewaar(archief: Path, inhoud: bytes, bron: str) -> Path:
    lijst = archief / "versies.csv"
    versies = lees(lijst)
    sha256 = hashlib.sha256(inhoud).hexdigest()
    if versies and versies[-1]["sha256"] == sha256:
        return archief / versies[-1]["bestand"]
    bestand = archief / f"v{len(versies) + 1:03d}_{sha256[:8]}.csv"
    schrijven.schrijf(bestand, inhoud)
    rijen = len(list(csv.reader(io.StringIO(inhoud.decode())))) - 1
    schrijven.schrijf(
        lijst,
        _csv(
            [
                *versies,
                {
                    "versie": str(len(versies) + 1),
                    "bestand": bestand.name,
                    "moment": datetime.now(UTC).isoformat(timespec="seconds"),
                    "bron": bron,
                    "sha256": sha256,
                    "rijen": str(rijen),
                },
            ]
        ),
    )
    return bestand


def _csv(rijen: list[dict]) -> bytes:
    uit = io.StringIO()
    schrijver = csv.DictWriter(uit, list(rijen[0]), lineterminator="\n")
    schrijver.writeheader()
    schrijver.writerows(rijen)
    return uit.getvalue().encode()
