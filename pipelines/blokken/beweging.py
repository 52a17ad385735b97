"""Whether a change is more than a figure usually moves from month to month, and what is counted over a quarter.

Belongs here: what marts.regelgrens and marts.kwartaalcijfer say of a figure, and the words for it. Does not belong here: where the limits
lie (dbt).
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from pipelines.blokken.gegevens import Gegevens
from pipelines.blokken.metrieken import Metriek

_WOORDEN = {
    1: "▲ hoger dan gewoonlijk",
    -1: "▼ lager dan gewoonlijk",
    0: "gewone beweging",
    None: "te kort bekend om te zeggen",
}


@lru_cache(maxsize=64)
def _oordelen(g: Gegevens, regio: str, maand: date) -> dict[tuple[str, str], int]:
    df = g.tabel("regelgrens", iza_regio=regio, maand=maand)
    df = df[df["oordeel"].notna()] if len(df) else df
    return {(r["code"], r["cluster"]): int(r["oordeel"]) for r in df.to_dict("records")}


def oordeel(g: Gegevens, code: str, regio: str, cluster: str, maand: date) -> int | None:
    """1 above the limits in which the figure usually moves, -1 below them, 0 between; None where too few months are known to say."""
    return _oordelen(g, regio, maand).get((code, cluster))


def verslechterde(g: Gegevens, m: Metriek, regio: str, cluster: str, maand: date, verschil: float) -> bool:
    """Whether a figure changed for the worse, to where it usually does not come."""
    buiten = oordeel(g, m.code, regio, cluster, maand)
    return bool(buiten) and buiten == m.richting and verschil != 0 and (verschil > 0) == (m.richting > 0)


def koers(g: Gegevens, code: str, regio: str, cluster: str, maand: date) -> str:
    """Where a figure is beside the months before, in words."""
    return _WOORDEN[oordeel(g, code, regio, cluster, maand)]


@dataclass(frozen=True)
class Kwartaalcijfer:
    """The sum of three months. ``verschil``: with the three before, over regions and suppliers that are at both ends."""

    waarde: float
    regios: int
    verschil: float | None


@lru_cache(maxsize=64)
def kwartaalcijfers(g: Gegevens, regio: str, maand: date) -> dict[tuple[str, str], Kwartaalcijfer]:
    """By metric and cluster, of the three months up to and including ``maand``; only where all three are known."""
    df = g.tabel("kwartaalcijfer", iza_regio=regio, maand=maand)
    rijen = df.astype({"verschil": object}).where(df.notna(), None).to_dict("records") if len(df) else []
    return {(r["code"], r["cluster"]): Kwartaalcijfer(r["waarde"], int(r["regios"]), r["verschil"]) for r in rijen}
