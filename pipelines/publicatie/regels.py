"""The rules of publication, read from ``seeds/publicatie_*.csv``: what a steward can change without code.

A column without a rule is not public, a table without one is not published: a new mart stays inside until somebody has said
what it counts. ``publiek``: J everybody, N the landelijke tafel and the own region, geen nobody.
"""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from pipelines.fundament import seeds

TOTAAL = "_totaal"
KOPPELINGEN = ("deel_van", "valt_met")
TOEN = ".toen"
"""Behind the name of a column in a relation: that of the month before, all else equal."""
REGIOS = ("regios_geleverd", "regios")


@dataclass(frozen=True)
class Kolom:
    """``soort``: telling (protected count), afgeleid (withheld with its ``basis``), vrij (no persons in it). One with soort geen
    is not public, and not in here."""

    naam: str
    soort: str
    basis: tuple[str, ...]
    totaal: bool
    decimalen: int | None


@dataclass(frozen=True)
class Verband:
    """A relation that every reader knows; see the column ``soort`` of publicatie_verband.csv.

    With a table of its own (``deel_van capaciteit_maand``) it is one with a figure of another public table: what is part of a
    figure that is withheld is withheld with it.
    """

    soort: str
    links: str
    rechts: str
    gevonden: bool = field(default=False, compare=False)
    """Nobody listed it: it counts where it holds, for there a reader who trusts it is right."""

    @property
    def andere_tabel(self) -> str | None:
        soort, *rest = self.soort.split()
        return rest[0] if soort in KOPPELINGEN else None

    @property
    def telt_op(self) -> bool:
        """Whether its columns add up to the figure of the other table; else they only follow from it."""
        return self.soort.startswith("deel_van ")

    @property
    def opties(self) -> dict[str, str]:
        """Which rows of the other table: a value per column, and ``venster``: so many months up to and including its own."""
        return dict(optie.split("=") for optie in self.soort.split()[2:]) if self.andere_tabel else {}


@dataclass(frozen=True)
class Tabel:
    """One mart: key, own region columns, whether it is in the public version, over which dimensions it has totals (the mart
    `<naam>_totaal`), and the sources whose deliveries decide its figures. ``geweigerd``: relations that hold and that the audit leaves out,
    each with a reason in publicatie_verband_geweigerd.csv."""

    naam: str
    sleutel: tuple[str, ...]
    eigen_regio: tuple[str, ...]
    publiek: bool
    totalen: tuple[str, ...]
    bronnen: frozenset[str]
    reden: str
    kolommen: tuple[Kolom, ...] = ()
    verbanden: tuple[Verband, ...] = ()
    geweigerd: tuple[Verband, ...] = ()

    @property
    def naam_totaal(self) -> str:
        return f"{self.naam}{TOTAAL}"

    @property
    def totaalkolommen(self) -> list[str]:
        """What the public version shows of the totals: the key, the columns that have one, and how many regions they rest on."""
        return [*self.sleutel, *(k.naam for k in self.kolommen if k.totaal), *REGIOS]

    @property
    def berust_op(self) -> set[str]:
        """The public tables that it gives parts of; they are protected first."""
        return {v.andere_tabel for v in self.verbanden if v.andere_tabel}

    def van_soort(self, soort: str) -> list[str]:
        return [k.naam for k in self.kolommen if k.soort == soort]


@dataclass(frozen=True)
class Zicht:
    """Who sees a table on the screens where no publication says so: ``regio`` (rows of which a column of ``eigen_regio`` is the own
    region, and who sees all), ``tafels`` (every tafel, all rows: it holds no figure), ``landelijk`` (who sees all), ``steward``,
    ``niemand``."""

    wie: str
    eigen_regio: tuple[str, ...]


@dataclass(frozen=True)
class Totaal:
    """Label of a total over a dimension (`NL`, `zes_clusters`), what it adds up (empty: every value that is no total), and how
    dear it is to withhold it."""

    waarde: str
    delen: tuple[str, ...]
    kosten: float


@dataclass(frozen=True)
class Regels:
    """``tabellen``: what is published. ``blijft_binnen``: marts that nobody gets, and why."""

    tabellen: dict[str, Tabel] = field(default_factory=dict)
    blijft_binnen: dict[str, str] = field(default_factory=dict)
    totalen: dict[str, tuple[Totaal, ...]] = field(default_factory=dict)
    zicht: dict[str, Zicht] = field(default_factory=dict)

    @property
    def publiek(self) -> list[Tabel]:
        return [t for t in self.tabellen.values() if t.publiek]


@cache
def lees(map_: Path = seeds.MAP) -> Regels:
    kolommen, verbanden = seeds.rijen(map_ / "publicatie_kolom.csv"), seeds.rijen(map_ / "publicatie_verband.csv")
    geweigerd = seeds.rijen(map_ / "publicatie_verband_geweigerd.csv")
    tabellen, binnen, zicht = {}, {}, {}
    for r in seeds.rijen(map_ / "publicatie_tabel.csv"):
        zicht[r["tabel"]] = _zicht(r)
        if r["publiek"] == "geen":
            binnen[r["tabel"]] = r["reden"]
            continue
        tabellen[r["tabel"]] = Tabel(
            r["tabel"],
            tuple(r["sleutel"].split()),
            tuple(r["eigen_regio"].split()),
            r["publiek"] == "J",
            tuple(r["totalen"].split()),
            frozenset(r["bronnen"].split()),
            r["reden"],
            tuple(
                Kolom(k["kolom"], k["soort"], tuple(k["basis"].split()), k["totaal"] == "J", _getal(k["decimalen"]))
                for k in kolommen
                if k["tabel"] == r["tabel"] and k["soort"] != "geen"
            ),
            *(
                tuple(Verband(v["soort"], v["links"], v["rechts"]) for v in rijen if v["tabel"] == r["tabel"])
                for rijen in (verbanden, geweigerd)
            ),
        )
    totalen: dict[str, tuple[Totaal, ...]] = {}
    for r in seeds.rijen(map_ / "publicatie_totaal.csv"):
        totaal = Totaal(r["waarde"], tuple(r["delen"].split()), float(r["kosten"]))
        totalen[r["dimensie"]] = (*totalen.get(r["dimensie"], ()), totaal)
    return Regels(tabellen, binnen, totalen, zicht)


def _zicht(r: dict[str, str]) -> Zicht:
    """As the row says; without a word whoever the publication is for, and of what is in none nobody."""
    eigen = tuple(r["eigen_regio"].split())
    gewoon = "niemand" if r["publiek"] == "geen" else "regio" if eigen else "landelijk"
    return Zicht(r["zicht"] or gewoon, eigen)


def _getal(tekst: str) -> int | None:
    return int(tekst) if tekst else None
