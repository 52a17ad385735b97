"""What scenarios would do to the country: the regions added up."""

from pipelines.blokken.gegevens import Gegevens
from pipelines.blokken.opmaak import LANDELIJK
from pipelines.scherm.paginas import scenarios


def toon(g: Gegevens) -> None:
    scenarios.toon(g, LANDELIJK)
