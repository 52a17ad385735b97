"""Schema ``definities`` of the warehouse: versions of the definition that stewards took in, beside those in ``seeds/``.

Belongs here: where they are kept (one file per version under the data root), reading them, and the hand-over to dbt. Does not
belong here: judging and taking in a version (``pipelines.referentie.definitie``).
"""

import json
from pathlib import Path

import duckdb
import pyarrow as pa

from pipelines.fundament import seeds
from pipelines.settings import Instellingen

VERSIE, REGEL, BEDTYPE, ZORGVORM = "definitie_versie", "cluster_regel", "bedtype_cluster", "zorgvorm_cluster"
TABELLEN = (VERSIE, REGEL, BEDTYPE, ZORGVORM)
"""Tables of schema ``definities``, each in the form of the seed of that name."""
GEHEEL = {"volgorde", "beveiligingsniveau_vanaf"}


def kolommen(tabel: str) -> list[str]:
    """Columns of a table, in the order of its seed."""
    return list(seeds.lees(tabel)[0])


def meegeleverd() -> list[str]:
    """Versions in the seeds, in their order; a steward cannot take in or remove one of these."""
    return list(dict.fromkeys(rij["versie"] for rij in seeds.lees(REGEL)))


def bestand(instellingen: Instellingen, versie: str) -> Path:
    """Where a version taken in is kept: an object with, per table, a list of rows (texts by column)."""
    return instellingen.definities / f"{versie}.json"


def eigen(instellingen: Instellingen) -> dict[str, dict[str, list[dict[str, str]]]]:
    """The versions taken in, by name: per table its rows."""
    return {
        pad.stem: json.loads(pad.read_text(encoding="utf-8")) for pad in sorted(instellingen.definities.glob("*.json"))
    }


def bewaard(instellingen: Instellingen) -> dict[str, list[tuple[str | None, ...]]]:
    """Per table all rows of the versions taken in, an empty cell as None. One that is in the seeds by now counts as those say."""
    inhoud = [delen for versie, delen in eigen(instellingen).items() if versie not in meegeleverd()]
    return {
        tabel: [tuple(rij.get(k) or None for k in kolommen(tabel)) for delen in inhoud for rij in delen.get(tabel, [])]
        for tabel in TABELLEN
    }


def zet_klaar(instellingen: Instellingen, con: duckdb.DuckDBPyConnection) -> None:
    """Makes schema ``definities`` anew in the open warehouse ``con``."""
    con.execute("CREATE SCHEMA IF NOT EXISTS definities")
    for tabel, rijen in bewaard(instellingen).items():
        namen = kolommen(tabel)
        con.register(
            "nieuw", pa.table({k: pa.array([rij[i] for rij in rijen], pa.string()) for i, k in enumerate(namen)})
        )
        velden = ", ".join(f"{k}::{'INTEGER' if k in GEHEEL else 'VARCHAR'} AS {k}" for k in namen)
        con.execute(f"CREATE OR REPLACE TABLE definities.{tabel} AS SELECT {velden} FROM nieuw")
        con.unregister("nieuw")
