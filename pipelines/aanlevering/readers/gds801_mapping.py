"""The mapping files of berichtcode 573: one YAML per version of the message, found by its version.

Belongs here: turning a mapping file into what the reader walks with. Does not belong here: any element name or code value;
those stand in ``gds801_mapping_v*.yaml``, so that the official XSD or a new version is a change of data.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

MAP = Path(__file__).parent


@dataclass(frozen=True)
class Knoop:
    """What an element means to its class: the field it fills, the list it is an item of, and what lies below it."""

    veld: str | None = None
    aanwezig: bool = False
    lijst: str | None = None
    onder: dict[str, "Knoop"] | None = None


@dataclass(frozen=True)
class Mapping:
    """One version of the message; ``klassen`` holds a tree of `Knoop` per class, by local element name."""

    berichtcode: str
    versie: tuple[int, int]
    begindatum_voor: str
    prestatiecodelijst: str
    paden: dict[str, str]
    klassen: dict[str, dict[str, Knoop]]
    waarden: dict[str, dict[str, str]]
    codes: dict
    regels: dict[str, dict[str, str]]

    def bomen(self, naamruimte: str | None) -> dict[str, dict[str, Knoop]]:
        """The trees by the tags that lxml gives: elements of ``naamruimte``, and elements of none."""
        return {klasse: _met_naamruimte(boom, naamruimte) for klasse, boom in self.klassen.items()}


@cache
def mappings() -> dict[tuple[int, int], Mapping]:
    """All versions of the message that have a mapping file."""
    gelezen = (_mapping(bestand) for bestand in sorted(MAP.glob("gds801_mapping_v*.yaml")))
    return {mapping.versie: mapping for mapping in gelezen}


def _mapping(bestand: Path) -> Mapping:
    ruw = yaml.safe_load(bestand.read_text(encoding="utf-8"))
    return Mapping(
        berichtcode=ruw["berichtcode"],
        versie=tuple(ruw["versie"]),
        begindatum_voor=ruw["begindatum_voor"].isoformat(),
        prestatiecodelijst=ruw["prestatiecodelijst"],
        paden={naam: klasse["pad"] for naam, klasse in ruw["klassen"].items()},
        klassen={naam: _boom(klasse) for naam, klasse in ruw["klassen"].items()},
        waarden=ruw["waarden"],
        codes={naam: waarde.isoformat() if hasattr(waarde, "isoformat") else waarde for naam, waarde in ruw["codes"].items()},
        regels=ruw["regels"],
    )


def _boom(klasse: dict) -> dict[str, Knoop]:
    boom: dict[str, Knoop] = {}
    for veld, plek in klasse.get("velden", {}).items():
        paden = [plek["pad"]] if isinstance(plek["pad"], str) else plek["pad"]
        for pad in paden:
            _hang(boom, pad.split("/"), veld=veld, aanwezig=plek.get("aanwezig", False))
    for lijst, onderdeel in klasse.get("lijsten", {}).items():
        _hang(boom, onderdeel["pad"].split("/"), lijst=lijst, onder=_boom(onderdeel))
    return boom


def _hang(boom: dict[str, Knoop], pad: list[str], **wat) -> None:
    """Hang a leaf in the tree; a path through an element that already means something keeps that meaning."""
    naam, rest = pad[0], pad[1:]
    knoop = boom.get(naam, Knoop())
    if rest:
        onder = dict(knoop.onder or {})
        _hang(onder, rest, **wat)
        wat = {"onder": onder}
    boom[naam] = Knoop(**{**vars(knoop), **wat})


def _met_naamruimte(boom: dict[str, Knoop], naamruimte: str | None) -> dict[str, Knoop]:
    uit = {}
    for naam, knoop in boom.items():
        onder = _met_naamruimte(knoop.onder, naamruimte) if knoop.onder else None
        uit[naam] = Knoop(knoop.veld, knoop.aanwezig, knoop.lijst, onder)
        if naamruimte:
            uit[f"{{{naamruimte}}}{naam}"] = uit[naam]
    return uit
