"""What scenarios would do to a region."""

from datetime import date

from pipelines.blokken.gegevens import Gegevens
from pipelines.scherm.paginas import scenarios


def toon(g: Gegevens, regio: str, maand: date) -> None:
    scenarios.toon(g, regio)
