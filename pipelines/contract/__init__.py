"""What a delivery must be: one YAML per bron here, its rules on values in ``expectations/``, and the models that read both.

Belongs here: columns, types, what is required, what is erased at the door, and what each column means. Does not belong here: code lists, bounds and
contradictions (``expectations/``, so that a steward can change them), nor how a file is read (``aanlevering/readers``).
"""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

from pipelines.contract.typen import TYPEN, Celtype
from pipelines.fundament.nederlands import getal
from pipelines.settings import van_project

MAP = Path(__file__).parent
VERWACHTINGEN = van_project("expectations")


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Kolom(_Model):
    """A column of a delivery: its form (A02, A06), whether it must be filled (A01), and its meaning."""

    naam: str
    kop: str = Field(description="name in the header of the delivery; the column's own name unless said otherwise")
    type: Literal[*TYPEN]
    verplicht: bool = False
    maximaal: int | None = Field(None, description="longest text, in characters")
    eenheid: str | None = None
    betekenis: str
    leeg_bij: tuple[str, ...] = Field((), description="texts that mean: not known")
    waar_bij: str | None = Field(None, description="for a vlag: the text that makes it true")
    bsn_toegestaan: bool = Field(False, description="a BSN may stand here and becomes a pseudonym at the door")

    @property
    def celtype(self) -> Celtype:
        return TYPEN[self.type]


class Regel(_Model):
    """An expectation of Great Expectations (``type``, ``kwargs``) that refuses a row which breaks it (spec 1.7).

    Two executions come from it: the refusal (``aanlevering.keuring``) and the suite (``kwaliteit.verwachting``). A rule on the
    ``vorm`` of a cell, or on whether it is filled, is about its text; any other about its value, which is NULL where the cell is missing or
    ill-formed: an empty cell breaks no bound. SQL in ``als`` and ``fout_als`` is on the values of the row (``rij``),
    ``aanlevermaand_eind`` (its last day) and ``uit_bericht`` (from a 573 message).
    """

    naam: str
    type: str
    kolom: str
    code: Literal["A01", "A02", "A03", "A05", "A06"]
    uitleg: str
    kwargs: dict = {}
    vorm: bool = Field(False, description="it asks whether a filled cell has the form of its column")
    als: str | None = Field(None, description="SQL condition on the rows that it is about; unknown is no")
    fout_als: str | None = Field(
        None, description="SQL condition under which the row is wrong: for unexpected_rows_expectation"
    )

    @property
    def lijst(self) -> str | None:
        """The table of ``seeds/`` whose column of the same name holds the values of a set, where it is no list of its own."""
        waarden = self.kwargs.get("value_set")
        return waarden.removeprefix("referentie.") if isinstance(waarden, str) else None

    def gevraagd(self, kolommen: Iterable[str]) -> list[str]:
        """Of these columns those that ``fout_als`` asks about: where one is ill-formed the rule says nothing of the row."""
        return [k for k in kolommen if re.search(rf"\b{k}\b", self.fout_als or "")]


class Wissing(_Model):
    """A value that an accepted row loses at the door (a W code of spec 1.7): of ``kolom``, where ``als`` (SQL on ``rij``) holds.

    The store says so in a column of its own, ``merk``.
    """

    kolom: str
    als: str
    code: Literal["W02"]
    uitleg: str

    @property
    def merk(self) -> str:
        return f"{self.kolom}_gewist"


class Versheid(_Model):
    """Days since the last delivery after which a source without a rhythm asks for attention, and is out of date."""

    aandacht: int
    verouderd: int


class Contract(_Model):
    """The contract of one bron: what it is, its columns, every rule that refuses a row, and what an accepted row loses."""

    bron: str
    naam: str = Field(description="in words, as a screen shows it")
    omschrijving: str
    korrel: str = Field(description="what a row is")
    met: str | None = Field(None, description="the source in whose folder it lies and with which it is taken in")
    regio: str | None = Field(None, description="the one region code of a national source")
    leverancier: str | None = Field(None, description="the one supplier of a national source")
    verplicht: bool = Field(
        False, description="every region owes it, and its months are months of the figures (spec 3)"
    )
    ritme: Literal["maandelijks", "vrij"] = Field(
        description="maandelijks: who delivered once owes every month; vrij: nothing is owed"
    )
    vers_dagen: Versheid | None = None
    vanaf: str = Field(pattern=TYPEN["maand"].patroon, description="first month that Dagster has a partition for")
    formaten: tuple[str, ...]
    sleutel: tuple[str, ...]
    uniek_binnen: Literal["leverancier", "bestand"] | None = Field(
        None, description="where its key is unique; in all active deliveries unless said otherwise"
    )
    credit_uit_bericht: tuple[str, ...] = Field((), description="all that a C row from a 573 message must have filled")
    rij_als_gevuld: str | None = Field(None, description="header of the cell without which a row is no data")
    maten: dict[Literal["personen", "plaatsen", "euro"], str] = Field(
        {}, description="SQL of what a row adds to the figures, by which a change of rules is weighed"
    )
    kolommen: tuple[Kolom, ...]
    regels: tuple[Regel, ...]
    wissen: tuple[Wissing, ...] = ()

    @property
    def map(self) -> str:
        """The folder of the landing area in which its files lie."""
        return self.met or self.bron

    @property
    def codelijsten(self) -> list[str]:
        """The tables of ``seeds/`` that its rules look things up in."""
        return sorted(
            {r.lijst for r in self.regels if r.lijst}
            | set(_REFERENTIE.findall(" ".join(r.fout_als or "" for r in self.regels)))
        )

    @property
    def verplichte_koppen(self) -> list[str]:
        return [k.kop for k in self.kolommen if k.verplicht]


