"""What every drawing is made of: colours, text, hatching, round values of an axis, months beneath it, a legend above.

Belongs here: what more than one kind of picture uses. Does not belong here: any one picture.

Colours are those of Okabe and Ito, told apart by the colour-blind, and never the only sign: series differ in dash, unknown is
hatched, withheld is dotted, provisional is dashed and hollow. An element with ``data-tip`` shows that text on hover and focus.
"""

import math
from collections.abc import Callable, Sequence

from pipelines.blokken.cijfer import Cijfer, uitleg
from pipelines.blokken.grafiek.letters import breedte_van
from pipelines.blokken.opmaak import h
from pipelines.fundament.nederlands import MAANDEN_KORT

INKT, GRIJS, LICHT, LIJN = "#1b2a38", "#55636f", "#eef2f5", "#d5dde3"
BLAUW, NORM = "#01689b", "#9c3000"
KLEUREN = ("#01689b", "#b35900", "#00755a", "#8a3f74", "#4d4d4d", "#2f6f9f")
VULLING = ("#01689b", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#8c8c8c", "#d55e00")
STREPEN = ("", "7 3", "2 3", "9 3 2 3", "4 2", "12 4")
TRAP = ("#deebf3", "#a9cfe4", "#63a6cb", "#1f78a9", "#0b4a70")
LETTER = "'Source Sans', 'Source Sans 3', 'Source Sans Pro', Arial, sans-serif"


def svg(breedte: float, hoogte: float, naam: str, inhoud: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {breedte:g} {hoogte:g}" width="{breedte:g}" '
        f'height="{hoogte:g}" role="img" aria-label="{h(naam)}" font-family="{h(LETTER)}" font-size="13" fill="{INKT}">'
        f"{inhoud}</svg>"
    )


def patronen(sleutel: str) -> str:
    """Hatching for unknown and dots for withheld, under ids of their own per drawing."""
    return (
        f'<defs><pattern id="{sleutel}-onbekend" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<rect width="7" height="7" fill="#fff"/><rect width="2" height="7" fill="#9aa5ae"/></pattern>'
        f'<pattern id="{sleutel}-afgeschermd" width="6" height="6" patternUnits="userSpaceOnUse">'
        f'<rect width="6" height="6" fill="#fff"/><circle cx="3" cy="3" r="1.6" fill="#55636f"/></pattern>'
        f'<pattern id="{sleutel}-voorlopig" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">'
        f'<rect width="2" height="8" fill="#fff" fill-opacity=".75"/></pattern></defs>'
    )


def schrift(x: float, y: float, tekst: str, anker: str = "start", kleur: str = INKT, extra: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anker}" fill="{kleur}" {extra}>{h(tekst)}</text>'


def trap(hoogste: float, schrijf: Callable[[float], str], stappen: int = 4) -> list[float]:
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
        return uitleg(c)
    delen = [
        d for d in ("voorlopig" if c.voorlopig else "", f"{c.van_regios()} regio's" if c.van_regios() else "") if d
    ]
    return schrijf(c.waarde) + (f" ({', '.join(delen)})" if delen else "")


def stukken(punten: Sequence[Cijfer]) -> list[tuple[list[int], bool]]:
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


def verklaring(delen: Sequence[tuple[str, str, str | None]], breedte: float) -> tuple[str, float]:
    """Signs with names in rows; ``None`` as dash draws a filled square. Returns it with its height."""
    if len(delen) < 2:
        return "", 0
    uit, x, y = [], 4.0, 14.0
    for naam, kleur, streep in delen:
        lengte = 48 + breedte_van(naam)
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
        uit.append(schrift(begin, y, naam))
        x = begin + breedte_van(naam) + 16
    return "".join(uit), y + 8


def maandas(maanden: Sequence, x: Callable, y: float, breedte: float) -> str:
    """Month letters, and years under January; fewer where there is little room."""
    uit, om, jaar_tot = [], max(1, math.ceil(len(maanden) * 34 / (breedte - 60))), -99.0
    for i, m in enumerate(maanden):
        if (len(maanden) - 1 - i) % om == 0:
            uit.append(schrift(x(i), y + 15, MAANDEN_KORT[m.month - 1], "middle", GRIJS, 'font-size="11.5"'))
        # the first month carries its year, unless January follows too closely
        te_dicht = i == 0 and any(n.month == 1 and x(j) - x(0) < 34 for j, n in enumerate(maanden) if j)
        if (m.month == 1 or i == 0) and not te_dicht and x(i) > jaar_tot:
            jaar_tot = x(i) + 34
            uit.append(f'<line x1="{x(i):.1f}" x2="{x(i):.1f}" y1="{y}" y2="{y + 4}" stroke="{GRIJS}"/>')
            uit.append(schrift(x(i), y + 28, str(m.year), "middle", INKT, 'font-size="11.5" font-weight="600"'))
    return "".join(uit)


def met_knoppen(beeld: str) -> str:
    """A drawing whose parts can be chosen is a group of buttons, not one picture."""
    return beeld.replace('role="img"', 'role="group"', 1)
