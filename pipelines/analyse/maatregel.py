"""A scenario file: the knobs that someone turns, read and judged by the published schema (``scenarios/scenario.schema.json``).

Belongs here: the form of a scenario, and what is told of a fault in it. Does not belong here: what a knob does (``behoefte``,
``model``). The schema is the one place where a knob has its name, its bounds and its meaning; docs/scenarios.md and the screens
take them from there.
"""

import difflib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from pipelines.analyse.aannames import aannames
from pipelines.fundament.nederlands import getal
from pipelines.settings import van_project

SCHEMA = van_project("scenarios") / "scenario.schema.json"
BASIS_NAAM = "basis"


class ScenarioFout(ValueError):
    """A scenario that cannot be used; the text names file and field, in Dutch."""


@dataclass(frozen=True)
class Maatregel:
    """One knob, for some or all cells, from some month on. Percentages are changes: -25 is a quarter less."""

    bron: str
    instroom_procent: float | None = None
    duur_procent: float | None = None
    uitgestelde_dagen_procent: float | None = None
    geweigerd_procent: float | None = None
    extra_plaatsen: int | None = None
    heropenen_procent: float | None = None
    wachtlijst_weken: float | None = None
    maanden: int | None = None
    regios: tuple[str, ...] | None = None
    clusters: tuple[str, ...] | None = None
    capaciteit_type: str | None = None
    vanaf_maand: int = 1

    @property
    def knop(self) -> str:
        return next(naam for naam in knoppen() if getattr(self, naam) is not None)

    @property
    def waarde(self) -> float:
        return float(getattr(self, self.knop))

    @property
    def in_woorden(self) -> str:
        """The measure as a reader meets it: what, how much, where, from when."""
        beschrijving = knoppen()[self.knop]
        teken = "+" if self.waarde > 0 and beschrijving["x-verandering"] else ""
        waar = [", ".join(namen) for namen in (self.clusters, self.regios) if namen]
        waar += (
            [{"bed": "bedden", "ambulante_plek": "ambulante plekken"}[self.capaciteit_type]]
            if self.capaciteit_type
            else []
        )
        binnen = f" binnen {self.maanden} maanden" if self.maanden else ""
        vanaf = f", vanaf maand {self.vanaf_maand}" if self.vanaf_maand > 1 else ""
        hoeveel = f"{teken}{getal(self.waarde, 0 if self.waarde.is_integer() else 1)}{beschrijving['x-eenheid']}"
        return f"{beschrijving['title']}: {hoeveel}{binnen}" + (f" ({'; '.join(waar)})" if waar else "") + vanaf


@dataclass(frozen=True)
class Scenario:
    """A scenario file. ``naam`` is its key in the tables of ``doorrekening``."""

    naam: str
    titel: str
    toelichting: str = ""
    seed: int = field(default_factory=lambda: aannames().seed)
    herhalingen: int = field(default_factory=lambda: aannames().herhalingen)
    definitie: str | None = None
    maatregelen: tuple[Maatregel, ...] = ()


BASIS = Scenario(BASIS_NAAM, "Ongewijzigd beleid", "De stand van nu, zonder maatregelen.")


@cache
def schema() -> dict[str, Any]:
    """The published schema."""
    return json.loads(SCHEMA.read_text(encoding="utf-8"))


@cache
def knoppen() -> dict[str, dict[str, Any]]:
    """Every knob with its part of the schema, in the order of the file."""
    velden = schema()["$defs"]["maatregel"]["properties"]
    return {naam: deel for naam, deel in velden.items() if "x-formule" in deel}


