"""The facilities of a region by bedtype and law, its HIC-monitor, both beside the country, and for stewards the sources of a HIC beside each other."""

from datetime import date

from pipelines.blokken.gegevens import Gegevens
from pipelines.blokken.opmaak import LANDELIJK
from pipelines.blokken.voorziening import LAND, VOORZIENING, hicmonitor, hicverloop, naast_elkaar, voorzieningen
from pipelines.scherm import plaats


def toon(g: Gegevens, regio: str, maand: date) -> None:
    plaats.blok(voorzieningen(g, regio, maand))
    plaats.blok(hicmonitor(g, regio, maand))
    for kolom in ("bezettingsgraad", "separaties_per_1000_dagen"):
        plaats.blok(hicverloop(g, regio, maand, kolom))
    if g.heeft(LAND[VOORZIENING]):
        plaats.blok(voorzieningen(g, LANDELIJK, maand))
    if g.wie.is_steward:
        plaats.blok(naast_elkaar(g, regio, maand))
