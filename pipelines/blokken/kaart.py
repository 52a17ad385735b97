"""A metric of all regions: on the map, ranked, and one of them over time beside the country."""

from datetime import date

import pandas as pd

from pipelines.blokken import blok, grafiek, opmaak
from pipelines.blokken.blok import Blok
from pipelines.blokken.gegevens import Gegevens
from pipelines.blokken.grafiek import Staaf
from pipelines.blokken.metrieken import Stand
from pipelines.blokken.opmaak import LANDELIJK, h
from pipelines.blokken.samenvatting import herkomst
from pipelines.blokken.verloop import verloop


def kaartblok(g: Gegevens, s: Stand, cluster: str, maand: date, gekozen: str) -> Blok:
    per = {r: s.bij(maand, r, cluster) for r in opmaak.regios()}
    titel = titel_van(s, cluster, maand)
    rijen = [[h(opmaak.regio(r)), blok.cijfer(c, s.schrijf)] for r, c in per.items()]
    return Blok(
        f"kaart-{s.metriek.code}-{cluster}-{maand:%Y-%m}",
        titel,
        'Donkerder is hoger. <span class="scherm">Klik op een regio voor het verloop hieronder.</span>',
        herkomst(g, s.metriek.mart, list(per.values()), maand),
        lambda b, k: grafiek.kaart(per, s.schrijf, titel, k, gekozen),
        ["Regio", s.metriek.naam],
        rijen,
        {s.metriek.naam: s.metriek.definitie()},
        alle_regios(s, cluster, maand),
        breed=400,
    )


def ranglijst(g: Gegevens, s: Stand, cluster: str, maand: date, gekozen: str) -> Blok:
    """The regions from high to low, the country among them."""
    per = {r: s.bij(maand, r, cluster) for r in opmaak.regios()}
    if s.metriek.soort != "aantal" and s.bij(maand, LANDELIJK, cluster).bekend:
        per[LANDELIJK] = s.bij(maand, LANDELIJK, cluster)
    volgorde = sorted(per, key=lambda r: (not per[r].bekend, -(per[r].waarde or 0)))
    staven = [
        Staaf(opmaak.regio(r), per[r], r in (gekozen, LANDELIJK), r if r != LANDELIJK else None) for r in volgorde
    ]
    m = s.metriek
    norm = (f"{m.normnaam} {m.schrijf(m.norm, kort=True)}", m.norm) if m.norm is not None else None
    titel = f"Van hoog naar laag: {opmaak.in_zin(m.naam)}"
    samen = s.bij(maand, LANDELIJK, cluster)
    onder = (
        f"Nederland: {s.schrijf(samen.waarde)} {m.eenheid}, over {samen.van_regios()} regio’s."
        if samen.bekend
        else m.eenheid.capitalize() + "."
    )
    rijen = [[h(opmaak.regio(r)), blok.cijfer(per[r], s.schrijf)] for r in volgorde]
    return Blok(
        f"rang-{m.code}-{cluster}-{maand:%Y-%m}",
        titel,
        onder,
        herkomst(g, m.mart, list(per.values()), maand),
        lambda b, k: grafiek.staven(staven, s.schrijf, b, titel, k, norm, hoogte=20),
        ["Regio", m.naam],
        rijen,
        breed=540,
    )


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