def lees_bestand(bestand: Path) -> Scenario:
    """Reads and judges one scenario file; raises ScenarioFout with every fault in it."""
    try:
        inhoud = yaml.safe_load(bestand.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as fout:
        raise ScenarioFout(f"{bestand}: niet te lezen ({fout})") from fout
    except yaml.YAMLError as fout:
        plek = getattr(fout, "problem_mark", None)
        waar = f" (regel {plek.line + 1})" if plek else ""
        raise ScenarioFout(
            f"{bestand}: geen geldige YAML{waar}; let op inspringen, dubbele punten en haakjes"
        ) from fout
    return maak(inhoud, str(bestand))


def maak(inhoud: Any, herkomst: str) -> Scenario:
    """The scenario of what a file holds; raises ScenarioFout with every fault, each beginning with ``herkomst``."""
    fouten = list(_fouten(inhoud))
    if isinstance(inhoud, dict) and inhoud.get("naam") == BASIS_NAAM:
        fouten.append(f"naam: {BASIS_NAAM!r} is het ongewijzigde beleid; kies een andere naam")
    if fouten:
        raise ScenarioFout("\n".join(f"{herkomst}: {fout}" for fout in fouten))
    maatregelen = tuple(
        Maatregel(**{naam: tuple(x) if isinstance(x, list) else x for naam, x in een.items()})
        for een in inhoud.get("maatregelen", [])
    )
    return Scenario(**{**inhoud, "maatregelen": maatregelen})


def als_inhoud(scenario: Scenario) -> dict[str, Any]:
    """What stands in the file of a scenario: the opposite of ``maak``."""

    def gevuld(x: Scenario | Maatregel) -> dict[str, Any]:
        return {
            v.name: list(w) if isinstance(w, tuple) else w
            for v in fields(x)
            if (w := getattr(x, v.name)) not in (None, "", ())
        }

    return gevuld(scenario) | {"maatregelen": [gevuld(m) for m in scenario.maatregelen]}


def _fouten(inhoud: Any) -> Iterator[str]:
    """Every fault as ``veld: what is wrong and what is right``, each once, in the order of the file."""
    from jsonschema import Draft202012Validator  # heavy: not at the import of a command

    gezien = set()
    for fout in sorted(Draft202012Validator(schema()).iter_errors(inhoud), key=lambda f: [str(x) for x in f.path]):
        for veld, melding in _meldingen(fout):
            plek = ".".join(x for x in (_veld(fout.path), veld) if x) or "bestand"
            if (plek, melding) not in gezien:
                gezien.add((plek, melding))
                yield f"{plek}: {melding}"


def _veld(pad) -> str:
    """maatregelen[2].duur_procent, with counting from 1 as people do."""
    return "".join(f"[{deel + 1}]" if isinstance(deel, int) else f".{deel}" for deel in pad).lstrip(".")


_SOORTEN = {
    "object": "moet een blok met velden zijn (veld: waarde)",
    "array": "moet een lijst zijn ([a, b], of regels met een streepje)",
    "string": "moet tekst zijn",
    "integer": "moet een geheel getal zijn",
    "number": "moet een getal zijn",
}
_GRENZEN = {
    "minimum": "moet ten minste {} zijn",
    "maximum": "mag ten hoogste {} zijn",
    "exclusiveMinimum": "moet groter zijn dan {}",
    "minLength": "moet ten minste {} tekens hebben",
    "minItems": "mag niet leeg zijn; laat het veld weg als het voor alles geldt",
}


def _meldingen(fout) -> Iterator[tuple[str, str]]:
    """The fields beneath the place of the fault, and what is told of each."""
    regel, eis, waarde = fout.validator, fout.validator_value, fout.instance
    nu = f" (staat er nu: {waarde!r})"
    if regel == "required":
        for naam in eis:
            if naam not in waarde:
                yield naam, f"ontbreekt; {_uitleg(fout.schema, naam)}"
    elif regel == "additionalProperties":
        bekend = list(fout.schema["properties"])
        for naam in waarde:
            if naam not in bekend:
                lijkt = difflib.get_close_matches(str(naam), bekend, 1, 0.8)
                raad = f"bedoelt u {lijkt[0]}?" if lijkt else f"kies uit {', '.join(bekend)}"
                yield str(naam), f"onbekend veld; {raad}"
    elif regel == "oneOf":
        if not isinstance(waarde, dict):  # said by its type already
            return
        aanwezig = [naam for naam in knoppen() if naam in waarde]
        staat = f"; er staan er nu {len(aanwezig)}: {', '.join(aanwezig)}" if aanwezig else ""
        yield "", f"geef precies één knop: {', '.join(knoppen())}{staat}"
    elif regel == "dependentRequired":
        for naam, erbij in eis.items():
            for ander in erbij:
                if naam in waarde and ander not in waarde:
                    yield ander, f"ontbreekt; hoort bij {naam}: {_uitleg(fout.schema, ander)}"
    elif regel == "type":
        yield "", (_SOORTEN[eis] + (nu if eis != "object" else ""))
    elif regel == "enum":
        yield "", f"onbekend; kies uit {', '.join(eis)}{nu}"
    elif regel == "pattern":
        yield "", f"{fout.schema['x-vorm']}{nu}"
    elif regel == "minItems":
        yield "", _GRENZEN[regel]
    else:
        yield "", _GRENZEN[regel].format(eis) + nu


def _uitleg(schema_: dict, naam: str) -> str:
    """The first sentence of what the schema says of a field."""
    return schema_["properties"][naam]["description"].split(". ")[0].rstrip(".")
