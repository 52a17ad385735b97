"""Who asks: roles and region from the claims of the identity provider (spec 5.2).

Belongs here: the settings of access, claims -> ``Gebruiker``, and session expiry. Does not belong here: which rows a user may
see (``gegevens``), and signing in itself, which Streamlit does (``app``).
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from pipelines.blokken.gebruiker import Gebruiker, Rol
from pipelines.blokken.opmaak import regios

LOKAAL = ("127.0.0.1", "localhost", "::1")


class GeenToegang(Exception):
    """Somebody who is known, but to whom no role is given; the message is for that person."""


class SchermInstellingen(BaseSettings):
    """Environment variables with prefix ``GGZ_SCHERM_``; mappings are JSON."""

    model_config = SettingsConfigDict(env_prefix="GGZ_SCHERM_", extra="ignore")

    geheimen: Path | None = Field(
        None, description="TOML file with [auth]: the OIDC client; without it demonstration mode"
    )
    rol_claim: str = Field("roles", description="claim that holds the groups or roles of a user")
    rollen: dict[str, Rol] = Field(
        {"ggz-steward": "steward", "ggz-landelijk": "landelijk", "ggz-regio": "regio"},
        description="value of the claim -> role",
    )
    regio_claim: str = Field("iza_regio", description="claim that holds the region of a regional user")
    regio_waarden: dict[str, str] = Field(
        {}, description="value of the claim -> iza_regio, where it is no ZK code itself"
    )
    sessie_uren: float = Field(8, gt=0, description="hours after signing in that a session ends")


def gebruiker(claims: Mapping[str, Any], instellingen: SchermInstellingen) -> Gebruiker:
    """The user behind the claims of an ID token; of several roles the widest counts. Raises GeenToegang."""
    waarden = claims.get(instellingen.rol_claim) or []
    waarden = [waarden] if isinstance(waarden, str) else list(waarden)
    gevonden = {instellingen.rollen[w] for w in waarden if w in instellingen.rollen}
    naam = str(claims.get("name") or claims.get("email") or claims.get("sub") or "onbekend")
    for rol in ("steward", "landelijk", "regio", "publiek"):
        if rol in gevonden:
            return Gebruiker(naam, rol, _regio(claims, instellingen) if rol == "regio" else None)
    raise GeenToegang("Aan dit account is geen rol van de capaciteitsmonitor gekoppeld. Vraag de beheerder om toegang.")


def _regio(claims: Mapping[str, Any], instellingen: SchermInstellingen) -> str:
    waarde = claims.get(instellingen.regio_claim)
    code = instellingen.regio_waarden.get(str(waarde), waarde)
    if not isinstance(code, str) or code not in regios():
        raise GeenToegang("Aan dit account is geen bestaande IZA-regio gekoppeld. Vraag de beheerder om toegang.")
    return code


def einde(claims: Mapping[str, Any], instellingen: SchermInstellingen) -> datetime:
    """When a session ends, counted from the ID token (``iat``), else from ``auth_time``; without either it has ended."""
    begin = claims.get("iat") or claims.get("auth_time") or 0
    return datetime.fromtimestamp(int(begin), UTC) + timedelta(hours=instellingen.sessie_uren if begin else 0)
