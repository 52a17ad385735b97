"""What the landelijke tafel keeps beside the deliveries: names of providers, and what regions agreed (spec 1.10).

Belongs here: ``aanbieders.csv`` and ``afspraken/demo.csv`` in the data root, all of it invented. Does not belong here: deliveries.
"""

import csv
from pathlib import Path

import pandas as pd

from pipelines.demo.parameters import Parameters
from pipelines.demo.stelsel import Stelsel

BOMEN = ("Wilgen", "Eiken", "Beuken", "Linden", "Elzen", "Berken", "Iepen", "Essen")
GRONDEN = ("rade", "hoeve", "wold", "dael")
NAMEN = {
    "centrum": "GGZ {}, centrum",
    "kliniek": "GGZ {}, kliniek",
    "wijk": "Wijkteams {}",
    "praktijk": "Praktijk {}",
    "ziekenhuis": "Ziekenhuis {}, psychiatrie",
    "woonvorm": "Beschermd wonen {}",
}
AFSPRAKEN = [
    "iza_regio", "cluster", "capaciteit_type", "jaar", "plaatsen", "partijen", "bron", "vastgesteld_op"
]  # fmt: skip


def schrijf_aanbieders(uit: Path, stelsel: Stelsel) -> None:
    """``aanbieders.csv``: agb, naam, plaats of every onderneming and vestiging; every name says that it is of the demo."""
    rijen = {}
    for vestiging in stelsel.vestigingen:
        nummer = stelsel.regios.index(vestiging.regio)
        boom = BOMEN[nummer % len(BOMEN)]
        woord = boom + GRONDEN[nummer // len(BOMEN)]
        naam = NAMEN[vestiging.rol].format(woord)
        rijen[vestiging.agb] = (f"{naam} (demo)", f"{boom}stad (demo)")
        rijen.setdefault(vestiging.onderneming, (f"{naam.split(',')[0]} (demo)", f"{boom}stad (demo)"))
    _schrijf(uit / "aanbieders.csv", ["agb", "naam", "plaats"], [(agb, *rij) for agb, rij in sorted(rijen.items())])


def schrijf_afspraken(uit: Path, parameters: Parameters, plaatsen: dict[str, pd.DataFrame], laatste_maand: str) -> None:
    """``afspraken/demo.csv``: places that some regions agreed on, from the year of the last month on.

    `plaatsen`: region -> its bedden of the last month with a column cluster. One region agreed twice on a year, and one row
    is no agreement: its number of places is no number.
    """
    p, rijen = parameters["afspraken"], []
    jaar = int(laatste_maand[:4])
    for regio in p["regios"]:
        nu = plaatsen[regio].groupby(["cluster", "capaciteit_type"])["operationeel"].sum()
        groei = p["groei_krap"] if regio in parameters["voorziening"]["krap"] else p["groei"]
        for cluster, type_ in (sleutel for sleutel in nu.index if list(sleutel) in p["over"]):
            for later in range(p["jaren"]):
                aantal = round(nu[cluster, type_] * (1 + groei * (later + 1)))
                rijen.append((regio, cluster, type_, jaar + later, aantal, *_herkomst(regio), f"{jaar - 1}-11-15"))
    eerste = rijen[0]
    rijen.append((*eerste[:4], eerste[4] + 2, *_herkomst(eerste[0]), f"{jaar}-03-01"))
    rijen.append((*eerste[:4], "nader te bepalen", *_herkomst(eerste[0]), f"{jaar}-05-01"))
    _schrijf(uit / "afspraken" / "demo.csv", AFSPRAKEN, rijen)


def _herkomst(regio: str) -> tuple[str, str]:
    return "ggz-instelling, zorgkantoor en gemeenten", f"regioplan {regio} (verzonnen, voor de demo)"


def _schrijf(pad: Path, kop: list[str], rijen: list[tuple]) -> None:
    pad.parent.mkdir(parents=True, exist_ok=True)
    with pad.open("w", encoding="utf-8", newline="") as uitvoer:
        schrijver = csv.writer(uitvoer, lineterminator="\n")
        schrijver.writerow(kop)
        schrijver.writerows(rijen)
