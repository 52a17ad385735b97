"""Horizontal bars, in the order given."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from pipelines.blokken.cijfer import AFGESCHERMD, ONBEKEND, TOESTANDEN, Cijfer
from pipelines.blokken.grafiek.letters import breedte_van, kort, pas_in
from pipelines.blokken.grafiek.svg import BLAUW, GRIJS, INKT, LICHT, NORM, met_knoppen, patronen, schrift, svg, tip
from pipelines.blokken.opmaak import h

SMAL = 450
EIGEN_MAAT = 'font-size="12"'


@dataclass(frozen=True)
class Staaf:
    """A horizontal bar; ``kies``: what a click chooses; ``nodig``: a mark on the bar, what lies short of it is outlined;
    ``marge``: an interval drawn over its end; ``merk``: a word behind the figure."""

    naam: str
    cijfer: Cijfer
    nadruk: bool = False
    kies: str | None = None
    nodig: Cijfer | None = None
    marge: tuple[float, float] | None = None
    merk: str = ""


@dataclass(frozen=True)
class _Maat:
    """Where bars begin, how long the highest value is, and how high a row."""

    links: float
    per_eenheid: float
    hoogte: int
    sleutel: str


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
    if breedte < SMAL:
        rijen = [replace(r, naam=kort(r.naam)) for r in rijen]
    bekend = [c.waarde for r in rijen for c in (r.cijfer, r.nodig) if c and c.bekend]
    bekend += [r.marge[1] for r in rijen if r.marge]
    hoogste = max([0.0, norm[1] if norm else 0, *bekend]) or 1
    links = min(max([breedte_van(r.naam, vet=r.nadruk) for r in rijen], default=0) + 8, breedte * 0.5)
    rechts = max([breedte_van(_achter(r, schrijf), vet=r.nadruk) for r in rijen], default=0) + 10
    maat = _Maat(links, max(breedte - links - rechts, 20) / hoogste, hoogte, sleutel)
    top = 20 if norm else 2
    uit = [patronen(sleutel)]
    for i, r in enumerate(rijen):
        uit.append(_rij(r, schrijf, breedte, top + i * hoogte, maat))
    onder = top + len(rijen) * hoogte
    if norm:
        uit.append(_normlijn(norm, links + norm[1] * maat.per_eenheid, top, onder, breedte))
    beeld = svg(breedte, onder + 4, naam, "".join(uit))
    return met_knoppen(beeld) if any(r.kies for r in rijen) else beeld


def _achter(r: Staaf, schrijf: Callable[[float], str]) -> str:
    """What is written behind a bar."""
    if not r.cijfer.bekend:
        return TOESTANDEN[r.cijfer.toestand].split(":")[0]
    delen = [schrijf(r.cijfer.waarde) + ("*" if r.cijfer.voorlopig else "")]
    if r.nodig and r.nodig.bekend:
        delen.append(f"nodig {schrijf(r.nodig.waarde)}" + ("*" if r.nodig.voorlopig else ""))
    return ", ".join(delen) + (f" {r.merk}" if r.merk else "")


def _rij(r: Staaf, schrijf: Callable[[float], str], breedte: int, y: float, maat: _Maat) -> str:
    woorden = f"{h(r.naam)}: {h(tip(r.cijfer, schrijf))}"
    klik = f' data-kies="{h(r.kies)}" role="button" tabindex="0" aria-label="{woorden}"' if r.kies else ""
    nodig = f", nodig {h(tip(r.nodig, schrijf))}" if r.nodig else ""
    midden, dik = y + maat.hoogte / 2 + 4.5, ' font-weight="700"' if r.nadruk else ""
    balk, einde = _balk(r, y, maat) if r.cijfer.bekend else _zonder(r.cijfer, y, maat)
    schuin = "" if r.cijfer.bekend else ' font-style="italic"'
    return (
        f'<g data-tip="{woorden}{nodig}"{klik}>'
        f'<rect x="0" y="{y}" width="{breedte}" height="{maat.hoogte}" fill="{LICHT if r.nadruk else "#fff"}"/>'
        + schrift(0, midden, pas_in(r.naam, maat.links - 6, r.nadruk), extra=dik)
        + balk
        + schrift(einde, midden, _achter(r, schrijf), kleur=INKT if r.cijfer.bekend else GRIJS, extra=dik + schuin)
        + "</g>"
    )


def _balk(r: Staaf, y: float, maat: _Maat) -> tuple[str, float]:
    """The bar of a known figure, with the mark of what is needed; and where the text behind it begins."""
    # below zero there is no bar, only the figure: a bar to the same side would read as its opposite
    lengte, hoog = max(r.cijfer.waarde * maat.per_eenheid, 0), maat.hoogte
    einde = maat.links + lengte
    balk = f'<rect x="{maat.links:.1f}" y="{y + 4}" width="{lengte:.1f}" height="{hoog - 8}" fill='
    uit = [f'{balk}"{BLAUW}"/>', f'{balk}"url(#{maat.sleutel}-voorlopig)"/>' if r.cijfer.voorlopig else ""]
    uit.append(f'<line x1="{maat.links:.1f}" x2="{maat.links:.1f}" y1="{y + 2}" y2="{y + hoog - 2}" stroke="{INKT}"/>')
    if r.nodig and r.nodig.bekend:
        merk = maat.links + r.nodig.waarde * maat.per_eenheid
        if merk > einde:
            uit.append(
                f'<rect x="{einde:.1f}" y="{y + 4}" width="{merk - einde:.1f}" height="{hoog - 8}" fill="#fff" '
                f'stroke="{NORM}" stroke-dasharray="3 2"/>'
            )
        uit.append(f'<rect x="{merk - 1.5:.1f}" y="{y + 1}" width="3" height="{hoog - 2}" fill="{NORM}"/>')
        einde = max(einde, merk)
    if r.marge:
        van, tot = (maat.links + w * maat.per_eenheid for w in r.marge)
        midden = y + hoog / 2
        rand = f'stroke="{INKT}" stroke-width="1.4"'
        uit.append(f'<path d="M{van:.1f} {midden - 3}v6m0 -3H{tot:.1f}m0 -3v6" fill="none" {rand}/>')
        einde = max(einde, tot)
    return "".join(uit), einde + 6


def _zonder(c: Cijfer, y: float, maat: _Maat) -> tuple[str, float]:
    """A short patterned bar where there is no figure to draw."""
    if c.toestand not in (ONBEKEND, AFGESCHERMD):
        return "", maat.links + 42
    return (
        f'<rect x="{maat.links:.1f}" y="{y + 5}" width="34" height="{maat.hoogte - 10}" '
        f'fill="url(#{maat.sleutel}-{c.toestand})" stroke="{GRIJS}" stroke-width=".6"/>'
    ), maat.links + 42


def _normlijn(norm: tuple[str, float], x: float, top: float, onder: float, breedte: float) -> str:
    naam = norm[0]
    half = breedte_van(naam, 12) / 2
    midden = min(max(x, half), breedte - half)
    return (
        f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{top - 2}" y2="{onder}" stroke="{NORM}" stroke-width="1.6" '
        f'stroke-dasharray="1 3" stroke-linecap="round"/>{schrift(midden, 12, naam, "middle", NORM, EIGEN_MAAT)}'
    )
