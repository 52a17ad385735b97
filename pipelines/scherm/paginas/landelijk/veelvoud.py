"""All regions beside each other: a small line per region, all on one scale."""

from pipelines.blokken import opmaak
from pipelines.blokken.gegevens import Gegevens
from pipelines.blokken.naast_elkaar import veelvoud
from pipelines.blokken.opmaak import LANDELIJK
from pipelines.blokken.verloop import jaar
from pipelines.scherm import plaats
from pipelines.scherm.paginas.landelijk import keuzes


def toon(g: Gegevens) -> None:
    s, cluster, maand = keuzes.metriek_cluster_maand(g)
    plaats.blok(veelvoud(g, s, cluster, maand, [LANDELIJK, *opmaak.regios()]))
    plaats.blok(jaar(g, s.metriek.code, LANDELIJK, cluster, maand))
