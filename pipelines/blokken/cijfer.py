"""One figure with how well it is known: zero, unknown, withheld, not computable and provisional stay apart.

Belongs here: the states, and the figure that stands in a row of a mart. Does not belong here: which figures there are
(``metrieken``) and how they look (``blok``, ``grafiek``).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

BEKEND, ONBEKEND, AFGESCHERMD, LEEG = "bekend", "onbekend", "afgeschermd", "leeg"
TOESTANDEN = {
    BEKEND: "bekend",
    ONBEKEND: "onbekend: niet geleverd",
    AFGESCHERMD: "afgeschermd: te klein of niet openbaar",
    LEEG: "niet van toepassing, of niet te berekenen",
}
TEKENS = {ONBEKEND: "?", AFGESCHERMD: "▒▒", LEEG: "n.v.t."}


@dataclass(frozen=True)
class Cijfer:
    """``waarde`` is filled in the state bekend alone. ``regios``: of a total, how many regions it rests on, and of how many."""

    waarde: float | None
    toestand: str
    voorlopig: bool = False
    maand: date | None = None
    regios: tuple[int, int] | None = None

    @property
    def bekend(self) -> bool:
        return self.toestand == BEKEND

    def van_regios(self) -> str:
        """`29 van 31` for a figure of more regions, else nothing."""
        return f"{self.regios[0]} van {self.regios[1]}" if self.regios and self.regios[1] > 1 else ""


def afgeschermd(df: pd.DataFrame, kolom: str) -> pd.Series:
    """Per row whether the figure of a column was withheld by disclosure control."""
    if "onderdrukte_kolommen" not in df:
        return pd.Series(False, index=df.index)
    return (" " + df["onderdrukte_kolommen"].fillna("").astype(str) + " ").str.contains(f" {kolom} ", regex=False)


def per_maand(rijen: Sequence[Mapping], kolom: str, venster: Sequence[date]) -> list[Cijfer]:
    """The figure of each month; one without a row is unknown."""
    van = {pd.Timestamp(r["maand"]).date(): r for r in rijen}
    return [cel(van.get(m), kolom, m) for m in venster]


def cel(rij: Mapping | None, kolom: str, maand: date | None = None) -> Cijfer:
    """The figure in a row of a mart or of its totals; without a row it is unknown."""
    if rij is None:
        return Cijfer(None, ONBEKEND, False, maand)
    if kolom in str(rij.get("onderdrukte_kolommen")).split():
        return Cijfer(None, AFGESCHERMD, False, maand)
    if not pd.isna(rij[kolom]):
        return Cijfer(float(rij[kolom]), BEKEND, rij.get("status") == "voorlopig", maand)
    geleverd = rij["geleverd"] if "geleverd" in rij else rij["regios_geleverd"] > 0
    return Cijfer(None, LEEG if geleverd else ONBEKEND, False, maand)
