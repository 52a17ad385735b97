"""What a delivery must be: one YAML per bron here, its rules on values in ``expectations/``, and the models that read both.

Belongs here: columns, types, what is required, what is erased at the door, and what each column means. Does not belong here: code lists, bounds and
contradictions (``expectations/``, so that a steward can change them), nor how a file is read (``aanlevering/readers``).
"""

import re
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

from pipelines.contract.typen import TYPEN, Celtype
from pipelines.settings import PROJECT

MAP = Path(__file__).parent
VERWACHTINGEN = PROJECT / "expectations"


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
    """A Great Expectations expectation that refuses a row (spec 1.7).

    ``fout_als`` is a SQL condition on the typed row (``rij``) that makes it wrong, or None for an expectation of Great
    Expectations' own (``type`` and ``kwargs``), which is then translated. The row has the columns of the contract, NULL where
    missing or ill-formed, ``vormfout`` (list of ill-formed columns), ``aanlevermaand_eind`` (its last day) and ``uit_bericht`` (from a 573 message).
    """

    naam: str
    type: str
    kolom: str
    code: Literal["A01", "A02", "A03", "A05", "A06"]
    uitleg: str
    kwargs: dict = {}
    fout_als: str | None = None


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
        return sorted(set(_REFERENTIE.findall(" ".join(r.fout_als or "" for r in self.regels))))

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
    ruw = yaml.safe_load((MAP / f"{bron}.yaml").read_text(encoding="utf-8"))
    kolommen = [Kolom(naam=naam, **{"kop": naam, **velden}) for naam, velden in ruw.pop("kolommen").items()]
    credit = ruw.get("credit_uit_bericht", ())
    suite = yaml.safe_load((VERWACHTINGEN / f"{bron}.yaml").read_text(encoding="utf-8"))
    vorm = [r for k in kolommen for r in _vormregels(k, vrij=bool(credit) and k.naam not in credit)]
    regels = [OVERTOLLIG, *vorm, *(_regel(r) for r in suite["expectations"])]
    return Contract(**ruw, kolommen=kolommen, regels=regels)


OVERTOLLIG = Regel(
    naam="cel_na_laatste_kolom",
    type="unexpected_rows_expectation",
    kolom="",
    code="A02",
    uitleg="de rij heeft geen gevulde cel na de laatste kolom",
    fout_als="coalesce(list_contains(vormfout, ''), false)",
)


def _vormregels(kolom: Kolom, vrij: bool) -> list[Regel]:
    """What follows from the contract itself: a required cell is filled, and a cell has the form of its type.

    ``vrij``: a C row from a 573 message takes this column from its D row, and need not have it.
    """
    vorm = f"coalesce(list_contains(vormfout, '{kolom.naam}'), false)"
    if kolom.type == "vlag":
        return []
    regels = []
    if kolom.verplicht:
        uitzondering = " AND NOT coalesce(uit_bericht AND debet_credit = 'C', false)" if vrij else ""
        regels.append(
            Regel(
                naam=f"{kolom.naam}_verplicht",
                type="unexpected_rows_expectation",
                kolom=kolom.naam,
                code="A01",
                uitleg=f"{kolom.kop} is verplicht",
                fout_als=f'"{kolom.naam}" IS NULL AND NOT {vorm}{uitzondering}',
            )
        )
    regels.append(
        Regel(
            naam=f"{kolom.naam}_vorm",
            type="unexpected_rows_expectation",
            kolom=kolom.naam,
            code=kolom.celtype.code,
            uitleg=f"{kolom.kop} heeft de vorm van {kolom.celtype.woorden}",
            fout_als=vorm,
        )
    )
    return regels


def _regel(ruw: dict) -> Regel:
    kwargs = ruw.get("kwargs", {})
    return Regel(
        **{
            "naam": ruw.get("naam") or f"{kwargs['column']}_{ruw['type'].removeprefix('expect_column_values_to_be_')}",
            "kolom": kwargs.get("column"),
            **ruw,
        }
    )
