"""A waterfall on its side: levels from zero, and what is added to or taken from the level before."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from pipelines.blokken.cijfer import AFGESCHERMD, ONBEKEND, TOESTANDEN, Cijfer
from pipelines.blokken.grafiek.letters import breedte_van, pas_in
from pipelines.blokken.grafiek.svg import BLAUW, GRIJS, INKT, LIJN, NORM, VULLING, patronen, schrift, svg, tip
from pipelines.blokken.opmaak import h

HOOGTE = 23
Soort = Literal["stand", "norm", "erbij", "eraf"]
_VULLING = {"stand": BLAUW, "norm": NORM, "erbij": VULLING[1], "eraf": VULLING[2]}
_TEKEN = {"erbij": "+ ", "eraf": "− "}


@dataclass(frozen=True)
class Trede:
    """``stand``: a level; ``norm``: a level that is needed, drawn on as a line; ``erbij`` and ``eraf`` start where the step before
    ended, and are no step where they are not known."""

    naam: str
    cijfer: Cijfer
    soort: Soort = "stand"


def waterval(treden: Sequence[Trede], schrijf: Callable[[float], str], breedte: int, naam: str, sleutel: str) -> str:
    """The steps from top to bottom; a dotted line runs down from the first level that is needed."""
    vakken = _vakken(treden)
    hoogste = max([hoog for _, hoog in vakken], default=0) or 1
    links = min(max(breedte_van(t.naam) for t in treden) + 10, breedte * 0.56)
    rechts = max(breedte_van(_achter(t, schrijf)) for t in treden) + 8
    schaal = max(breedte - links - rechts, 30) / hoogste
    onder = len(treden) * HOOGTE
    uit = [patronen(sleutel), _lijn(links, 0, onder, INKT, "")]
    nodig = next(
        (hoog for t, (_, hoog) in zip(treden, vakken, strict=True) if t.soort == "norm" and t.cijfer.bekend), None
    )
    if nodig is not None:
        begin = next(i for i, t in enumerate(treden) if t.soort == "norm") * HOOGTE
        uit.append(_lijn(links + nodig * schaal, begin, onder, NORM, "1 3"))
    for i, (t, (laag, hoog)) in enumerate(zip(treden, vakken, strict=True)):
        y = i * HOOGTE
        vak = _vak(t, links + laag * schaal, links + hoog * schaal, y, sleutel)
        tekst = schrift(
            links + hoog * schaal + 6 if t.cijfer.bekend else links + 44,
            y + 16,
            _achter(t, schrijf),
            kleur=INKT if t.cijfer.bekend else GRIJS,
            extra='paint-order="stroke" stroke="#fff" stroke-width="3"',
        )
        streep = _lijn(0, y, y, LIJN, "", breedte) if i and t.soort == "stand" else ""
        uit.append(
            f'<g data-tip="{h(t.naam)}: {h(tip(t.cijfer, schrijf))}"><rect x="0" y="{y}" width="{breedte}" height="{HOOGTE}" '
            f'fill="#fff" fill-opacity="0"/>{streep}{schrift(0, y + 16, pas_in(t.naam, links - 8))}{vak}{tekst}</g>'
        )
    return svg(breedte, onder + 4, naam, "".join(uit))


def _vakken(treden: Sequence[Trede]) -> list[tuple[float, float]]:
    """From where to where each step runs; a level that is needed leaves the steps after it where they were."""
    uit, stand = [], 0.0
    for t in treden:
        waarde = t.cijfer.waarde if t.cijfer.bekend else 0.0
        if t.soort in ("stand", "norm"):
            uit.append((0.0, waarde))
            stand = waarde if t.soort == "stand" else stand
        else:
            naar = stand + waarde if t.soort == "erbij" else max(stand - waarde, 0.0)
            uit.append((min(stand, naar), max(stand, naar)))
            stand = naar
    return uit


def _achter(t: Trede, schrijf: Callable[[float], str]) -> str:
    if not t.cijfer.bekend:
        return TOESTANDEN[t.cijfer.toestand].split(":")[0]
    return _TEKEN.get(t.soort, "") + schrijf(t.cijfer.waarde) + ("*" if t.cijfer.voorlopig else "")


def _vak(t: Trede, van: float, tot: float, y: float, sleutel: str) -> str:
    if t.cijfer.bekend:
        vul, rand = (_VULLING[t.soort], "") if t.soort != "norm" else ("#fff", f' stroke="{NORM}" stroke-width="2"')
        return f'<rect x="{van:.1f}" y="{y + 4}" width="{max(tot - van, 1):.1f}" height="{HOOGTE - 8}" fill="{vul}"{rand}/>'
    if t.cijfer.toestand in (ONBEKEND, AFGESCHERMD):
        return f'<rect x="{van:.1f}" y="{y + 5}" width="34" height="{HOOGTE - 10}" fill="url(#{sleutel}-{t.cijfer.toestand})" stroke="{GRIJS}" stroke-width=".6"/>'
    return ""


def _lijn(x: float, boven: float, onder: float, kleur: str, streep: str, tot: float | None = None) -> str:
    stippel = f' stroke-dasharray="{streep}" stroke-linecap="round"' if streep else ""
    return f'<line x1="{x:.1f}" x2="{x if tot is None else tot:.1f}" y1="{boven}" y2="{onder}" stroke="{kleur}" stroke-width="1.4"{stippel}/>'
