"""Who asks: roles and region from the claims of the identity provider (spec 5.2).

Belongs here: the settings of access, claims -> ``Gebruiker``, and session expiry. Does not belong here: which rows a user may
see (``gegevens``), and signing in itself, which Streamlit does (``app``).
"""

import re
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
    rol_claim: str = Field(
        "roles",
        description="claim that holds the groups or roles of a user, or a path to it such as realm_access.roles",
    )
    rollen: dict[str, Rol] = Field(
        {"ggz-steward": "steward", "ggz-landelijk": "landelijk", "ggz-regio": "regio"},
        description="value of the claim -> role",
    )
    regio_claim: str = Field("iza_regio", description="claim that holds the region of a regional user")
    regio_waarden: dict[str, str] = Field(
        {}, description="value of the claim -> iza_regio, where it is no ZK code itself"
    )
    sessie_uren: float = Field(8, gt=0, description="hours after signing in that a session ends")


IDENTITEIT = ("sub", "name", "email", "iat", "auth_time", "exp")
"""Claims that say who somebody is and since when."""

SESSIE = ("origin", "is_logged_in", "provider")
"""What Streamlit adds to them."""


def gebruiker(claims: Mapping[str, Any], instellingen: SchermInstellingen) -> Gebruiker:
    """The user behind the claims of an ID token; of several roles the widest counts. Raises GeenToegang."""
    gevonden = {instellingen.rollen[naam] for naam in _rolnamen(claims, instellingen)}
    namen = (claims.get(claim) for claim in ("name", "email", "sub"))
    naam = next((n for n in namen if isinstance(n, str) and n), "onbekend")
    for rol in ("steward", "landelijk", "regio", "publiek"):
        if rol in gevonden:
            return Gebruiker(naam, rol, _regio(claims, instellingen) if rol == "regio" else None)
    raise GeenToegang("Aan dit account is geen rol van de capaciteitsmonitor gekoppeld. Vraag de beheerder om toegang.")


def bondig(claims: Mapping[str, Any], instellingen: SchermInstellingen) -> dict[str, Any]:
    """Of the claims what ``gebruiker`` and ``einde`` look at: of all groups of somebody those that give a role here."""
    uit = {claim: claims[claim] for claim in (*IDENTITEIT, *SESSIE) if isinstance(claims.get(claim), str | int | float)}
    uit = {claim: waarde[:TEKENS_MAX] if isinstance(waarde, str) else waarde for claim, waarde in uit.items()}
    regio = _losse(_claim(claims, instellingen.regio_claim))
    return uit | {instellingen.rol_claim: _rolnamen(claims, instellingen), instellingen.regio_claim: regio[:2]}


TEKENS_MAX = 200  # of a name


def _claim(claims: Mapping[str, Any], pad: str) -> object:
    """The claim of that name, or at that path: ``realm_access.roles`` is roles within realm_access. None where there is none."""
    if pad in claims:
        return claims[pad]
    delen = pad.split(".")
    for aantal in range(1, len(delen)):  # a name may have dots of its own
        binnen = claims.get(".".join(delen[:aantal]))
        if isinstance(binnen, Mapping) and (gevonden := _claim(binnen, ".".join(delen[aantal:]))) is not None:
            return gevonden
    return None


def _losse(waarde: object) -> list[str]:
    """The texts in a claim: one, or a list of them, and numbers as text. Whatever else it holds says nothing."""
    losse = waarde if isinstance(waarde, list | tuple) else [waarde]
    return [str(w)[:TEKENS_MAX] for w in losse if isinstance(w, str | int) and not isinstance(w, bool)]


def _rolnamen(claims: Mapping[str, Any], instellingen: SchermInstellingen) -> list[str]:
    """Which names that give a role somebody has; where the claim is one text it may hold several, with spaces or commas between them."""
    claim = _claim(claims, instellingen.rol_claim)
    losse = [claim, *re.split(r"[\s,;]+", claim)] if isinstance(claim, str) else _losse(claim)
    return sorted(set(losse) & instellingen.rollen.keys())


def _regio(claims: Mapping[str, Any], instellingen: SchermInstellingen) -> str:
    waarden = _losse(_claim(claims, instellingen.regio_claim))
    code = instellingen.regio_waarden.get(waarden[0], waarden[0]) if len(waarden) == 1 else None
    if code not in regios():
        raise GeenToegang("Aan dit account is geen bestaande IZA-regio gekoppeld. Vraag de beheerder om toegang.")
    return code


def einde(claims: Mapping[str, Any], instellingen: SchermInstellingen) -> datetime:
    """When a session ends, counted from the ID token (``iat``), else from ``auth_time``; without either it has ended."""
    try:
        begin = int(claims.get("iat") or claims.get("auth_time") or 0)
        return datetime.fromtimestamp(begin, UTC) + timedelta(hours=instellingen.sessie_uren if begin else 0)
    except (TypeError, ValueError, OverflowError, OSError):  # no moment
        return datetime.fromtimestamp(0, UTC)
