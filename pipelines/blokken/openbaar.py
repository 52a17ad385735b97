"""Real waiting times of 2018, from the websites of providers, beside those of the monitor."""

from datetime import date

import pandas as pd

from pipelines.blokken import blok, opmaak
from pipelines.blokken.blok import Blok
from pipelines.blokken.cijfer import BEKEND, LEEG, Cijfer
from pipelines.blokken.gegevens import Gegevens
from pipelines.blokken.metrieken import definitie, stand
from pipelines.blokken.opmaak import ALLE, getal, h
from pipelines.blokken.samenvatting import herkomst

TABEL = "wachttijd_open_regio"
TYPEN = {"BGGZ": "basis-ggz", "SGGZ": "specialistische ggz", "Combi": "basis en specialistisch"}
VERSCHIL = (
    "Echte cijfers van 2018, gepubliceerd door de NZa: de wachttijd die aanbieders op hun website opgaven voor wie zich nu aanmeldt, in alle ggz voor volwassenen. "
    "De monitor meet hoe lang wie nu wacht al wacht, in de zes clusters: de twee zijn niet van elkaar af te trekken. In een demonstratie zijn de cijfers van de monitor verzonnen, die van 2018 niet."
)


def echte_wachttijd(g: Gegevens, regios: list[str], maand: date) -> Blok:
    """The regions with a row per kind of care of 2018, and what the monitor says of a month."""
    df = g.tabel(TABEL, iza_regio=regios)
    een = opmaak.regio(regios[0]) if len(regios) == 1 else "per regio"
    sleutel, titel = (
        f"echt-{regios[0] if len(regios) == 1 else 'NL'}-{maand:%Y-%m}",
        f"Echte wachttijden van 2018, {een}",
    )
    if df.empty:
        waarom = "Er zijn geen open wachttijden ingenomen, of van deze regio staat er geen aanbieder in."
        return Blok.leeg(sleutel, titel, herkomst(g, TABEL), waarom)
    volgorde = {r: i for i, r in enumerate(regios)}
    rijen = sorted(
        df.to_dict("records"),
        key=lambda r: (volgorde[r["iza_regio"]], list(TYPEN).index(r["type_zorg"]) if r["type_zorg"] in TYPEN else 9),
    )
    gemiddeld = stand(g, "gemiddeld_weken")
    cellen = [
        [
            h(opmaak.regio(r["iza_regio"])),
            h(TYPEN.get(r["type_zorg"], r["type_zorg"])),
            blok.cijfer(_weken(r["gemiddeld_totaal_weken"]), lambda x: getal(x, 1)),
            getal(r["locaties"]),
            getal(r["boven_treeknorm"]),
            getal(r["stops"]),
            blok.cijfer(gemiddeld.bij(maand, r["iza_regio"], ALLE), lambda x: getal(x, 1)),
        ]
        for r in rijen
    ]
    kop = [
        "Regio",
        "Soort zorg",
        "Weken, echt 2018",
        "Locaties",
        "waarvan boven 14 weken",
        "Aanmeldstops",
        f"Weken, monitor {opmaak.maand_kort(maand)}",
    ]
    return Blok(
        sleutel,
        titel,
        h(VERSCHIL),
        herkomst(g, TABEL),
        definities={"Wachttijd 2018": definitie(TABEL, "gemiddeld_totaal_weken")},
        data=df,
        inhoud=blok.tabel(kop, cellen, links=2),
    )


def _weken(x: float) -> Cijfer:
    if pd.isna(x):
        return Cijfer(None, LEEG, waarom="niet te berekenen: geen locatie gaf beide wachttijden op")
    return Cijfer(float(x), BEKEND)
