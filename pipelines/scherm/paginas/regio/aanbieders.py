"""The providers of a region: who leads the transfermechanisme, who refuses on what criterion, and every location by cluster."""

from datetime import date

import streamlit as st

from pipelines.blokken import aanbieder, blok, opmaak, transfer
from pipelines.blokken.blok import Blok
from pipelines.blokken.gegevens import Gegevens
from pipelines.blokken.metrieken import NIET_CRUCIAAL, definitie
from pipelines.blokken.opmaak import getal, h
from pipelines.blokken.samenvatting import herkomst
from pipelines.scherm import plaats

_KOLOMMEN = {
    "rang_in_regio": "Rang",
    "boven_treeknorm": "Boven Treeknorm",
    "wachtplekken": "Wachtplekken",
    "unieke_wachtenden": "Personen",
    "aangemeld": "Aangemeld",
    "gestart": "Gestart",
}


def toon(g: Gegevens, regio: str, maand: date) -> None:
    plaats.blok(transfer.transferblok(g, regio, maand))
    links, rechts = st.columns(2)
    with links:
        plaats.blok(transfer.exclusieblok(g, regio, maand))
    with rechts:
        plaats.blok(transfer.weigeringblok(g, regio, maand))
    plaats.blok(aanbiederblok(g, regio, maand))


def aanbiederblok(g: Gegevens, regio: str, maand: date) -> Blok:
    df = g.tabel("aanbieder_wachttijd", iza_regio=regio, maand=maand)
    titel, bron = "Elke vestiging, per cluster", herkomst(g, "aanbieder_wachttijd")
    if df.empty:
        waarom = "Van deze regio en maand is geen wachtlijst per aanbieder te tonen."
        return Blok.leeg(f"aanbieders-{regio}", titel, bron, waarom)
    volgorde = {c: i for i, c in enumerate([*opmaak.clusters(), NIET_CRUCIAAL])}
    df = df.sort_values(["cluster", "rang_in_regio"], key=lambda k: k.map(volgorde) if k.name == "cluster" else k)
    rijen = [
        [
            h(opmaak.cluster(r["cluster"])),
            h(aanbieder.met_code(r["agb_vestiging"])),
            *[getal(r[k]) for k in _KOLOMMEN],
            "ja" if r["aanmeldpauze"] else "nee",
        ]
        for r in df.to_dict("records")
    ]
    return Blok(
        f"aanbieders-{regio}-{maand:%Y-%m}",
        titel,
        f"Per cluster in {opmaak.maand(maand)}, de meeste wachtplekken boven de Treeknorm bovenaan. Dit is de rang van een vestiging in een cluster; wie het transfermechanisme leidt staat hierboven.",
        bron,
        definities={
            "Rang": definitie("aanbieder_wachttijd", "rang_in_regio"),
            "Aanmeldpauze": definitie("aanbieder_wachttijd", "aanmeldpauze"),
        },
        data=df,
        inhoud=blok.tabel(["Cluster", "Vestiging", *_KOLOMMEN.values(), "Aanmeldpauze"], rijen, links=2),
    )
