"""Figures over the last two years as lines, for every page that shows a course."""

from collections.abc import Sequence
from datetime import date

import pandas as pd

from pipelines.blokken import blok, grafiek, opmaak
from pipelines.blokken.blok import Blok
from pipelines.blokken.gegevens import Gegevens
from pipelines.blokken.grafiek import Reeks
from pipelines.blokken.metrieken import metrieken, stand
from pipelines.blokken.opmaak import h
from pipelines.blokken.samenvatting import herkomst


def van_regio(
    g: Gegevens,
    sleutel: str,
    titel: str,
    onder: str,
    codes: Sequence[str],
    regio: str,
    cluster: str,
    maand: date,
    breed: int = 540,
) -> Blok:
    """One or more metrics of a region and cluster."""
    lijnen = [(metrieken()[c].naam, c, regio) for c in codes]
    return verloop(g, f"{sleutel}-{regio}-{cluster}", titel, onder, lijnen, cluster, maand, breed)


def verloop(
    g: Gegevens,
    sleutel: str,
    titel: str,
    onder: str,
    lijnen: Sequence[tuple[str, str, str]],
    cluster: str,
    maand: date,
    breed: int,
) -> Blok:
    """A line per (name, metric, region); those of which this user may see nothing are left out."""
    lijnen = [(naam, code, r) for naam, code, r in lijnen if stand(g, code).reeks(r, cluster, maand)]
    if not lijnen:
        return Blok.leeg(sleutel, titel, herkomst(g, "alles"), "Dit is van deze regio niet te tonen.")
    m = metrieken()[lijnen[0][1]]
    reeksen = [
        Reeks(naam, stand(g, code).reeks(r, cluster, maand), grafiek.KLEUREN[i], grafiek.STREPEN[i])
        for i, (naam, code, r) in enumerate(lijnen)
    ]
    tijd = [p.maand for p in reeksen[0].punten]
    eigen = {metrieken()[code] for _, code, _ in lijnen if metrieken()[code].norm is not None}
    apart = len({x.norm for x in eigen}) > 1
    normen = {
        f"{x.normnaam} {f'{opmaak.in_zin(x.naam)} ' if apart else ''}{x.schrijf(x.norm, kort=True)}": x.norm
        for x in eigen
    }
    return Blok(
        sleutel,
        titel,
        onder,
        herkomst(g, m.mart, [p for r in reeksen for p in r.punten]),
        lambda b, k: grafiek.lijn(
            reeksen, opmaak.procent if m.soort == "aandeel" else m.schrijf, b, titel, k, sorted(normen.items())
        ),
        ["Maand", *[r.naam for r in reeksen]],
        [
            [h(opmaak.maand_kort(t)), *[blok.cijfer(r.punten[i], m.schrijf) for r in reeksen]]
            for i, t in enumerate(tijd)
        ][::-1],
        {metrieken()[code].naam: metrieken()[code].definitie() for _, code, _ in lijnen},
        pd.DataFrame([stand(g, code).regel(t, r, cluster) for _, code, r in lijnen for t in tijd]),
        breed=breed,
    )
