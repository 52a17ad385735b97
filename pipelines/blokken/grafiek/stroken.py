"""Strips: on each a figure of all regions as dots, with a few of them named, the country and the middle half."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.blokken.grafiek.letters import breedte_van, pas_in
from pipelines.blokken.grafiek.svg import BLAUW, GRIJS, INKT, KLEUREN, LICHT, LIJN, NORM, TRAP, schrift, svg
from pipelines.blokken.opmaak import h

RIJ, STREEP, RAND = 48, 20, 8
KLEIN = 'font-size="12"'


@dataclass(frozen=True)
class Punt:
    """A region (or the country) on a strip: its name, value, and the value as it is written."""

    naam: str
    waarde: float
    tekst: str


@dataclass(frozen=True)
class Strook:
    """``eigen`` first and largest, with its interval ``marge``; ``buren`` by their place in the legend; ``anderen`` as small dots;
    ``half``: from the first to the third quartile."""

    naam: str
    achter: str
    eigen: Punt | None
    marge: tuple[float, float] | None
    buren: Sequence[Punt | None]
    land: Punt | None
    anderen: Sequence[Punt]
    half: tuple[float, float] | None
    norm: Punt | None


def stroken(rijen: Sequence[Strook], eigen: str, buren: Sequence[str], breedte: int, naam: str) -> str:
    """A strip for each figure, each on a scale of its own from zero; the legend names the signs."""
    legenda, top = _legenda(eigen, buren, breedte, any(r.norm for r in rijen))
    uit = [legenda]
    for i, rij in enumerate(rijen):
        uit.append(f'<g transform="translate(0 {top + i * RIJ})">{_strook(rij, breedte)}</g>')
    return svg(breedte, top + len(rijen) * RIJ + 4, naam, "".join(uit))


def _teken(soort: int, x: float, y: float) -> str:
    """The sign of a neighbour: told apart by shape as well as colour."""
    kleur = KLEUREN[1 + soort % (len(KLEUREN) - 1)]
    vormen = (
        f'<path d="M{x:.1f} {y - 6:.1f}l6 6l-6 6l-6 -6z"',
        f'<path d="M{x - 5:.1f} {y - 5:.1f}h10v10h-10z"',
        f'<path d="M{x:.1f} {y - 6:.1f}l6.5 11h-13z"',
        f'<path d="M{x:.1f} {y + 6:.1f}l6.5 -11h-13z"',
    )
    return f'{vormen[soort % len(vormen)]} fill="{kleur}" stroke="#fff" stroke-width="1"/>'


def _legenda(eigen: str, buren: Sequence[str], breedte: float, met_norm: bool) -> tuple[str, float]:
    delen = [(eigen, lambda x, y: _eigen(x, y))]
    delen += [(buur, lambda x, y, i=i: _teken(i, x, y)) for i, buur in enumerate(buren)]
    delen += [
        ("Nederland", lambda x, y: _land(x, y - 8, y + 8)),
        ("andere regio", lambda x, y: _stip(x, y)),
        (
            "middelste helft",
            lambda x, y: f'<rect x="{x - 7:.1f}" y="{y - 6:.1f}" width="14" height="12" fill="{TRAP[1]}"/>',
        ),
    ]
    if met_norm:
        delen.append(("norm", lambda x, y: _norm(x, y - 8, y + 8)))
    uit, x, y = [], 10.0, 12.0
    for tekst, teken in delen:
        lengte = 28 + breedte_van(tekst)
        if x + lengte > breedte and x > 10:
            x, y = 10.0, y + 20
        uit.append(teken(x, y) + schrift(x + 12, y + 4.5, tekst))
        x += lengte
    return "".join(uit), y + 14


def _strook(r: Strook, breedte: float) -> str:
    alle = [p for p in (r.eigen, *r.buren, r.land, r.norm, *r.anderen) if p]
    hoog = max([p.waarde for p in alle] + ([r.marge[1]] if r.marge else []), default=0) or 1
    laag = min([p.waarde for p in alle], default=0)
    laag, midden = min(laag, 0), RIJ - 14
    x = lambda w: RAND + (w - laag) / (hoog - laag) * (breedte - 2 * RAND)  # noqa: E731
    rechts = breedte - breedte_van(r.achter, 12) - 6
    uit = [
        f'<line x1="0" x2="{breedte}" y1="0" y2="0" stroke="{LIJN}"/>',
        schrift(0, 15, pas_in(r.naam, rechts, True), extra='font-weight="700"'),
        schrift(breedte, 15, r.achter, "end", GRIJS, KLEIN),
        f'<rect x="{RAND}" y="{midden - STREEP / 2}" width="{breedte - 2 * RAND}" height="{STREEP}" fill="{LICHT}"/>',
    ]
    if r.half:
        van, tot = x(r.half[0]), x(r.half[1])
        uit.append(
            f'<rect x="{van:.1f}" y="{midden - STREEP / 2}" width="{max(tot - van, 1):.1f}" height="{STREEP}" fill="{TRAP[1]}"/>'
        )
    if r.norm:
        uit.append(_wijs(r.norm, _norm(x(r.norm.waarde), midden - 12, midden + 12)))
    uit += [_wijs(p, _stip(x(p.waarde), midden)) for p in r.anderen]
    if r.land:
        uit.append(_wijs(r.land, _land(x(r.land.waarde), midden - 12, midden + 12)))
    uit += [_wijs(p, _teken(i, x(p.waarde), midden)) for i, p in enumerate(r.buren) if p]
    if r.eigen:
        marge = ""
        if r.marge:
            marge = f'<line x1="{x(r.marge[0]):.1f}" x2="{x(r.marge[1]):.1f}" y1="{midden}" y2="{midden}" stroke="{BLAUW}" stroke-width="2"/>'
        uit.append(_wijs(r.eigen, marge + _eigen(x(r.eigen.waarde), midden)))
    return "".join(uit)


def _wijs(p: Punt, vorm: str) -> str:
    return f'<g data-tip="{h(f"{p.naam}: {p.tekst}")}">{vorm}</g>'


def _stip(x: float, y: float) -> str:
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.2" fill="{GRIJS}" fill-opacity=".55"/>'


def _eigen(x: float, y: float) -> str:
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="6.5" fill="{BLAUW}" stroke="#fff" stroke-width="1.5"/>'


def _norm(x: float, van: float, tot: float) -> str:
    lijn = 'stroke-width="2" stroke-dasharray="1 3" stroke-linecap="round"'
    return f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{van:.1f}" y2="{tot:.1f}" stroke="{NORM}" {lijn}/>'


def _land(x: float, van: float, tot: float) -> str:
    return f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{van:.1f}" y2="{tot:.1f}" stroke="{INKT}" stroke-width="3"/>'
