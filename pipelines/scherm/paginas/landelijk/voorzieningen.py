"""The facilities of the country by bedtype and law, and its HIC-monitor."""

from pipelines.blokken.gegevens import Gegevens
from pipelines.blokken.opmaak import LANDELIJK
from pipelines.blokken.voorziening import hicmonitor, hicverloop, voorzieningen
from pipelines.scherm import plaats
from pipelines.scherm.paginas.landelijk import keuzes


def toon(g: Gegevens) -> None:
    maand = keuzes.maand(g, ["bezetting_bedden"])
    plaats.blok(hicmonitor(g, LANDELIJK, maand))
    for kolom in ("bezettingsgraad", "separaties_per_1000_dagen"):
        plaats.blok(hicverloop(g, LANDELIJK, maand, kolom))
    plaats.blok(voorzieningen(g, LANDELIJK, maand))
