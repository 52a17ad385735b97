"""Who reads: a role, and the region of a regional tafel (spec 5.2).

Belongs here: what a role is. Does not belong here: how somebody gets one (``scherm.toegang``), and which rows it may see
(``gegevens``).
"""

from dataclasses import dataclass
from typing import Literal

from pipelines.blokken.opmaak import regios

Rol = Literal["landelijk", "steward", "regio", "publiek"]
ROLLEN = {
    "landelijk": "Landelijke tafel",
    "steward": "Datasteward",
    "regio": "Regiotafel",
    "publiek": "Publiek",
}


@dataclass(frozen=True)
class Gebruiker:
    """``iza_regio`` is filled for the role regio alone."""

    naam: str
    rol: Rol
    iza_regio: str | None = None

    @property
    def ziet_alles(self) -> bool:
        """Every region, unsuppressed, at aggregate level."""
        return self.rol in ("landelijk", "steward")

    @property
    def is_steward(self) -> bool:
        return self.rol == "steward"

    def omschrijving(self) -> str:
        return ROLLEN[self.rol] + (f" {regios()[self.iza_regio]}" if self.iza_regio else "")
