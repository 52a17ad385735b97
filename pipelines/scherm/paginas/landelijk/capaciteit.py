"""Needed against available places in the country, and the years ahead."""

from pipelines.blokken.capaciteit import balans, meest_te_kort
from pipelines.blokken.gegevens import Gegevens
from pipelines.blokken.meerjaren import meerjarenbeeld
from pipelines.blokken.opmaak import LANDELIJK
from pipelines.scherm import plaats
from pipelines.scherm.paginas import kiezen
from pipelines.scherm.paginas.landelijk import keuzes


def toon(g: Gegevens) -> None:
    maand = keuzes.maand(g, ["bezetting_bedden"])
    plaats.blok(balans(g, LANDELIJK, maand))
    meest = meest_te_kort(g, LANDELIJK, maand)
    plaats.blok(meerjarenbeeld(g, LANDELIJK, [kiezen.cluster(meest)]))
