"""The providers of a region: who has most waiting above the norm leads the transfermechanisme."""

from datetime import date

from pipelines.blokken import blok, opmaak
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
    plaats.blok(aanbiederblok(g, regio, maand))


def aanbiederblok(g: Gegevens, regio: str, maand: date) -> Blok:
    df = g.tabel("aanbieder_wachttijd", iza_regio=regio, maand=maand)
    titel, bron = "Wie leidt het transfermechanisme?", herkomst(g, "aanbieder_wachttijd")
    if df.empty:
        waarom = "Van deze regio en maand is geen wachtlijst per aanbieder te tonen."
        return Blok.leeg(f"aanbieders-{regio}", titel, bron, waarom)
    volgorde = {c: i for i, c in enumerate([*opmaak.clusters(), NIET_CRUCIAAL])}
    df = df.sort_values(["cluster", "rang_in_regio"], key=lambda k: k.map(volgorde) if k.name == "cluster" else k)
    rijen = [
        [
            h(opmaak.cluster(r["cluster"])),
            f"<strong>{h(r['agb_vestiging'])} (eerste)</strong>"
            if r["rang_in_regio"] == 1 and r["wachtplekken"]
            else h(r["agb_vestiging"]),
            *[getal(r[k]) for k in _KOLOMMEN],
            "ja" if r["aanmeldpauze"] else "nee",
        ]
        for r in df.to_dict("records")
    ]
    return Blok(
        f"aanbieders-{regio}-{maand:%Y-%m}",
        titel,
        f"Per cluster in {opmaak.maand(maand)}: de vestiging met de meeste wachtplekken boven de Treeknorm staat bovenaan.",
        bron,
        definities={
            "Rang": definitie("aanbieder_wachttijd", "rang_in_regio"),
            "Aanmeldpauze": definitie("aanbieder_wachttijd", "aanmeldpauze"),
        },
        data=df,
        inhoud=blok.tabel(["Cluster", "Vestiging (AGB)", *_KOLOMMEN.values(), "Aanmeldpauze"], rijen, links=2),
    )
