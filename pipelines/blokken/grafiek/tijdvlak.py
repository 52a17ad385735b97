"""The plane that drawings over months share: months across, round values up, hatching where nothing is known, texts on hover.

Belongs here: places and axes. Does not belong here: what is drawn on the plane (``lijn``, ``stapel``).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from pipelines.blokken.grafiek.letters import breedte_van
from pipelines.blokken.grafiek.svg import GRIJS, LIJN, maandas, schrift
from pipelines.blokken.opmaak import h

RECHTS, ONDER, BOVEN = 14, 26, 12


@dataclass(frozen=True)
class Tijdvlak:
    """``treden``: the values on the axis, low to high; ``top``: what stands above it; ``hoogte``: with its months."""

    maanden: Sequence[date]
    treden: Sequence[float]
    schrijf: Callable[[float], str]
    breedte: float
    top: float
    hoogte: float

    @property
    def links(self) -> float:
        """As wide as the widest value on the axis."""
        return 14 + max(breedte_van(self.schrijf(t), 12) for t in self.treden)

    @property
    def stap(self) -> float:
        return (self.breedte - self.links - RECHTS) / len(self.maanden)

    @property
    def vlak(self) -> float:
        return self.hoogte - ONDER - BOVEN

    def x(self, i: int) -> float:
        """The middle of a month."""
        return self.links + (i + 0.5) * self.stap

    def y(self, waarde: float) -> float:
        laag, hoog = self.treden[0], self.treden[-1]
        return self.top + BOVEN + self.vlak - (waarde - laag) / (hoog - laag) * self.vlak

    def assen(self) -> str:
        uit = []
        for t in self.treden:
            uit.append(
                f'<line x1="{self.links:.1f}" x2="{self.breedte - RECHTS}" y1="{self.y(t):.1f}" y2="{self.y(t):.1f}" '
                f'stroke="{GRIJS if t == 0 else LIJN}" stroke-width="1"/>'
            )
            uit.append(schrift(self.links - 6, self.y(t) + 4, self.schrijf(t), "end", GRIJS, 'font-size="12"'))
        return "".join(uit) + maandas(self.maanden, self.x, self.top + BOVEN + self.vlak, self.breedte)

    def arceer(self, i: int, patroon: str, deel: float = 1.0) -> str:
        """A month filled with a pattern, over a share of its width."""
        breed = self.stap * deel
        return (
            f'<rect x="{self.x(i) - breed / 2:.1f}" y="{self.top + BOVEN}" width="{breed:.1f}" height="{self.vlak}" '
            f'fill="url(#{patroon})" opacity=".55"/>'
        )

    def wijs(self, i: int, regels: Sequence[str]) -> str:
        """What is said of a month where somebody points at it."""
        return (
            f'<rect x="{self.x(i) - self.stap / 2:.1f}" y="{self.top + BOVEN}" width="{self.stap:.1f}" height="{self.vlak}" '
            f'fill="#fff" fill-opacity="0" data-tip="{h(chr(10).join(regels))}"/>'
        )
