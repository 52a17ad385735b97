"""How a wait is spread: half waits no longer than the dark bar, nine of ten no longer than the light one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipelines.blokken.cijfer import AFGESCHERMD, ONBEKEND, TOESTANDEN, Cijfer
from pipelines.blokken.grafiek.letters import breedte_van, kort, pas_in
from pipelines.blokken.grafiek.svg import BLAUW, GRIJS, INKT, LIJN, NORM, TRAP, patronen, schrift, svg, tip
from pipelines.blokken.opmaak import h

HOOGTE, SMAL = 26, 450
KLEIN = 'font-size="12"'


@dataclass(frozen=True)
class Verdeling:
    """The three figures of one group, and what stands behind them in words; ``nadruk``: drawn in full, else as what it is beside."""

    naam: str
    mediaan: Cijfer
    gemiddeld: Cijfer
    p90: Cijfer
    achter: str = ""
    nadruk: bool = True


@dataclass(frozen=True)
class _Maat:
    links: float
    schaal: float
    breedte: float
    sleutel: str

    def x(self, waarde: float) -> float:
        return self.links + waarde * self.schaal


def spreiding(
    rijen: Sequence[Verdeling],
    schrijf: Callable[[float], str],
    breedte: int,
    naam: str,
    sleutel: str,
    normen: Sequence[tuple[str, float]] = (),
) -> str:
    """A row per group on one scale from zero, with the norms as dotted lines."""
    namen = [kort(r.naam) if breedte < SMAL else r.naam for r in rijen]
    waarden = [c.waarde for r in rijen for c in (r.mediaan, r.gemiddeld, r.p90) if c.bekend] + [w for _, w in normen]
    links = min(max((breedte_van(n) for n in namen), default=0) + 10, breedte * 0.42)
    rechts = max((breedte_van(r.achter, 12) for r in rijen), default=0) + 12 if breedte >= SMAL else 8
    maat = _Maat(links, max(breedte - links - rechts, 40) / (max(waarden, default=0) or 1), breedte, sleutel)
    top = 4 + 16 * len(normen)
    onder = top + len(rijen) * HOOGTE
    uit = [patronen(sleutel)]
    uit += [_rij(r, n, top + i * HOOGTE, maat, schrijf) for i, (r, n) in enumerate(zip(rijen, namen, strict=True))]
    uit += [_norm(tekst, maat.x(waarde), 4 + 16 * i, onder, breedte) for i, (tekst, waarde) in enumerate(normen)]
    uit.append(_legenda(onder + 18))
    return svg(breedte, onder + 28, naam, "".join(uit))


def _rij(r: Verdeling, naam: str, y: float, maat: _Maat, schrijf: Callable[[float], str]) -> str:
    hoog, dun = (14, 8) if r.nadruk else (8, 4)
    midden = y + HOOGTE / 2
    delen = {"de helft korter dan": r.mediaan, "gemiddeld": r.gemiddeld, "negen van de tien korter dan": r.p90}
    woorden = ", ".join(f"{wat} {tip(c, schrijf)}" for wat, c in delen.items())
    uit = [schrift(0, midden + 4.5, pas_in(naam, maat.links - 6), kleur=INKT if r.nadruk else GRIJS)]
    if r.p90.bekend:
        uit.append(_balk(maat.links, maat.x(r.p90.waarde), midden, hoog, TRAP[1] if r.nadruk else LIJN))
    if r.mediaan.bekend:
        uit.append(_balk(maat.links, maat.x(r.mediaan.waarde), midden, dun, BLAUW if r.nadruk else GRIJS))
    if r.gemiddeld.bekend:
        uit.append(_ruit(maat.x(r.gemiddeld.waarde), midden))
    if not any(c.bekend for c in delen.values()):
        uit.append(_zonder(r.mediaan, midden, maat))
    if r.achter and maat.breedte >= SMAL:
        uit.append(schrift(maat.breedte, midden + 4, r.achter, "end", GRIJS, KLEIN))
    vlak = f'<rect x="0" y="{y}" width="{maat.breedte}" height="{HOOGTE}" fill="#fff" fill-opacity="0"/>'
    return f'<g data-tip="{h(r.naam)}: {h(woorden)}">{vlak}{"".join(uit)}</g>'


def _balk(van: float, tot: float, midden: float, hoog: float, kleur: str) -> str:
    breed = max(tot - van, 1)
    return f'<rect x="{van:.1f}" y="{midden - hoog / 2:.1f}" width="{breed:.1f}" height="{hoog}" fill="{kleur}"/>'


def _ruit(x: float, y: float) -> str:
    return f'<path d="M{x:.1f} {y - 6:.1f}l5 6l-5 6l-5 -6z" fill="#fff" stroke="{INKT}" stroke-width="1.5"/>'


def _norm(tekst: str, x: float, boven: float, onder: float, breedte: float) -> str:
    stippel = 'stroke-width="1.6" stroke-dasharray="1 3" stroke-linecap="round"'
    lijn = f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{boven}" y2="{onder}" stroke="{NORM}" {stippel}/>'
    past = x + 5 + breedte_van(tekst, 12) <= breedte
    return lijn + schrift(x + 5 if past else x - 5, boven + 10, tekst, "start" if past else "end", NORM, KLEIN)


def _zonder(c: Cijfer, midden: float, maat: _Maat) -> str:
    """A short patterned bar, and why there is no figure."""
    vak = ""
    if c.toestand in (ONBEKEND, AFGESCHERMD):
        vul = f'fill="url(#{maat.sleutel}-{c.toestand})" stroke="{GRIJS}" stroke-width=".6"'
        vak = f'<rect x="{maat.links:.1f}" y="{midden - 6:.1f}" width="34" height="12" {vul}/>'
    woorden = (c.waarom or TOESTANDEN[c.toestand]).split(":")[0]
    return vak + schrift(maat.links + 42, midden + 4.5, woorden, kleur=GRIJS, extra='font-style="italic"')


def _legenda(y: float) -> str:
    delen = (
        ("de helft", _balk(0, 16, -4, 8, BLAUW)),
        ("negen van de tien", _balk(0, 16, -4, 14, TRAP[1])),
        ("gemiddeld", _ruit(8, -4)),
    )
    uit, x = [], 0.0
    for tekst, teken in delen:
        uit.append(f'<g transform="translate({x:.1f} {y})">{teken}{schrift(22, 0, tekst, extra=KLEIN)}</g>')
        x += 40 + breedte_van(tekst, 12)
    return "".join(uit)
