"""The mapping files of berichtcode 573: one YAML per version of the message, found by its version.

Belongs here: turning a mapping file into what the reader walks with. Does not belong here: any element name or code value;
those stand in ``gds801_mapping_v*.yaml``, so that the official XSD or a new version is a change of data.
"""

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import yaml

MAP = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Knoop:
    """What an element means: a class that begins, an item of a list, a field that is filled, and what lies below it."""

    klasse: str | None = None
    lijst: str | None = None
    veld: str | None = None
    aanwezig: bool = False
    onder: dict[str, "Knoop"] | None = None
    klassen: frozenset[str] = frozenset()
    """Of the classes right below it the names in lower case, without a namespace."""


@dataclass(frozen=True)
class Mapping:
    """One version of the message; ``boom`` is the message from its root element down, by local element name."""

    berichtcode: str
    versie: tuple[int, int]
    begindatum_voor: str
    prestatiecodelijst: str
    wortel: str
    boom: Knoop
    waarden: dict[str, dict[str, str]]
    codes: dict

    def in_naamruimte(self, voorvoegsel: str) -> Knoop:
        """The tree by the names that the parser gives: with ``voorvoegsel`` (the namespace of the message), or without any."""
        return _met_voorvoegsel(self.boom, voorvoegsel)


@cache
def mappings() -> dict[tuple[int, int], Mapping]:
    """All versions of the message that have a mapping file."""
    gelezen = (_mapping(bestand) for bestand in sorted(MAP.glob("gds801_mapping_v*.yaml")))
    return {mapping.versie: mapping for mapping in gelezen}


def _mapping(bestand: Path) -> Mapping:
    ruw = yaml.safe_load(bestand.read_text(encoding="utf-8"))
    boom: dict[str, Knoop] = {}
    for naam, klasse in ruw["klassen"].items():
        pad = klasse["pad"].split("/")
        _hang(boom, pad, klasse=naam)
        for veld, plek in klasse.get("velden", {}).items():
            _hang_veld(boom, pad, veld, plek)
        for lijst, onderdeel in klasse.get("lijsten", {}).items():
            item = pad + onderdeel["pad"].split("/")
            _hang(boom, item, lijst=lijst)
            for veld, plek in onderdeel["velden"].items():
                _hang_veld(boom, item, veld, plek)
    return Mapping(
        berichtcode=ruw["berichtcode"],
        versie=tuple(ruw["versie"]),
        begindatum_voor=ruw["begindatum_voor"].isoformat(),
        prestatiecodelijst=ruw["prestatiecodelijst"],
        wortel=ruw["wortel"],
        boom=Knoop(onder=boom),
        waarden=ruw["waarden"],
        codes={
            naam: waarde.isoformat() if hasattr(waarde, "isoformat") else waarde
            for naam, waarde in ruw["codes"].items()
        },
    )


def _hang_veld(boom: dict[str, Knoop], basis: list[str], veld: str, plek: dict) -> None:
    for pad in [plek["pad"]] if isinstance(plek["pad"], str) else plek["pad"]:
        _hang(boom, basis + pad.split("/"), veld=veld, aanwezig=plek.get("aanwezig", False))


def _hang(boom: dict[str, Knoop], pad: list[str], **wat) -> None:
    """Say what the element at the end of ``pad`` means; one that means something already keeps that too."""
    naam, rest = pad[0], pad[1:]
    knoop = boom.get(naam, Knoop())
    if rest:
        onder = dict(knoop.onder or {})
        _hang(onder, rest, **wat)
        wat = {"onder": onder}
    boom[naam] = replace(knoop, **wat)


def _met_voorvoegsel(knoop: Knoop, voorvoegsel: str) -> Knoop:
    onder = {}
    for naam, kind in (knoop.onder or {}).items():
        onder[naam] = onder[voorvoegsel + naam] = _met_voorvoegsel(kind, voorvoegsel)
    klassen = frozenset(naam.lower() for naam, kind in (knoop.onder or {}).items() if kind.klasse)
    return replace(knoop, onder=onder, klassen=klassen)
