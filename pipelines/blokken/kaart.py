"""A metric of all regions: on the map, ranked, and one of them over time beside the country."""

from collections.abc import Callable
from datetime import date

import pandas as pd

from pipelines.blokken import blok, grafiek, opmaak
from pipelines.blokken.blok import Blok
from pipelines.blokken.cijfer import uitleg
from pipelines.blokken.gegevens import Gegevens
from pipelines.blokken.grafiek import Staaf
from pipelines.blokken.metrieken import Stand
from pipelines.blokken.opmaak import LANDELIJK, h
from pipelines.blokken.samenvatting import herkomst
from pipelines.blokken.vergelijking import Spreiding, Vergelijk, vergelijk
from pipelines.blokken.verloop import verloop

VOLGORDE = (
    "Volgorde: hoe ver van {ijk}, gemeten naar wat toeval bij de omvang van de regio doet, zodat 6 van 9 niet boven 600 van 1.000 staat. "
    "De streep om het einde van een staaf: waar het cijfer bij toeval net zo goed had kunnen liggen (95%); hoger of lager: verder van {ijk} dan dat."
)


def kaartblok(g: Gegevens, s: Stand, cluster: str, maand: date, gekozen: str, per_inwoners: bool = False) -> Blok:
    """``per_inwoners``: counts per 100,000 inhabitants."""
    per, schrijf, eenheid, _ = _gesteld(g, s, cluster, maand, per_inwoners)
    per = {r: per[r].cijfer for r in opmaak.regios()}
    titel = titel_van(s, cluster, maand)
    rijen = [[h(opmaak.regio(r)), blok.cijfer(c, schrijf)] for r, c in per.items()]
    return Blok(
        f"kaart-{s.metriek.code}-{cluster}-{maand:%Y-%m}-{per_inwoners}",
        titel,
        f'{eenheid.capitalize()}. Donkerder is hoger. <span class="scherm">Klik op een regio voor het verloop hieronder.</span>',
        herkomst(g, s.metriek.mart, list(per.values()), maand),
        lambda b, k: grafiek.kaart(per, schrijf, titel, k, gekozen),
        ["Regio", s.metriek.naam],
        rijen,
        {s.metriek.naam: s.metriek.definitie()},
        alle_regios(s, cluster, maand),
        breed=400,
    )


def _gesteld(
    g: Gegevens, s: Stand, cluster: str, maand: date, per_inwoners: bool
) -> tuple[dict[str, Vergelijk], Callable[[float], str], str, Spreiding | None]:
    """The figures of the regions and the country as they are shown, how they are written, their unit; with the spread where chance
    plays a part in what is shown."""
    m = s.metriek
    sp = vergelijk(g, (m.code,), cluster, maand).get(m.code)
    if sp and (per_inwoners or not sp.per_inwoners):
        return sp.per, sp.schrijf, sp.eenheid, sp
    per = {r: Vergelijk(s.bij(maand, r, cluster)) for r in (*opmaak.regios(), LANDELIJK)}
    return per, s.schrijf, m.eenheid, None


def ranglijst(g: Gegevens, s: Stand, cluster: str, maand: date, gekozen: str, per_inwoners: bool = False) -> Blok:
    """The regions from high to low, the country among them; where chance plays a part, by how much more they differ than it explains."""
    gesteld, schrijf, eenheid, sp = _gesteld(g, s, cluster, maand, per_inwoners)
    m, samen = s.metriek, gesteld[LANDELIJK].cijfer
    per = {r: v for r, v in gesteld.items() if r != LANDELIJK or (v.cijfer.bekend and (sp or m.soort != "aantal"))}
    op_afstand = any(v.afstand is not None for v in per.values())
    volgorde = sorted(per, key=lambda r: (not per[r].cijfer.bekend, *_plaats(per[r], op_afstand)))
    staven = [_staaf(r, per[r], r in (gekozen, LANDELIJK)) for r in volgorde]
    met_norm = m.norm is not None and not (sp and sp.per_inwoners)
    norm = (f"{m.normnaam} {m.schrijf(m.norm, kort=True)}", m.norm) if met_norm else None
    titel = f"{'Regio’s naast Nederland' if op_afstand else 'Van hoog naar laag'}: {opmaak.in_zin(m.naam)}"
    onder = (
        f"Nederland: {schrijf(samen.waarde)} {eenheid}, over {samen.van_regios()} regio’s."
        if samen.bekend
        else f"{eenheid.capitalize()}. Nederland: {uitleg(samen)}."
    )
    if op_afstand:
        onder += f" {VOLGORDE.format(ijk='Nederland' if sp.ijk_is_land else 'de getoonde regio’s samen')}"
    rijen = [[h(opmaak.regio(r)), blok.cijfer(per[r].cijfer, schrijf)] for r in volgorde]
    return Blok(
        f"rang-{m.code}-{cluster}-{maand:%Y-%m}-{per_inwoners}",
        titel,
        onder,
        herkomst(g, m.mart, [v.cijfer for v in per.values()], maand),
        lambda b, k: grafiek.staven(staven, schrijf, b, titel, k, norm, hoogte=20),
        ["Regio", m.naam],
        rijen,
        breed=540,
    )


def _plaats(v: Vergelijk, op_afstand: bool) -> tuple[float, float]:
    """Where a region stands: highest first."""
    hoog = -(v.cijfer.waarde or 0)
    return (-(v.afstand or 0), hoog) if op_afstand else (hoog, 0)


def _staaf(r: str, v: Vergelijk, nadruk: bool) -> Staaf:
    marge = (v.laag, v.hoog) if v.laag is not None and v.hoog is not None and r != LANDELIJK else None
    merk = {1: "hoger", -1: "lager"}.get(v.oordeel, "")
    return Staaf(opmaak.regio(r), v.cijfer, nadruk, r if r != LANDELIJK else None, marge=marge, merk=merk)


def naast_nederland(g: Gegevens, s: Stand, cluster: str, maand: date, code: str) -> Blok:
    """The chosen region over time; beside the country where a mean or share can be compared."""
    m = s.metriek
    lijnen = [(opmaak.regio(code), m.code, code)]
    if m.soort != "aantal":
        lijnen.append(("Nederland", m.code, LANDELIJK))
    titel = f"{opmaak.regio(code)}: {opmaak.in_zin(m.naam)}, {opmaak.in_zin(opmaak.cluster(cluster))}"
    onder = f"{m.eenheid.capitalize()}, per maand."
    return verloop(g, f"verloop-{m.code}-{code}-{cluster}", titel, onder, lijnen, cluster, maand, 1080)


def titel_van(s: Stand, cluster: str, maand: date) -> str:
    return f"{s.metriek.naam}, {opmaak.in_zin(opmaak.cluster(cluster))}, {opmaak.maand(maand)}"


def alle_regios(s: Stand, cluster: str, maand: date) -> pd.DataFrame:
    """The figure of the country and of each region, for a download."""
    return pd.DataFrame([s.regel(maand, r, cluster) for r in (LANDELIJK, *opmaak.regios())])
