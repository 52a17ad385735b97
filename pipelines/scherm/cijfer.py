"""One figure with how well it is known: zero, unknown, withheld, not computable and provisional stay apart.

Belongs here: the states, and the figure of a row or of a sum of rows. Does not belong here: which figures there are
(``metrieken``) and how they look (``blok``, ``grafiek``).
"""

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


def per_maand(df: pd.DataFrame, kolom: str, venster: list[date]) -> list[Cijfer]:
    """The figure of each month, a sum where a month has more rows. A month without rows is unknown."""
    if df.empty:
        return [Cijfer(None, ONBEKEND, False, m) for m in venster]
    dagen = pd.to_datetime(df["maand"]).dt.date
    return [som(df[dagen == m], kolom, m) for m in venster]


def som(df: pd.DataFrame, kolom: str, maand: date | None = None) -> Cijfer:
    """Sum over rows of which at least one is known; withheld where a part is withheld, provisional where a part is."""
    if df.empty:
        return Cijfer(None, ONBEKEND, False, maand)
    if afgeschermd(df, kolom).any():
        return Cijfer(None, AFGESCHERMD, False, maand)
    waarde = df[kolom].astype(float).sum(min_count=1)
    if pd.isna(waarde):
        return Cijfer(None, LEEG if df["geleverd"].any() else ONBEKEND, False, maand)
    return Cijfer(float(waarde), BEKEND, bool("status" in df and (df["status"] == "voorlopig").any()), maand)
