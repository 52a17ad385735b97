"""One figure with how well it is known: zero, unknown, withheld, not computable and provisional stay apart.

Belongs here: the states, and the figure of a row or of a sum of rows (as records: a few rows are no work for pandas). Does not belong here: which figures there are
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
    LEEG: "niet te berekenen",
}
TEKENS = {ONBEKEND: "?", AFGESCHERMD: "▒▒", LEEG: "n.v.t."}


@dataclass(frozen=True)
class Cijfer:
    """``waarde`` is filled in the state bekend alone."""

    waarde: float | None
    toestand: str
    voorlopig: bool = False
    maand: date | None = None

    @property
    def bekend(self) -> bool:
        return self.toestand == BEKEND


def afgeschermd(df: pd.DataFrame, kolom: str) -> pd.Series:
    """Per row whether the figure of a column was withheld by disclosure control."""
    if "onderdrukte_kolommen" not in df:
        return pd.Series(False, index=df.index)
    return (" " + df["onderdrukte_kolommen"].fillna("").astype(str) + " ").str.contains(f" {kolom} ", regex=False)


def per_maand(rijen: Sequence[Mapping], kolom: str, venster: Sequence[date]) -> list[Cijfer]:
    """The figure of each month, a sum where a month has more rows. A month without rows is unknown."""
    van: dict[date, list[Mapping]] = {m: [] for m in venster}
    for r in rijen:
        van.get(pd.Timestamp(r["maand"]).date(), []).append(r)
    return [som(deel, kolom, m) for m, deel in van.items()]


def som(rijen: Sequence[Mapping], kolom: str, maand: date | None = None) -> Cijfer:
    """Sum over rows of which at least one is known; withheld where a part is withheld, provisional where a part is."""
    if any(kolom in str(r.get("onderdrukte_kolommen")).split() for r in rijen):
        return Cijfer(None, AFGESCHERMD, False, maand)
    bekend = [float(r[kolom]) for r in rijen if not pd.isna(r[kolom])]
    if bekend:
        return Cijfer(sum(bekend), BEKEND, any(r.get("status") == "voorlopig" for r in rijen), maand)
    return Cijfer(None, LEEG if any(r["geleverd"] for r in rijen) else ONBEKEND, False, maand)
