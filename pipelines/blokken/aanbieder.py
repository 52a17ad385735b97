"""Names of providers: AGB codes in words, from the register file of the installation.

Belongs here: reading ``aanbieders.csv`` (agb, naam, plaats) of the data root. Does not belong here: which codes a user may see
(``gegevens``): a name is only ever put to a code that a page has already.
"""

import csv
import os
from functools import lru_cache
from pathlib import Path

from pipelines.settings import Instellingen


def naam(agb: str) -> str:
    """The name of an onderneming or vestiging; its code where the register does not know it, or is not there."""
    return _register().get(agb, agb)


def met_code(agb: str) -> str:
    """The name with the code behind it, for tables; the code alone where there is no name."""
    bekend = _register().get(agb)
    return f"{bekend} ({agb})" if bekend else agb


def _register() -> dict[str, str]:
    pad = _pad(os.environ.get("GGZ_DATA"))
    return _lees(pad, pad.stat().st_mtime_ns) if pad.is_file() else {}


@lru_cache(maxsize=2)
def _pad(_data: str | None) -> Path:
    """Reading the settings takes milliseconds, and a page asks for many names."""
    return Instellingen().aanbieders


@lru_cache(maxsize=2)
def _lees(pad: Path, _stand: int) -> dict[str, str]:
    """Code -> name; a row without either is no row."""
    with pad.open(encoding="utf-8-sig", newline="") as bestand:
        rijen = csv.DictReader(bestand)
        return {r["agb"].strip(): r["naam"].strip() for r in rijen if r.get("agb") and r.get("naam")}
