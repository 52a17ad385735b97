"""The regions on a map, darker when higher."""

import json
import math
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from pipelines.blokken import opmaak
from pipelines.blokken.cijfer import AFGESCHERMD, ONBEKEND, Cijfer
from pipelines.blokken.grafiek.svg import GRIJS, INKT, TRAP, met_knoppen, patronen, schrift, svg, tip
from pipelines.blokken.opmaak import h


@cache
def buren(iza_regio: str) -> tuple[str, ...]:
    """The regions that share a border with one: more than a corner."""
    kaart_ = json.loads((Path(__file__).parents[1] / "middelen" / "iza_regio.geojson").read_text(encoding="utf-8"))
    punten = {f["properties"]["iza_regio"]: _punten(f["geometry"]["coordinates"]) for f in kaart_["features"]}
    return tuple(r for r in opmaak.regios() if r != iza_regio and len(punten[r] & punten[iza_regio]) > 1)


def _punten(coordinaten: list) -> set[tuple[float, float]]:
    """All points of an outline, however deep they lie."""
    if not isinstance(coordinaten[0], list):
        return {tuple(coordinaten)}
    return {punt for deel in coordinaten for punt in _punten(deel)}


@cache
def _vormen() -> tuple[float, float, dict[str, str]]:
    """Paths of the regions in a plane of 400 wide, equirectangular around 52.2 degrees north."""
    kaart_ = json.loads((Path(__file__).parents[1] / "middelen" / "iza_regio.geojson").read_text(encoding="utf-8"))
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


def klassen(waarden: Sequence[float], schrijf: Callable[[float], str] = str) -> list[tuple[float, float]]:
    """At most five classes with about as many regions each: the lowest and highest figure in each. None overlap, also as they are
    written: figures that read the same are of one class."""
    op_rij = sorted(waarden)
    hoogste_van = {schrijf(w): w for w in op_rij}
    vijfden = (op_rij[min(math.ceil(len(op_rij) * k / 5) - 1, len(op_rij) - 1)] for k in range(1, 6) if op_rij)
    grenzen = sorted({hoogste_van[schrijf(w)] for w in vijfden})
    onder = [-math.inf, *grenzen][: len(grenzen)]
    leden = [[w for w in op_rij if laag < w <= hoog] for laag, hoog in zip(onder, grenzen, strict=True)]
    return [(deel[0], deel[-1]) for deel in leden]


def kaart(
    waarden: dict[str, Cijfer],
    schrijf: Callable[[float], str],
    naam: str,
    sleutel: str,
    gekozen: str | None = None,
    kiesbaar: bool = True,
) -> str:
    """The regions, darker when higher, with a legend of the classes beneath. ``kiesbaar``: whether a region can be chosen."""
    breedte, hoogte, paden = _vormen()
    gevonden = klassen([c.waarde for c in waarden.values() if c.bekend], schrijf)
    kleuren = TRAP[-len(gevonden) :] if len(gevonden) > 1 else TRAP[2:3]
    klasse_van = lambda w: next(kleur for (_, hoog), kleur in zip(gevonden, kleuren, strict=False) if w <= hoog)  # noqa: E731
    uit = [patronen(sleutel)]
    # the chosen region last: its border lies over that of its neighbours
    for code in sorted(paden, key=lambda code: code == gekozen):
        c = waarden.get(code, Cijfer(None, ONBEKEND))
        vul = klasse_van(c.waarde) if c.bekend else _patroon(c, sleutel)
        woorden = h(f"{opmaak.regio(code)}: {tip(c, schrijf)}")
        knop = f' data-kies="{code}" role="button" aria-label="{woorden}" tabindex="0"' if kiesbaar else ""
        rand = f'stroke="{INKT}" stroke-width="2.6"' if code == gekozen else 'stroke="#fff" stroke-width="1"'
        uit.append(f'<path d="{paden[code]}" fill="{vul}" {rand} data-tip="{woorden}"{knop}/>')
        if c.bekend and c.voorlopig:
            uit.append(f'<path d="{paden[code]}" fill="url(#{sleutel}-voorlopig)" pointer-events="none"/>')
    links, y = _klassenlijst(gevonden, kleuren, schrijf, hoogte + 20)
    rechts, y2 = _tekens(waarden, hoogte + 20, sleutel)
    beeld = svg(breedte, max(y, y2) + 2, naam, "".join(uit) + links + rechts)
    return met_knoppen(beeld) if kiesbaar else beeld


def _patroon(c: Cijfer, sleutel: str) -> str:
    return f"url(#{sleutel}-{c.toestand})" if c.toestand in (ONBEKEND, AFGESCHERMD) else "#fff"


def _vakje(x: float, y: float, vul: str) -> str:
    return f'<rect x="{x}" y="{y - 11:.0f}" width="26" height="14" fill="{vul}" stroke="{GRIJS}" stroke-width=".5"/>'


def _klassenlijst(
    gevonden: Sequence[tuple[float, float]], kleuren: Sequence[str], schrijf: Callable[[float], str], y: float
) -> tuple[str, float]:
    """The colours with what they stand for; and where the next line would come."""
    uit = ""
    for (laag, hoog), kleur in zip(gevonden, kleuren, strict=False):
        zelfde = schrijf(laag) == schrijf(hoog)
        uit += _vakje(4, y, kleur) + schrift(38, y, schrijf(hoog) if zelfde else f"{schrijf(laag)} – {schrijf(hoog)}")
        y += 20
    return uit, y


def _tekens(waarden: dict[str, Cijfer], y: float, sleutel: str) -> tuple[str, float]:
    """The signs that occur on this map."""
    uit = ""
    for soort, woord in (
        (ONBEKEND, "niet geleverd"),
        (AFGESCHERMD, "afgeschermd"),
        ("voorlopig", "voorlopig (gestreept)"),
    ):
        if any(c.voorlopig if soort == "voorlopig" else c.toestand == soort for c in waarden.values()):
            onderlaag = _vakje(220, y, TRAP[3]) if soort == "voorlopig" else ""
            uit += f"{onderlaag}{_vakje(220, y, f'url(#{sleutel}-{soort})')}{schrift(254, y, woord)}"
            y += 20
    return uit, y
