"""Who a finding is of: a row of ``<GGZ_DATA>/eigenaren.csv`` (iza_regio, bron, eigenaar, contact), or else the steward.

Belongs here: reading that file and finding the row. Does not belong here: telling the owner.
"""

from dataclasses import dataclass
from pathlib import Path

from pipelines.fundament import seeds
from pipelines.settings import Instellingen

KOLOMMEN = ("iza_regio", "bron", "eigenaar", "contact")


class EigenaarFout(ValueError):
    """The file cannot be used; the message says why."""


@dataclass(frozen=True)
class Eigenaar:
    naam: str = "steward"
    contact: str = ""


def pad(instellingen: Instellingen) -> Path:
    return instellingen.data / "eigenaren.csv"


def lees(bestand: Path) -> list[dict[str, str]]:
    """The rows of the file, none where there is no file; ``EigenaarFout`` where one lacks a column or an owner."""
    if not bestand.exists():
        return []
    try:
        rijen = seeds.rijen(bestand)
    except (OSError, UnicodeDecodeError) as fout:
        raise EigenaarFout(f"{bestand} is niet te lezen; bewaar het als csv in UTF-8") from fout
    for nummer, rij in enumerate(rijen, start=2):
        if any(rij.get(k) is None for k in KOLOMMEN) or not rij["eigenaar"].strip():
            raise EigenaarFout(
                f"{bestand}, regel {nummer}: geef elke regel {', '.join(KOLOMMEN)} (komma's ertussen), met een eigenaar"
            )
    return rijen


def van(bevinding: dict, rijen: list[dict[str, str]]) -> Eigenaar:
    """The owner by the first row that fits; an empty region or bron fits all."""
    for rij in rijen:
        if all(not rij[k].strip() or rij[k].strip() == bevinding[k] for k in ("iza_regio", "bron")):
            return Eigenaar(rij["eigenaar"].strip(), rij["contact"].strip())
    return Eigenaar()
