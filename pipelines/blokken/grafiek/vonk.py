"""A sparkline: a line without axes, beside a figure."""

from collections.abc import Sequence

from pipelines.blokken.cijfer import Cijfer
from pipelines.blokken.grafiek.svg import BLAUW, LIJN, stukken


def vonk(
    punten: Sequence[Cijfer], breedte: int = 92, hoogte: int = 26, kleur: str = BLAUW, hoogste: float | None = None
) -> str:
    """A sparkline from 0, to its own highest or to ``hoogste``; the last point is marked, hollow when provisional."""
    bekend = [p.waarde for p in punten if p.bekend]
    if not bekend:
        return f'<svg viewBox="0 0 {breedte} {hoogte}" width="{breedte}" height="{hoogte}" aria-hidden="true"></svg>'
    hoog, laag = max(*bekend, hoogste or 0, 0) or 1, min(*bekend, 0)
    x = lambda i: 3 + i * (breedte - 8) / max(len(punten) - 1, 1)  # noqa: E731
    y = lambda w: hoogte - 4 - (w - laag) / (hoog - laag) * (hoogte - 8)  # noqa: E731
    delen = []
    for i, p in enumerate(punten):
        # between two gaps there is no line to see it by
        if p.bekend and not any(0 <= j < len(punten) and punten[j].bekend for j in (i - 1, i + 1)):
            delen.append(f'<circle cx="{x(i):.1f}" cy="{y(p.waarde):.1f}" r="1.6" fill="{kleur}"/>')
    for stuk, voorlopig in stukken(punten):
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
