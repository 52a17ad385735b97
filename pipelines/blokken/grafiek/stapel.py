"""Stacked columns by month."""

from collections.abc import Callable, Sequence

from pipelines.blokken import opmaak
from pipelines.blokken.cijfer import AFGESCHERMD, ONBEKEND, Cijfer
from pipelines.blokken.grafiek.svg import VULLING, patronen, svg, tip, trap, verklaring
from pipelines.blokken.grafiek.tijdvlak import Tijdvlak

KOLOM = 0.74  # of the width of a month


def stapel(
    maanden: Sequence,
    lagen: Sequence[tuple[str, Sequence[Cijfer]]],
    samen: Sequence[Cijfer],
    schrijf: Callable[[float], str],
    breedte: int,
    naam: str,
    sleutel: str,
    hoogte: int = 260,
) -> str:
    """Stacked columns by month; ``samen`` is the figure of the whole column, or why there is none."""
    legenda, top = verklaring([(n, _kleur(j), None) for j, (n, _) in enumerate(lagen)], breedte)
    treden = trap(max([0.0, *(c.waarde for c in samen if c.bekend)]), schrijf)
    v = Tijdvlak(maanden, treden, schrijf, breedte, top, hoogte)
    uit = [patronen(sleutel), legenda, v.assen()]
    for i, m in enumerate(maanden):
        bekend = [(j, laag, punten[i].waarde) for j, (laag, punten) in enumerate(lagen) if punten[i].bekend]
        uit.append(_kolom(v, i, [(j, w) for j, _, w in bekend]))
        if samen[i].toestand in (ONBEKEND, AFGESCHERMD):
            uit.append(v.arceer(i, f"{sleutel}-{samen[i].toestand}", KOLOM))
        regels = [f"{laag}: {schrijf(w)}" for _, laag, w in bekend]
        uit.append(v.wijs(i, [opmaak.maand(m), *regels, f"Samen: {tip(samen[i], schrijf)}"]))
    return svg(breedte, top + hoogte + 4, naam, "".join(uit))


def _kleur(j: int) -> str:
    return VULLING[j % len(VULLING)]


def _kolom(v: Tijdvlak, i: int, delen: Sequence[tuple[int, float]]) -> str:
    """The parts of a month on top of each other, each with the number of its layer."""
    uit, onder, breed = [], 0.0, v.stap * KOLOM
    for j, w in delen:
        if w > 0:
            uit.append(
                f'<rect x="{v.x(i) - breed / 2:.1f}" y="{v.y(onder + w):.1f}" width="{breed:.1f}" '
                f'height="{v.y(onder) - v.y(onder + w):.1f}" fill="{_kleur(j)}" stroke="#fff" stroke-width=".8"/>'
            )
        onder += w
    return "".join(uit)
