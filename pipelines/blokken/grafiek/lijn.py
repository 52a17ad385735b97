"""Lines over months, with a norm and the interval of a model."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipelines.blokken import opmaak
from pipelines.blokken.cijfer import AFGESCHERMD, ONBEKEND, Cijfer
from pipelines.blokken.grafiek.letters import breedte_van
from pipelines.blokken.grafiek.svg import BLAUW, NORM, patronen, schrift, stukken, svg, tip, trap, verklaring
from pipelines.blokken.grafiek.tijdvlak import RECHTS, Tijdvlak


@dataclass(frozen=True)
class Reeks:
    """A line over months; a break where a figure is not known."""

    naam: str
    punten: Sequence[Cijfer]
    kleur: str = BLAUW
    streep: str = ""


@dataclass(frozen=True)
class Band:
    """An interval over months, for outcomes of a model."""

    laag: Sequence[float | None]
    hoog: Sequence[float | None]
    kleur: str


def lijn(
    reeksen: Sequence[Reeks],
    schrijf: Callable[[float], str],
    breedte: int,
    naam: str,
    sleutel: str,
    normen: Sequence[tuple[str, float]] = (),
    banden: Sequence[Band] = (),
    hoogte: int = 260,
) -> str:
    """Lines over months, with a legend above that also shows the dash of each line."""
    legenda, top = verklaring([(r.naam, r.kleur, r.streep) for r in reeksen], breedte)
    maanden = [p.maand for p in reeksen[0].punten]
    v = Tijdvlak(maanden, _treden(reeksen, normen, banden, schrijf), schrijf, breedte, top, hoogte)
    uit = [patronen(sleutel), legenda]
    uit += [v.arceer(i, f"{sleutel}-{soort}") for i in range(len(maanden)) if (soort := _niets_bekend(reeksen, i))]
    uit += [_band(band, v) for band in banden] + [v.assen()] + [_reeks(r, v.x, v.y) for r in reeksen]
    punten = [(v.x(i), v.y(p.waarde)) for r in reeksen for i, p in enumerate(r.punten) if p.bekend]
    uit += [_normlijn(tekst, v.y(waarde), punten, v.links, breedte - RECHTS) for tekst, waarde in normen]
    for i, m in enumerate(maanden):
        uit.append(v.wijs(i, [opmaak.maand(m), *(f"{r.naam}: {tip(r.punten[i], schrijf)}" for r in reeksen)]))
    return svg(breedte, top + hoogte + 6, naam, "".join(uit))


def _treden(
    reeksen: Sequence[Reeks],
    normen: Sequence[tuple[str, float]],
    banden: Sequence[Band],
    schrijf: Callable[[float], str],
) -> list[float]:
    """Round values from the lowest to the highest of all that is drawn, zero among them."""
    waarden = [0.0, *(p.waarde for r in reeksen for p in r.punten if p.bekend), *(w for _, w in normen)]
    waarden += [w for b in banden for w in b.hoog if w is not None]
    onder_nul = [-t for t in trap(-min(waarden), schrijf)[:0:-1]] if min(waarden) < 0 else []
    return onder_nul + trap(max(waarden), schrijf)


def _niets_bekend(reeksen: Sequence[Reeks], i: int) -> str | None:
    """Why a month shows no line at all; None where one is, or where there is nothing to know."""
    toestanden = {r.punten[i].toestand for r in reeksen}
    if any(r.punten[i].bekend for r in reeksen):
        return None
    return AFGESCHERMD if AFGESCHERMD in toestanden else ONBEKEND if ONBEKEND in toestanden else None


def _band(band: Band, v: Tijdvlak) -> str:
    heen = [(v.x(i), v.y(w)) for i, w in enumerate(band.hoog) if w is not None]
    terug = [(v.x(i), v.y(w)) for i, w in enumerate(band.laag) if w is not None][::-1]
    vorm = " ".join(f"{a:.1f},{b:.1f}" for a, b in heen + terug)
    return f'<polygon points="{vorm}" fill="{band.kleur}" opacity=".15"/>'


def _normlijn(tekst: str, y: float, punten: Sequence[tuple[float, float]], links: float, rechts: float) -> str:
    """A dotted line with its name, above or beneath it and at the end where the lines of the figures come least near."""

    lang = breedte_van(tekst, 12)

    def ruimte(plek: tuple[str, float]) -> float:
        van = links if plek[0] == "start" else rechts - lang
        onder = [abs(py - plek[1] + 4) for px, py in punten if van - 20 <= px <= van + lang + 20]
        return min([30.0, *onder])

    anker, hoogte = max([(anker, y + dy) for dy in (-4, 14) for anker in ("start", "end")], key=ruimte)
    x = links + 4 if anker == "start" else rechts - 4
    rand = 'font-size="12" paint-order="stroke" stroke="#fff" stroke-width="3"'
    return (
        f'<line x1="{links:.1f}" x2="{rechts}" y1="{y:.1f}" y2="{y:.1f}" stroke="{NORM}" stroke-width="1.5" '
        f'stroke-dasharray="1 3" stroke-linecap="round"/>{schrift(x, hoogte, tekst, anker, NORM, rand)}'
    )


def _reeks(r: Reeks, x: Callable, y: Callable) -> str:
    uit = []
    for stuk, voorlopig in stukken(r.punten):
        lijn_ = " ".join(f"{x(i):.1f},{y(r.punten[i].waarde):.1f}" for i in stuk)
        streep = "3 3" if voorlopig else r.streep
        uit.append(
            f'<polyline points="{lijn_}" fill="none" stroke="{r.kleur}" stroke-width="2.2" stroke-linejoin="round"'
            + (f' stroke-dasharray="{streep}"' if streep else "")
            + "/>"
        )
    for i, p in enumerate(r.punten):
        if p.bekend and (p.voorlopig or i == len(r.punten) - 1 or _alleen(r.punten, i)):
            vul = "#fff" if p.voorlopig else r.kleur
            uit.append(
                f'<circle cx="{x(i):.1f}" cy="{y(p.waarde):.1f}" r="3.2" fill="{vul}" stroke="{r.kleur}" stroke-width="1.8"/>'
            )
    return "".join(uit)


def _alleen(punten: Sequence[Cijfer], i: int) -> bool:
    return not any(0 <= j < len(punten) and punten[j].bekend for j in (i - 1, i + 1))
