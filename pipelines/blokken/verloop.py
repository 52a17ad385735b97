"""Figures over the last two years as lines, for every page that shows a course."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pandas as pd

from pipelines.blokken import blok, grafiek, opmaak
from pipelines.blokken.blok import Blok
from pipelines.blokken.cijfer import uitleg
from pipelines.blokken.gegevens import Gegevens
from pipelines.blokken.grafiek import Reeks
from pipelines.blokken.metrieken import maanden, metrieken, stand
from pipelines.blokken.opmaak import h
from pipelines.blokken.samenvatting import herkomst
from pipelines.fundament.maand import venster, verschuif

JAAR = int(opmaak.norm("vergelijking_jaar_maanden"))


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


def jaar(g: Gegevens, code: str, regio: str, cluster: str, maand: date) -> Blok:
    """The last twelve months of a metric over the twelve before; a month without a figure is a gap. The change is over the same
    suppliers at both ends, as in mart ``verandering``."""
    s, m = stand(g, code), metrieken()[code]
    titel = f"{m.naam}, {opmaak.regio(regio)}, {opmaak.in_zin(opmaak.cluster(cluster))}: dit jaar naast het jaar ervoor"
    sleutel, bron = f"jaar-{code}-{regio}-{cluster}-{maand:%Y-%m}", herkomst(g, m.mart)
    tijd = venster(maand, JAAR)
    nu = [s.bij(t, regio, cluster) for t in tijd]
    toen = [s.bij(verschuif(t, -JAAR), regio, cluster) for t in tijd]
    if not any(c.bekend for c in toen):
        begin = maanden(g)[0]
        waarom = (
            f"De reeks begint in {opmaak.maand(begin)}: van het jaar ervoor is nog niets bekend."
            if begin > toen[-1].maand
            else f"Van het jaar ervoor is niets te tonen: {uitleg(toen[-1])}."
        )
        return Blok.leeg(sleutel, titel, bron, h(waarom))
    reeksen = [Reeks("Laatste 12 maanden", nu, grafiek.KLEUREN[0])]
    gelijk = [replace(c, maand=t) for c, t in zip(toen, tijd, strict=True)]
    reeksen.append(Reeks("12 maanden daarvoor", gelijk, grafiek.KLEUREN[1], grafiek.STREPEN[1]))
    df = g.tabel("verandering", code=code, maanden_terug=JAAR, iza_regio=regio, cluster=cluster)
    per = {pd.Timestamp(r["maand"]).date(): r["verschil"] for r in df.to_dict("records")}
    return Blok(
        sleutel,
        titel,
        f"{m.eenheid.capitalize()}, elke maand naast dezelfde maand een jaar eerder. Het verschil in de tabel is over dezelfde leveranciers (van het land: dezelfde regio's) aan beide kanten.",
        herkomst(g, m.mart, [*nu, *toen], maand),
        lambda b, k: grafiek.lijn(
            reeksen, m.schrijf, b, titel, k, [(m.normnaam, m.norm)] if m.norm is not None else []
        ),
        ["Maand", "Dit jaar", "Jaar ervoor", "Verschil"],
        [
            [
                h(opmaak.maand_kort(t)),
                blok.cijfer(a, m.schrijf),
                blok.cijfer(b, m.schrijf),
                h(m.schrijf_verschil(per[t]) if t in per else "niet te zeggen"),
            ]
            for t, a, b in zip(tijd, nu, gelijk, strict=True)
        ][::-1],
        {m.naam: m.definitie()},
        pd.DataFrame([s.regel(t, regio, cluster) for t in [*(verschuif(t, -JAAR) for t in tijd), *tijd]]),
        breed=1080,
    )


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
