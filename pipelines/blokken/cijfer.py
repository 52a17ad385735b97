"""One figure with how well it is known: zero, unknown, withheld, not computable and provisional stay apart.

Belongs here: the states, and the figure that stands in a row of a mart. Does not belong here: which figures there are
(``metrieken``) and how they look (``blok``, ``grafiek``).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from pipelines.fundament import nederlands

BEKEND, ONBEKEND, AFGESCHERMD, LEEG = "bekend", "onbekend", "afgeschermd", "leeg"
NOG_NIET, AANLOOP = "nog_niet", "aanloop"
TOESTANDEN = {
    BEKEND: "bekend",
    ONBEKEND: "onbekend: niet geleverd",
    AFGESCHERMD: "afgeschermd: te klein of niet openbaar",
    LEEG: "niet van toepassing, of niet te berekenen",
    NOG_NIET: "nog niet te bepalen",
    AANLOOP: "niet te bepalen: begin van de reeks, wie al in zorg was lijkt in te stromen",
}
TEKENS = {ONBEKEND: "?", AFGESCHERMD: "▒▒", LEEG: "n.v.t.", NOG_NIET: "nog niet", AANLOOP: "begin"}
WACHT_OP = {"uitstroom_bepaald": NOG_NIET, "not aanloop": AANLOOP}
"""What a figure is where the condition of its metric (seeds/metriek.csv) is not met."""


@dataclass(frozen=True)
class Cijfer:
    """``waarde`` is filled in the state bekend alone. ``regios``: of a total, how many regions it rests on, and of how many.
    ``vanaf``: of what cannot be told yet, the month of the claims that will tell it. ``waarom``: why there is no figure, where the
    state alone does not say it."""

    waarde: float | None
    toestand: str
    voorlopig: bool = False
    maand: date | None = None
    regios: tuple[int, int] | None = None
    vanaf: date | None = None
    waarom: str = ""

    @property
    def bekend(self) -> bool:
        return self.toestand == BEKEND

    def van_regios(self) -> str:
        """`29 van 31` for a figure of more regions, else nothing."""
        return f"{self.regios[0]} van {self.regios[1]}" if self.regios and self.regios[1] > 1 else ""


def uitleg(c: Cijfer) -> str:
    """Why there is no figure, in words."""
    if c.waarom and not c.bekend:
        return c.waarom
    vanaf = f", vanaf de declaraties van {nederlands.maand(c.vanaf)}" if c.toestand == NOG_NIET and c.vanaf else ""
    return f"{TOESTANDEN[c.toestand]}{vanaf}"


def geldt(voorwaarde: str, rij: Mapping) -> bool:
    """Whether the condition of a metric holds in a row: a column, or ``not`` and a column."""
    if not voorwaarde:
        return True
    *niet, kolom = voorwaarde.split()
    return bool(rij[kolom]) != bool(niet)


def afgeschermd(df: pd.DataFrame, kolom: str) -> pd.Series:
    """Per row whether the figure of a column was withheld by disclosure control."""
    if "onderdrukte_kolommen" not in df:
        return pd.Series(False, index=df.index)
    return (" " + df["onderdrukte_kolommen"].fillna("").astype(str) + " ").str.contains(f" {kolom} ", regex=False)


def per_maand(rijen: Sequence[Mapping], kolom: str, venster: Sequence[date]) -> list[Cijfer]:
    """The figure of each month; one without a row is unknown."""
    van = {pd.Timestamp(r["maand"]).date(): r for r in rijen}
    return [cel(van.get(m), kolom, m) for m in venster]


def cel(rij: Mapping | None, kolom: str, maand: date | None = None, voorwaarde: str = "") -> Cijfer:
    """The figure in a row of a mart or of its totals; without a row it is unknown. ``voorwaarde``: that of its metric."""
    if rij is None:
        return Cijfer(None, ONBEKEND, False, maand)
    if kolom in str(rij.get("onderdrukte_kolommen")).split():
        return Cijfer(None, AFGESCHERMD, False, maand)
    if not pd.isna(rij[kolom]) and not geldt(voorwaarde, rij):
        vanaf = pd.Timestamp(rij["uitstroom_bepaald_vanaf"]).date()
        return Cijfer(None, WACHT_OP[voorwaarde], False, maand, vanaf=vanaf)
    if not pd.isna(rij[kolom]):
        return Cijfer(float(rij[kolom]), BEKEND, rij.get("status") == "voorlopig", maand)
    # a mart without either has rows only where something was delivered
    geleverd = rij["geleverd"] if "geleverd" in rij else rij.get("regios_geleverd", 1) > 0
    return Cijfer(None, LEEG if geleverd else ONBEKEND, False, maand)
