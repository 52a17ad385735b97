"""The facilities of a region by bedtype and law, its HIC-monitor, the same of the country, and for stewards the sources of a HIC beside each other."""

from datetime import date

from pipelines.blokken.gegevens import Gegevens
from pipelines.blokken.opmaak import LANDELIJK
from pipelines.blokken.voorziening import HIC, LAND, VOORZIENING, hicmonitor, naast_elkaar, voorzieningen
from pipelines.scherm import plaats


def toon(g: Gegevens, regio: str, maand: date) -> None:
    plaats.blok(voorzieningen(g, regio, maand))
    plaats.blok(hicmonitor(g, regio, maand))
    for blok, mart in ((voorzieningen, VOORZIENING), (hicmonitor, HIC)):
        if g.heeft(LAND[mart]):
            plaats.blok(blok(g, LANDELIJK, maand))
    if g.wie.is_steward:
        plaats.blok(naast_elkaar(g, regio, maand))