_REFERENTIE = re.compile(r"\breferentie\.(\w+)")


def bronnen() -> list[str]:
    """All sources that have a contract."""
    return sorted(p.stem for p in MAP.glob("*.yaml"))


def mappen() -> list[str]:
    """The sources with a folder in landing of their own, and so an intake of their own."""
    return [bron for bron in bronnen() if lees(bron).met is None]


def samen_met(bron: str) -> list[str]:
    """``bron`` and the sources that are taken in with it."""
    return [bron, *(b for b in bronnen() if lees(b).met == bron)]


@cache
def lees(bron: str) -> Contract:
    """The contract of ``bron`` with the rules of its suite in ``expectations/``; ValidationError names what is off."""
    return met_suite(bron, VERWACHTINGEN / f"{bron}.yaml")


def met_suite(bron: str, pad: Path) -> Contract:
    """The contract of ``bron`` with the rules of the suite at ``pad``, as a steward tries them before they count."""
    ruw = yaml.safe_load((MAP / f"{bron}.yaml").read_text(encoding="utf-8"))
    kolommen = [Kolom(naam=naam, **{"kop": naam, **velden}) for naam, velden in ruw.pop("kolommen").items()]
    credit = ruw.get("credit_uit_bericht", ())
    suite = yaml.safe_load(pad.read_text(encoding="utf-8"))
    vorm = [r for k in kolommen for r in _vormregels(k, vrij=bool(credit) and k.naam not in credit)]
    regels = [OVERTOLLIG, *vorm, *(_regel(r) for r in suite["expectations"])]
    return Contract(**ruw, kolommen=kolommen, regels=regels)


OVERTOLLIG = Regel(
    naam="cel_na_laatste_kolom",
    type="expect_column_values_to_be_null",
    kolom="",
    kwargs={"column": ""},
    code="A02",
    uitleg="de rij heeft geen gevulde cel na de laatste kolom",
    vorm=True,
)


def _vormregels(kolom: Kolom, vrij: bool) -> list[Regel]:
    """What follows from the contract itself: a required cell is filled, and a cell has the form of its type.

    ``vrij``: a C row from a 573 message takes this column from its D row, and need not have it.
    """
    if kolom.type == "vlag":
        return []
    regels = []
    if kolom.verplicht:
        regels.append(
            Regel(
                naam=f"{kolom.naam}_verplicht",
                type=GEVULD,
                kolom=kolom.naam,
                kwargs={"column": kolom.naam},
                code="A01",
                uitleg=f"{kolom.kop} is verplicht",
                als="NOT coalesce(uit_bericht AND debet_credit = 'C', false)" if vrij else None,
            )
        )
    soort, kwargs = _vorm(kolom)
    regels.append(
        Regel(
            naam=f"{kolom.naam}_vorm",
            type=soort,
            kolom=kolom.naam,
            kwargs={"column": kolom.naam, **kwargs},
            code=kolom.celtype.code,
            uitleg=f"{kolom.kop} heeft de vorm van {kolom.celtype.woorden}",
            vorm=True,
        )
    )
    return regels


def _vorm(kolom: Kolom) -> tuple[str, dict]:
    """The expectation on the text of a cell that says whether it has the form of its column."""
    celtype = kolom.celtype
    if celtype.patroon is None:
        lengte = {"min_value": 1} | ({"max_value": kolom.maximaal} if kolom.maximaal else {})
        return "expect_column_value_lengths_to_be_between", lengte
    if celtype.patroon_volstaat:
        return "expect_column_values_to_match_regex", {"regex": f"^(?:{celtype.patroon})$"}
    return GEVULD, {}  # of the value, where there is a text: not every text that fits is a day or an amount


GEVULD = "expect_column_values_to_not_be_null"


def _regel(ruw: dict) -> Regel:
    kwargs = ruw.get("kwargs", {})
    kolom = kwargs.get("column", kwargs.get("column_A"))
    naam = f"{kolom}_{ruw['type'].removeprefix('expect_column_values_to_be_')}"
    woorden = {"uitleg": _grenzen(kolom, kwargs)} if ruw["type"] == TUSSEN and "uitleg" not in ruw else {}
    return Regel(**{"naam": naam, "kolom": kolom, **woorden, **ruw})


TUSSEN = "expect_column_values_to_be_between"


def _grenzen(kolom: str, kwargs: dict) -> str:
    """The bounds of a column in words, from the bounds themselves: a text beside them would stay behind when they change."""
    laag, hoog = (None if kwargs.get(k) is None else getal(kwargs[k]) for k in ("min_value", "max_value"))
    if laag is None or hoog is None:
        return f"{kolom} is ten minste {laag}" if hoog is None else f"{kolom} is ten hoogste {hoog}"
    return f"{kolom} ligt van {laag} tot en met {hoog}"
