"""Needed against available places in the country, and the years ahead."""

from pipelines.blokken import opmaak
from pipelines.blokken.capaciteit import balans
from pipelines.blokken.gegevens import Gegevens
from pipelines.blokken.meerjaren import meerjarenbeeld
from pipelines.blokken.metrieken import stand
from pipelines.blokken.opmaak import LANDELIJK
from pipelines.scherm import plaats
from pipelines.scherm.paginas import kiezen
from pipelines.scherm.paginas.landelijk import keuzes


def toon(g: Gegevens) -> None:
    maand = keuzes.maand(g, ["bezetting_bedden"])
    plaats.blok(balans(g, LANDELIJK, maand))
    meest = max(opmaak.clusters(), key=lambda c: stand(g, "tekort").bij(maand, LANDELIJK, c).waarde or 0)
    plaats.blok(meerjarenbeeld(g, LANDELIJK, [kiezen.cluster(meest)]))
