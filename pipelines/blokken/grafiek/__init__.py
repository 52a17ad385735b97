"""Charts as SVG text: the same drawing on the screen, on paper, as PNG and in the quarterly report; one module for each kind.

Belongs here: how figures are drawn, and how zero, unknown, withheld and provisional look. Does not belong here: which figures
are drawn, and HTML around a drawing (``blokken.blok``).
"""

from pipelines.blokken.grafiek.kaart import buren, kaart
from pipelines.blokken.grafiek.lijn import Band, Reeks, lijn
from pipelines.blokken.grafiek.sankey import Stroom, sankey
from pipelines.blokken.grafiek.spreiding import Verdeling, spreiding
from pipelines.blokken.grafiek.stapel import stapel
from pipelines.blokken.grafiek.staven import Staaf, staven
from pipelines.blokken.grafiek.stroken import Punt, Strook, stroken
from pipelines.blokken.grafiek.svg import KLEUREN, STREPEN, TRAP, VULLING
from pipelines.blokken.grafiek.vonk import vonk
from pipelines.blokken.grafiek.waterval import Trede, waterval

__all__ = [
    "KLEUREN", "STREPEN", "TRAP", "VULLING", "Band", "Punt", "Reeks", "Staaf", "Strook", "Stroom", "Trede", "Verdeling", "buren", "kaart", "lijn", "sankey", "spreiding", "stapel", "staven", "stroken", "vonk", "waterval",
]  # fmt: skip
