"""Bands between columns of names: where people came from and went to."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.blokken import opmaak
from pipelines.blokken.grafiek.letters import kort
from pipelines.blokken.grafiek.svg import GRIJS, schrift, svg
from pipelines.blokken.opmaak import h


@dataclass(frozen=True)
class Stroom:
    """A band of a Sankey diagram, from a name in one column to a name in a later one."""

    van: str
    naar: str
    aantal: float


def sankey(
    kolommen: Sequence[Sequence[str]],
    stromen: Sequence[Stroom],
    breedte: int,
    naam: str,
    kleuren: dict[str, str],
    aantallen: dict[str, float],
) -> str:
    """Bands between two or more columns of nodes; a node without any band is left out. Width of a band is its number;
    ``aantallen``: the number that is written with a node, where one is."""
    stromen = [s for s in stromen if s.aantal > 0]
    som = {
        k: max(sum(s.aantal for s in stromen if s.van == k), sum(s.aantal for s in stromen if s.naar == k))
        for kol in kolommen
        for k in kol
    }
    kolommen = [[k for k in kol if som[k] > 0] for kol in kolommen]
    if not any(kolommen):
        return svg(breedte, 40, naam, schrift(4, 24, "Geen stromen in deze periode.", kleur=GRIJS))
    met_aantal = lambda n: f"{n} {opmaak.getal(aantallen[n])}" if n in aantallen else n  # noqa: E731
    gat, hoogte, balk = 16, max(300, 46 * max(map(len, kolommen))), 12
    smal = breedte < 500
    schaal = min((hoogte - gat * (len(k) - 1)) / max(sum(som[n] for n in k), 1e-9) for k in kolommen if k)
    marge = 8
    stap = (breedte - balk - 2 * marge) / (len(kolommen) - 1)
    plekken = {}
    for i, kol in enumerate(kolommen):
        x = marge + i * stap
        y = 10 + (hoogte - sum(som[n] for n in kol) * schaal - gat * (len(kol) - 1)) / 2
        for n in kol:
            plekken[n] = [x, y, y, y]
            y += som[n] * schaal + gat
    uit = []
    for s in sorted(stromen, key=lambda s: (_rang(kolommen, s.van), _rang(kolommen, s.naar))):
        dikte = s.aantal * schaal
        (x0, _, _, y0), (x1, _, y1, _) = plekken[s.van], plekken[s.naar]
        plekken[s.van][3] += dikte
        plekken[s.naar][2] += dikte
        x0 += balk
        m = (x0 + x1) / 2
        pad = f"M{x0:.1f},{y0:.1f} C{m:.1f},{y0:.1f} {m:.1f},{y1:.1f} {x1:.1f},{y1:.1f} v{dikte:.2f} C{m:.1f},{y1 + dikte:.1f} {m:.1f},{y0 + dikte:.1f} {x0:.1f},{y0 + dikte:.1f} z"
        kleur = kleuren.get(s.van) or kleuren.get(s.naar, GRIJS)  # a band has the colour of its cluster
        uit.append(
            f'<path d="{pad}" fill="{kleur}" opacity=".38" data-tip="{h(f"{s.van} → {s.naar}: {opmaak.getal(s.aantal)}")}"/>'
        )
    for kolom, kol in enumerate(kolommen):
        for n in kol:
            x, y = plekken[n][0], plekken[n][1]
            uit.append(
                f'<rect x="{x:.1f}" y="{y:.1f}" width="{balk}" height="{max(som[n] * schaal, 1):.1f}" fill="{kleuren.get(n, GRIJS)}" data-tip="{h(met_aantal(n))}"/>'
            )
            anker, tx = ("end", x - 5) if kolom == len(kolommen) - 1 else ("start", x + balk + 5)
            # names in the middle stand at the top of their node, so that they do not run into those on the right
            midden = 0 < kolom < len(kolommen) - 1
            ty = max(y + min(som[n] * schaal / 2 + 4, 16 if midden else math.inf), 12)
            rand = 'paint-order="stroke" stroke="#fff" stroke-width="4" stroke-linejoin="round"'
            tekst = kort(met_aantal(n)) if smal else met_aantal(n)
            uit.append(schrift(tx, ty, tekst, anker, extra=rand + (' font-size="12"' if smal else "")))
    return svg(breedte, hoogte + 20, naam, "".join(uit))


def _rang(kolommen: Sequence[Sequence[str]], naam: str) -> tuple[int, int]:
    return next((i, kol.index(naam)) for i, kol in enumerate(kolommen) if naam in kol)
