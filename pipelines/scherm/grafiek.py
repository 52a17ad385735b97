"""Charts as SVG text: the same drawing on the screen, on paper, as PNG and in the quarterly report.

Belongs here: shapes, axes, colours and how zero, unknown, withheld and provisional look. Does not belong here: which figures
are drawn, and HTML around a drawing (``blok``).

Colours are those of Okabe and Ito, told apart by the colour-blind, and never the only sign: series differ in dash, unknown is
hatched, withheld is dotted, provisional is dashed and hollow. An element with ``data-tip`` shows that text on hover and focus.
"""

import json
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from pipelines.fundament.nederlands import MAANDEN_KORT
from pipelines.scherm import opmaak
from pipelines.scherm.cijfer import AFGESCHERMD, ONBEKEND, TOESTANDEN, Cijfer
from pipelines.scherm.opmaak import h

INKT, GRIJS, LICHT, LIJN = "#1b2a38", "#55636f", "#eef2f5", "#d5dde3"
BLAUW, NORM = "#01689b", "#9c3000"
KLEUREN = ("#01689b", "#b35900", "#00755a", "#8a3f74", "#4d4d4d", "#2f6f9f")
VULLING = ("#01689b", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#8c8c8c", "#d55e00")
STREPEN = ("", "7 3", "2 3", "9 3 2 3", "4 2", "12 4")
TRAP = ("#deebf3", "#a9cfe4", "#63a6cb", "#1f78a9", "#0b4a70")
LETTER = "'Source Sans', 'Source Sans 3', 'Source Sans Pro', Arial, sans-serif"


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


def _svg(breedte: float, hoogte: float, naam: str, inhoud: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {breedte:g} {hoogte:g}" width="{breedte:g}" '
        f'height="{hoogte:g}" role="img" aria-label="{h(naam)}" font-family="{h(LETTER)}" font-size="13" fill="{INKT}">'
        f"{inhoud}</svg>"
    )


def _patronen(sleutel: str) -> str:
    """Hatching for unknown and dots for withheld, under ids of their own per drawing."""
    return (
        f'<defs><pattern id="{sleutel}-onbekend" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<rect width="7" height="7" fill="#fff"/><rect width="2" height="7" fill="#9aa5ae"/></pattern>'
        f'<pattern id="{sleutel}-afgeschermd" width="6" height="6" patternUnits="userSpaceOnUse">'
        f'<rect width="6" height="6" fill="#fff"/><circle cx="3" cy="3" r="1.6" fill="#55636f"/></pattern>'
        f'<pattern id="{sleutel}-voorlopig" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">'
        f'<rect width="2" height="8" fill="#fff" fill-opacity=".75"/></pattern></defs>'
    )


def _tekst(x: float, y: float, tekst: str, anker: str = "start", kleur: str = INKT, extra: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anker}" fill="{kleur}" {extra}>{h(tekst)}</text>'


def _trap(hoogste: float, schrijf: Callable[[float], str], stappen: int = 4) -> list[float]:
    """Round values from 0 to at least ``hoogste``; whole numbers where figures are written as such."""
    if hoogste <= 0:
        return [0, 1]
    ruw, heel = hoogste / stappen, schrijf(0.5) in (schrijf(0), schrijf(1))
    macht = 10 ** math.floor(math.log10(ruw))
    mooi = (s * macht for s in (1, 2, 2.5, 5, 10))
    stap = next(s for s in mooi if s >= ruw - 1e-12 and (not heel or s == int(s) or s < 1))
    stap = max(stap, 1) if heel else stap
    return [i * stap for i in range(math.ceil(hoogste / stap - 1e-9) + 1)]


def tip(c: Cijfer, schrijf: Callable[[float], str]) -> str:
    """A figure in words: the value, or why there is none, and whether it may still change."""
    if not c.bekend:
        return TOESTANDEN[c.toestand]
    return schrijf(c.waarde) + (" (voorlopig)" if c.voorlopig else "")


def _stukken(punten: Sequence[Cijfer]) -> list[tuple[list[int], bool]]:
    """Runs of known neighbours, apart for definitive and provisional; neighbours share the point where they meet."""
    stukken = []
    for i in range(len(punten) - 1):
        a, b = punten[i], punten[i + 1]
        if not (a.bekend and b.bekend):
            continue
        voorlopig = b.voorlopig
        if stukken and stukken[-1][0][-1] == i and stukken[-1][1] == voorlopig:
            stukken[-1][0].append(i + 1)
        else:
            stukken.append(([i, i + 1], voorlopig))
    return stukken


def vonk(punten: Sequence[Cijfer], breedte: int = 92, hoogte: int = 26, kleur: str = BLAUW) -> str:
    """A sparkline from 0; the last point is marked, hollow when provisional."""
    bekend = [p.waarde for p in punten if p.bekend]
    if not bekend:
        return f'<svg viewBox="0 0 {breedte} {hoogte}" width="{breedte}" height="{hoogte}" aria-hidden="true"></svg>'
    hoog, laag = max(*bekend, 0) or 1, min(*bekend, 0)
    x = lambda i: 3 + i * (breedte - 8) / max(len(punten) - 1, 1)  # noqa: E731
    y = lambda w: hoogte - 4 - (w - laag) / (hoog - laag) * (hoogte - 8)  # noqa: E731
    delen = []
    for stuk, voorlopig in _stukken(punten):
        lijn = " ".join(f"{x(i):.1f},{y(punten[i].waarde):.1f}" for i in stuk)
        streep = ' stroke-dasharray="3 2"' if voorlopig else ""
        delen.append(f'<polyline points="{lijn}" fill="none" stroke="{kleur}" stroke-width="1.6"{streep}/>')
    laatste = max(i for i, p in enumerate(punten) if p.bekend)
    vul = "#fff" if punten[laatste].voorlopig else kleur
    delen.append(
        f'<circle cx="{x(laatste):.1f}" cy="{y(punten[laatste].waarde):.1f}" r="2.6" fill="{vul}" stroke="{kleur}" stroke-width="1.5"/>'
    )
    return (
        f'<svg viewBox="0 0 {breedte} {hoogte}" width="{breedte}" height="{hoogte}" aria-hidden="true" class="vonk">'
        f'<line x1="3" x2="{breedte - 5}" y1="{hoogte - 3}" y2="{hoogte - 3}" stroke="{LIJN}"/>{"".join(delen)}</svg>'
    )


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
    maanden = [p.maand for p in reeksen[0].punten]
    waarden = [p.waarde for r in reeksen for p in r.punten if p.bekend] + [w for _, w in normen]
    waarden += [w for b in banden for w in b.hoog if w is not None]
    treden = _trap(max([0, *waarden]), schrijf)
    laagste = min([0, *waarden])
    if laagste < 0:
        treden = [-t for t in _trap(-laagste, schrijf)[:0:-1]] + treden
    legenda, top = _legenda([(r.naam, r.kleur, r.streep) for r in reeksen], breedte)
    links, rechts, onder = 48, 14, 26
    vlak = hoogte - onder - 12
    x = lambda i: links + (i + 0.5) * (breedte - links - rechts) / len(maanden)  # noqa: E731
    y = lambda w: top + 12 + vlak - (w - treden[0]) / (treden[-1] - treden[0]) * vlak  # noqa: E731
    uit = [_patronen(sleutel), legenda]
    for t in treden:
        kleur = GRIJS if t == 0 else LIJN
        uit.append(
            f'<line x1="{links}" x2="{breedte - rechts}" y1="{y(t):.1f}" y2="{y(t):.1f}" stroke="{kleur}" stroke-width="1"/>'
        )
        uit.append(_tekst(links - 6, y(t) + 4, schrijf(t), "end", GRIJS, 'font-size="12"'))
    stap = (breedte - links - rechts) / len(maanden)
    for i in range(len(maanden)):
        if all(not r.punten[i].bekend for r in reeksen):
            soort = AFGESCHERMD if any(r.punten[i].toestand == AFGESCHERMD for r in reeksen) else ONBEKEND
            if soort == AFGESCHERMD or any(r.punten[i].toestand == ONBEKEND for r in reeksen):
                uit.append(
                    f'<rect x="{x(i) - stap / 2:.1f}" y="{top + 12}" width="{stap:.1f}" height="{vlak}" '
                    f'fill="url(#{sleutel}-{soort})" opacity=".55"/>'
                )
    for band in banden:
        heen = [(x(i), y(w)) for i, w in enumerate(band.hoog) if w is not None]
        terug = [(x(i), y(w)) for i, w in enumerate(band.laag) if w is not None][::-1]
        vorm = " ".join(f"{a:.1f},{b:.1f}" for a, b in heen + terug)
        uit.append(f'<polygon points="{vorm}" fill="{band.kleur}" opacity=".15"/>')
    uit.append(_maandas(maanden, x, top + 12 + vlak, breedte))
    for r in reeksen:
        uit.append(_reeks(r, x, y))
    punten = [(x(i), y(p.waarde)) for r in reeksen for i, p in enumerate(r.punten) if p.bekend]
    for tekst, waarde in normen:
        uit.append(_normlijn(tekst, y(waarde), punten, links, breedte - rechts))
    for i, m in enumerate(maanden):
        regels = [opmaak.maand(m)] + [f"{r.naam}: {tip(r.punten[i], schrijf)}" for r in reeksen]
        uit.append(
            f'<rect x="{x(i) - stap / 2:.1f}" y="{top + 12}" width="{stap:.1f}" height="{vlak}" fill="#fff" fill-opacity="0" '
            f'data-tip="{h(chr(10).join(regels))}"/>'
        )
    return _svg(breedte, top + hoogte + 6, naam, "".join(uit))


def _normlijn(tekst: str, y: float, punten: Sequence[tuple[float, float]], links: float, rechts: float) -> str:
    """A dotted line with its name, above or beneath it and at the end where the lines of the figures come least near."""

    def ruimte(plek: tuple[str, float]) -> float:
        van = links if plek[0] == "start" else rechts - 6.5 * len(tekst)
        onder = [abs(py - plek[1] + 4) for px, py in punten if van - 20 <= px <= van + 6.5 * len(tekst) + 20]
        return min([30.0, *onder])

    anker, hoogte = max([(anker, y + dy) for dy in (-4, 14) for anker in ("start", "end")], key=ruimte)
    x = links + 4 if anker == "start" else rechts - 4
    rand = 'font-size="12" paint-order="stroke" stroke="#fff" stroke-width="3"'
    return (
        f'<line x1="{links}" x2="{rechts}" y1="{y:.1f}" y2="{y:.1f}" stroke="{NORM}" stroke-width="1.5" '
        f'stroke-dasharray="1 3" stroke-linecap="round"/>{_tekst(x, hoogte, tekst, anker, NORM, rand)}'
    )


def _reeks(r: Reeks, x: Callable, y: Callable) -> str:
    uit = []
    for stuk, voorlopig in _stukken(r.punten):
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


def _legenda(delen: Sequence[tuple[str, str, str | None]], breedte: float) -> tuple[str, float]:
    """Signs with names in rows; ``None`` as dash draws a filled square. Returns it with its height."""
    if len(delen) < 2:
        return "", 0
    uit, x, y = [], 4.0, 14.0
    for naam, kleur, streep in delen:
        lengte = 34 + 6.9 * len(naam) + 14
        if x + lengte > breedte and x > 4:
            x, y = 4.0, y + 20
        if streep is None:
            uit.append(f'<rect x="{x:.0f}" y="{y - 10:.0f}" width="14" height="12" fill="{kleur}"/>')
        else:
            uit.append(
                f'<line x1="{x:.0f}" x2="{x + 26:.0f}" y1="{y - 4:.0f}" y2="{y - 4:.0f}" stroke="{kleur}" stroke-width="2.4" '
                f'stroke-dasharray="{streep or "none"}"/>'
            )
        begin = x + (20 if streep is None else 32)
        uit.append(_tekst(begin, y, naam))
        x = begin + 6.9 * len(naam) + 16
    return "".join(uit), y + 8


def _maandas(maanden: Sequence, x: Callable, y: float, breedte: float) -> str:
    """Month letters, and years under January; fewer where there is little room."""
    uit, om, jaar_tot = [], max(1, math.ceil(len(maanden) * 34 / (breedte - 60))), -99.0
    for i, m in enumerate(maanden):
        if (len(maanden) - 1 - i) % om == 0:
            uit.append(_tekst(x(i), y + 15, MAANDEN_KORT[m.month - 1], "middle", GRIJS, 'font-size="11.5"'))
        # the first month carries its year, unless January follows too closely
        te_dicht = i == 0 and any(n.month == 1 and x(j) - x(0) < 34 for j, n in enumerate(maanden) if j)
        if (m.month == 1 or i == 0) and not te_dicht and x(i) > jaar_tot:
            jaar_tot = x(i) + 34
            uit.append(f'<line x1="{x(i):.1f}" x2="{x(i):.1f}" y1="{y}" y2="{y + 4}" stroke="{GRIJS}"/>')
            uit.append(_tekst(x(i), y + 28, str(m.year), "middle", INKT, 'font-size="11.5" font-weight="600"'))
    return "".join(uit)


@dataclass(frozen=True)
class Staaf:
    """A horizontal bar; ``kies``: what a click chooses; ``nodig``: a mark on the bar, what lies short of it is outlined."""

    naam: str
    cijfer: Cijfer
    nadruk: bool = False
    kies: str | None = None
    nodig: Cijfer | None = None


def staven(
    rijen: Sequence[Staaf],
    schrijf: Callable[[float], str],
    breedte: int,
    naam: str,
    sleutel: str,
    norm: tuple[str, float] | None = None,
    hoogte: int = 24,
) -> str:
    """Horizontal bars, in the order given; unknown is a short hatched bar, withheld a dotted one, provisional a striped one."""
    if breedte < 450:
        rijen = [replace(r, naam=_kort(r.naam)) for r in rijen]
    bekend = [c.waarde for r in rijen for c in (r.cijfer, r.nodig) if c and c.bekend]
    hoogste = max([0.0, norm[1] if norm else 0, *bekend]) or 1
    links = min(max([len(r.naam) for r in rijen], default=0) * 7.1 + 8, breedte * 0.5)
    ruimte = breedte - links - (110 if any(r.nodig for r in rijen) else 74)
    top = 20 if norm else 2
    uit = [_patronen(sleutel)]
    for i, r in enumerate(rijen):
        y = top + i * hoogte
        c = r.cijfer
        dik = ' font-weight="700"' if r.nadruk else ""
        maxletters = int(links / 6.9)
        kort = r.naam if len(r.naam) <= maxletters else r.naam[: maxletters - 1] + "…"
        klik = (
            f' data-kies="{h(r.kies)}" role="button" tabindex="0" aria-label="{h(r.naam)}: {h(tip(c, schrijf))}"'
            if r.kies
            else ""
        )
        nodig = f", nodig {tip(r.nodig, schrijf)}" if r.nodig else ""
        uit.append(f'<g data-tip="{h(r.naam)}: {h(tip(c, schrijf) + nodig)}"{klik}>')
        uit.append(f'<rect x="0" y="{y}" width="{breedte}" height="{hoogte}" fill="{LICHT if r.nadruk else "#fff"}"/>')
        uit.append(_tekst(0, y + hoogte / 2 + 4.5, kort, extra=dik))
        if c.bekend:
            # below zero there is no bar, only the figure: a bar to the same side would read as its opposite
            lengte = max(c.waarde / hoogste * ruimte, 0)
            uit.append(f'<rect x="{links:.1f}" y="{y + 4}" width="{lengte:.1f}" height="{hoogte - 8}" fill="{BLAUW}"/>')
            if c.voorlopig:
                uit.append(
                    f'<rect x="{links:.1f}" y="{y + 4}" width="{lengte:.1f}" height="{hoogte - 8}" fill="url(#{sleutel}-voorlopig)"/>'
                )
            uit.append(f'<line x1="{links:.1f}" x2="{links:.1f}" y1="{y + 2}" y2="{y + hoogte - 2}" stroke="{INKT}"/>')
            tekst = schrijf(c.waarde) + ("*" if c.voorlopig else "")
            if r.nodig and r.nodig.bekend:
                merk = links + r.nodig.waarde / hoogste * ruimte
                if merk > links + lengte:
                    uit.append(
                        f'<rect x="{links + lengte:.1f}" y="{y + 4}" width="{merk - links - lengte:.1f}" height="{hoogte - 8}" fill="#fff" stroke="{NORM}" stroke-dasharray="3 2"/>'
                    )
                uit.append(f'<rect x="{merk - 1.5:.1f}" y="{y + 1}" width="3" height="{hoogte - 2}" fill="{NORM}"/>')
                tekst += f", nodig {schrijf(r.nodig.waarde)}" + ("*" if r.nodig.voorlopig else "")
                lengte = max(lengte, merk - links)
            uit.append(_tekst(links + lengte + 6, y + hoogte / 2 + 4.5, tekst, extra=dik))
        else:
            if c.toestand in (ONBEKEND, AFGESCHERMD):
                uit.append(
                    f'<rect x="{links:.1f}" y="{y + 5}" width="34" height="{hoogte - 10}" fill="url(#{sleutel}-{c.toestand})" stroke="{GRIJS}" stroke-width=".6"/>'
                )
            uit.append(
                _tekst(
                    links + 42,
                    y + hoogte / 2 + 4.5,
                    TOESTANDEN[c.toestand].split(":")[0],
                    kleur=GRIJS,
                    extra='font-style="italic"',
                )
            )
        uit.append("</g>")
    onder = top + len(rijen) * hoogte
    if norm:
        plek = links + norm[1] / hoogste * ruimte
        uit.append(
            f'<line x1="{plek:.1f}" x2="{plek:.1f}" y1="{top - 2}" y2="{onder}" stroke="{NORM}" stroke-width="1.6" stroke-dasharray="1 3" stroke-linecap="round"/>'
        )
        uit.append(_tekst(plek, 12, norm[0], "middle" if plek < breedte - 70 else "end", NORM, 'font-size="12"'))
    beeld = _svg(breedte, onder + 4, naam, "".join(uit))
    return _met_knoppen(beeld) if any(r.kies for r in rijen) else beeld


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
    treden = _trap(max([0, *(c.waarde for c in samen if c.bekend)]), schrijf)
    legenda, top = _legenda([(n, VULLING[i % len(VULLING)], None) for i, (n, _) in enumerate(lagen)], breedte)
    links, rechts = 48, 8
    vlak = hoogte - 40
    x = lambda i: links + (i + 0.5) * (breedte - links - rechts) / len(maanden)  # noqa: E731
    y = lambda w: top + 12 + vlak - w / treden[-1] * vlak  # noqa: E731
    breed = (breedte - links - rechts) / len(maanden) * 0.74
    uit = [_patronen(sleutel), legenda]
    for t in treden:
        uit.append(
            f'<line x1="{links}" x2="{breedte - rechts}" y1="{y(t):.1f}" y2="{y(t):.1f}" stroke="{GRIJS if t == 0 else LIJN}"/>'
        )
        uit.append(_tekst(links - 6, y(t) + 4, schrijf(t), "end", GRIJS, 'font-size="12"'))
    for i, m in enumerate(maanden):
        regels, hoog = [opmaak.maand(m)], 0.0
        for j, (laag, waarden) in enumerate(lagen):
            w = waarden[i].waarde
            if w is None:
                continue
            regels.append(f"{laag}: {schrijf(w)}")
            if w > 0:
                uit.append(
                    f'<rect x="{x(i) - breed / 2:.1f}" y="{y(hoog + w):.1f}" width="{breed:.1f}" height="{y(hoog) - y(hoog + w):.1f}" '
                    f'fill="{VULLING[j % len(VULLING)]}" stroke="#fff" stroke-width=".8"/>'
                )
            hoog += w
        regels.append(f"Samen: {tip(samen[i], schrijf)}")
        if samen[i].toestand in (ONBEKEND, AFGESCHERMD):
            uit.append(
                f'<rect x="{x(i) - breed / 2:.1f}" y="{top + 12}" width="{breed:.1f}" height="{vlak}" '
                f'fill="url(#{sleutel}-{samen[i].toestand})" opacity=".55"/>'
            )
        uit.append(
            f'<rect x="{x(i) - breed / 2:.1f}" y="{top + 12}" width="{breed:.1f}" height="{vlak}" fill="#fff" fill-opacity="0" '
            f'data-tip="{h(chr(10).join(regels))}"/>'
        )
    uit.append(_maandas(maanden, x, top + 12 + vlak, breedte))
    return _svg(breedte, top + hoogte + 4, naam, "".join(uit))


@dataclass(frozen=True)
class Stroom:
    """A band of a Sankey diagram, between names on the left, in the middle or on the right."""

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
    """Bands between three columns of nodes; a node without any band is left out. Width of a band is its number; ``aantallen``:
    the number that is written with a node, where one is."""
    stromen = [s for s in stromen if s.aantal > 0]
    som = {
        k: max(sum(s.aantal for s in stromen if s.van == k), sum(s.aantal for s in stromen if s.naar == k))
        for kol in kolommen
        for k in kol
    }
    kolommen = [[k for k in kol if som[k] > 0] for kol in kolommen]
    if not any(kolommen):
        return _svg(breedte, 40, naam, _tekst(4, 24, "Geen stromen in deze maand.", kleur=GRIJS))
    met_aantal = lambda n: f"{n} {opmaak.getal(aantallen[n])}" if n in aantallen else n  # noqa: E731
    gat, hoogte, balk = 16, max(300, 46 * max(map(len, kolommen))), 12
    smal = breedte < 500
    schaal = min((hoogte - gat * (len(k) - 1)) / max(sum(som[n] for n in k), 1e-9) for k in kolommen if k)
    marge = 8
    plekken, xs = {}, [marge, breedte / 2 - balk / 2, breedte - balk - marge]
    for kol, x in zip(kolommen, xs, strict=True):
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
            anker, tx = ("end", x - 5) if kolom == 2 else ("start", x + balk + 5)
            ty = max(y + som[n] * schaal / 2 + 4, 12)
            rand = 'paint-order="stroke" stroke="#fff" stroke-width="4" stroke-linejoin="round"'
            tekst = _kort(met_aantal(n)) if smal else met_aantal(n)
            uit.append(_tekst(tx, ty, tekst, anker, extra=rand + (' font-size="12"' if smal else "")))
    return _svg(breedte, hoogte + 20, naam, "".join(uit))


def _kort(naam: str) -> str:
    """A name for a narrow drawing."""
    return naam.replace("Hoogspecialistisch", "Hoogspec.")


def _rang(kolommen: Sequence[Sequence[str]], naam: str) -> tuple[int, int]:
    return next((i, kol.index(naam)) for i, kol in enumerate(kolommen) if naam in kol)


@cache
def _vormen() -> tuple[float, float, dict[str, str]]:
    """Paths of the regions in a plane of 400 wide, equirectangular around 52.2 degrees north."""
    kaart_ = json.loads((Path(__file__).parent / "middelen" / "iza_regio.geojson").read_text(encoding="utf-8"))
    plat = math.cos(math.radians(52.2))
    ringen = {
        f["properties"]["iza_regio"]: [
            ring
            for vlak in (
                f["geometry"]["coordinates"]
                if f["geometry"]["type"] == "MultiPolygon"
                else [f["geometry"]["coordinates"]]
            )
            for ring in vlak
        ]
        for f in kaart_["features"]
    }
    punten = [(x * plat, y) for delen in ringen.values() for ring in delen for x, y in ring]
    west, noord = min(p[0] for p in punten), max(p[1] for p in punten)
    schaal = 400 / (max(p[0] for p in punten) - west)
    hoogte = (noord - min(p[1] for p in punten)) * schaal
    paden = {
        code: "".join(
            "M" + "L".join(f"{(x * plat - west) * schaal:.1f},{(noord - y) * schaal:.1f}" for x, y in ring) + "Z"
            for ring in delen
        )
        for code, delen in ringen.items()
    }
    return 400.0, hoogte, paden


def klassen(waarden: Sequence[float]) -> list[float]:
    """Upper bounds of at most five classes with about as many regions each."""
    if not waarden:
        return []
    op_rij = sorted(waarden)
    grenzen = [op_rij[min(math.ceil(len(op_rij) * k / 5) - 1, len(op_rij) - 1)] for k in range(1, 6)]
    return sorted(set(grenzen))


def kaart(
    waarden: dict[str, Cijfer], schrijf: Callable[[float], str], naam: str, sleutel: str, gekozen: str | None = None
) -> str:
    """The regions, darker when higher, with a legend of the classes beneath."""
    breedte, hoogte, paden = _vormen()
    grenzen = klassen([c.waarde for c in waarden.values() if c.bekend])
    kleuren = TRAP[-len(grenzen) :] if len(grenzen) > 1 else TRAP[2:3]
    uit, erop = [_patronen(sleutel)], []
    for code, pad in paden.items():
        c = waarden.get(code, Cijfer(None, ONBEKEND))
        if c.bekend:
            klasse = next(i for i, g in enumerate(grenzen) if c.waarde <= g)
            vul = kleuren[klasse]
        else:
            vul = f"url(#{sleutel}-{c.toestand})" if c.toestand in (ONBEKEND, AFGESCHERMD) else "#fff"
        tekst = f"{opmaak.regio(code)}: {tip(c, schrijf)}"
        rand = f'stroke="{INKT}" stroke-width="2.6"' if code == gekozen else 'stroke="#fff" stroke-width="1"'
        vorm = f'<path d="{pad}" fill="{vul}" {rand} data-tip="{h(tekst)}" data-kies="{code}" role="button" aria-label="{h(tekst)}" tabindex="0"/>'
        if c.bekend and c.voorlopig:
            vorm += f'<path d="{pad}" fill="url(#{sleutel}-voorlopig)" pointer-events="none"/>'
        (erop if code == gekozen else uit).append(vorm)
    uit += erop
    y = hoogte + 20
    onder = min((c.waarde for c in waarden.values() if c.bekend), default=0)
    for i, g in enumerate(grenzen):
        uit.append(
            f'<rect x="4" y="{y - 11:.0f}" width="26" height="14" fill="{kleuren[i]}" stroke="{GRIJS}" stroke-width=".5"/>'
        )
        uit.append(_tekst(38, y, schrijf(g) if onder == g else f"{schrijf(onder)} – {schrijf(g)}"))
        onder, y = g, y + 20
    y2 = hoogte + 20
    for soort, tekst in (
        (ONBEKEND, "niet geleverd"),
        (AFGESCHERMD, "afgeschermd"),
        ("voorlopig", "voorlopig (gestreept)"),
    ):
        if any(c.voorlopig if soort == "voorlopig" else c.toestand == soort for c in waarden.values()):
            onderlaag = (
                f'<rect x="220" y="{y2 - 11:.0f}" width="26" height="14" fill="{TRAP[3]}"/>'
                if soort == "voorlopig"
                else ""
            )
            uit.append(
                f'{onderlaag}<rect x="220" y="{y2 - 11:.0f}" width="26" height="14" fill="url(#{sleutel}-{soort})" stroke="{GRIJS}" stroke-width=".5"/>'
            )
            uit.append(_tekst(254, y2, tekst))
            y2 += 20
    return _met_knoppen(_svg(breedte, max(y, y2) + 2, naam, "".join(uit)))


def _met_knoppen(beeld: str) -> str:
    """A drawing whose parts can be chosen is a group of buttons, not one picture."""
    return beeld.replace('role="img"', 'role="group"', 1)
