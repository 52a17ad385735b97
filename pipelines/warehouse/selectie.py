"""What dbt has to build again when deliveries of some sources changed: the tables that hold rows of them, and their tests.

Belongs here: following the lineage of dbt's manifest back to the sources. Does not belong here: which sources changed (``bouw``).

Tables ``aanlevering.levering``, ``aanlevering.rij`` and ``beheer.geraakt`` hold lines of every bron, and so do the models made of only those. A
model that looks at the lines of some says so in its ``meta: {leveringen_van: [..]}``: names of sources, ``verplicht`` for those
that every region owes, ``ingenomen`` for all (but no refused delivery). Without it any new delivery is a reason to build it again.
"""

from collections.abc import Iterable
from functools import cache
from typing import Any

from pipelines.warehouse.bouw import CODE, NA_DBT

SEED, MODEL, TEST = "seed", "model", "test"


def geraakt(manifest: dict[str, Any], gewijzigd: Iterable[str]) -> list[str]:
    """The seeds, models and tests (unique ids) that are no longer as they would be built, when these sources changed: deliveries of a
    bron, or a table that holds none of them (its name). Any other name stands for deliveries that no source took in."""
    anders = frozenset(gewijzigd) - NA_DBT
    tabellen = {naam: tabel.get("meta", {}) for naam, tabel in manifest["sources"].items()}
    van_bron = {naam: meta["bron"] for naam, meta in tabellen.items() if "bron" in meta}
    woorden = {
        "ingenomen": set(van_bron.values()),
        "verplicht": {meta["bron"] for meta in tabellen.values() if meta.get("verplicht")},
    }
    met_leveringen = {"aanlevering", "beheer"}
    zonder_leveringen = {n: t["name"] for n, t in manifest["sources"].items() if t["source_name"] not in met_leveringen}
    ouders = {naam: knoop["depends_on"].get("nodes", []) for naam, knoop in manifest["nodes"].items()}

    @cache
    def van_alle(naam: str) -> bool:
        """Whether a node knows nothing but tables with lines of every bron."""
        if naam in tabellen:
            return naam not in van_bron and naam not in zonder_leveringen
        return bool(ouders.get(naam)) and all(map(van_alle, ouders[naam]))

    @cache
    def is_geraakt(naam: str) -> bool:
        if naam in van_bron:
            return van_bron[naam] in anders
        if naam in zonder_leveringen:
            return zonder_leveringen[naam] in anders
        if naam in tabellen:
            return bool(anders - set(zonder_leveringen.values()))
        van = manifest["nodes"][naam]["config"].get("meta", {}).get("leveringen_van")
        if van is None:
            return any(map(is_geraakt, ouders.get(naam, [])))
        bronnen = set().union(*(woorden.get(woord, {woord}) for woord in van))
        return not anders.isdisjoint(bronnen) or any(is_geraakt(o) for o in ouders[naam] if not van_alle(o))

    bouwbaar = (naam for naam, k in manifest["nodes"].items() if k["resource_type"] in (SEED, MODEL, TEST))
    return [naam for naam in bouwbaar if CODE in anders or is_geraakt(naam)]
