"""What dbt has to build again when deliveries of some sources changed: the tables that hold rows of them, and their tests.

Belongs here: following the lineage of dbt's manifest back to the sources. Does not belong here: which sources changed (``bouw``).

Table ``aanlevering.levering`` holds lines of every bron. A model that only looks at those of some says so in its
``meta: {leveringen_van: [..]}``; without it a new delivery of any bron is a reason to build it again.
"""

from collections.abc import Iterable
from functools import cache
from typing import Any

SEED, MODEL, TEST = "seed", "model", "test"


def ongewijzigd(manifest: dict[str, Any], gewijzigd: Iterable[str]) -> list[dict[str, Any]]:
    """The seeds, models and tests that stay as they are when only deliveries of these sources changed; any other name
    stands for deliveries that no source took in."""
    anders = frozenset(gewijzigd)
    levering = next(s for s in manifest["sources"] if s.endswith(".levering"))
    ouders = {naam: knoop["depends_on"].get("nodes", []) for naam, knoop in manifest["nodes"].items()}

    @cache
    def enkel_leveringen(naam: str) -> bool:
        """Whether a node knows nothing but the list of deliveries."""
        return naam == levering or bool(ouders.get(naam)) and all(map(enkel_leveringen, ouders[naam]))

    @cache
    def geraakt(naam: str) -> bool:
        if naam == levering:
            return bool(anders)
        if naam in manifest["sources"]:
            return manifest["sources"][naam]["name"] in anders
        van = manifest["nodes"][naam]["config"].get("meta", {}).get("leveringen_van")
        if van is None:
            return any(map(geraakt, ouders.get(naam, [])))
        return not anders.isdisjoint(van) or any(geraakt(o) for o in ouders[naam] if not enkel_leveringen(o))

    bouwbaar = (SEED, MODEL, TEST)
    return [k for naam, k in manifest["nodes"].items() if k["resource_type"] in bouwbaar and not geraakt(naam)]
