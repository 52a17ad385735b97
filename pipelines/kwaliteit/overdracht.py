"""Schema ``toetsing`` of the warehouse: what dbt reads of judgements and of kept results. Described in ``bronnen_toetsing.yml``.

Belongs here: the hand-over. Does not belong here: keeping results (``resultaat``) and judgements (``oordeel``).
"""

from pathlib import Path

import duckdb

from pipelines.fundament import sql
from pipelines.kwaliteit import oordeel
from pipelines.settings import Instellingen

OORDEEL, RESULTAAT = "oordeel", "resultaat"
KOLOMMEN = {
    "run": "VARCHAR",
    "moment": "TIMESTAMP",
    "bron": "VARCHAR",
    "maand": "VARCHAR",
    "iza_regio": "VARCHAR",
    "leverancier": "VARCHAR",
    "suite": "VARCHAR",
    "expectation": "VARCHAR",
    "kolom": "VARCHAR",
    "ernst": "VARCHAR",
    "geslaagd": "BOOLEAN",
    "aantal_onverwacht": "BIGINT",
    "aantal": "BIGINT",
    "waarneming": "VARCHAR",
}


def zet_klaar(instellingen: Instellingen, con: duckdb.DuckDBPyConnection) -> None:
    """Makes schema ``toetsing`` anew in the open warehouse ``con``, in one transaction."""
    con.register("uit_register", oordeel.alle(instellingen.register))
    con.execute("BEGIN")
    con.execute("CREATE SCHEMA IF NOT EXISTS toetsing")
    con.execute(f"CREATE OR REPLACE TABLE toetsing.{OORDEEL} AS SELECT * FROM uit_register")
    con.execute(f"CREATE OR REPLACE VIEW toetsing.{RESULTAAT} AS {_resultaten(instellingen.resultaten)}")
    con.execute("COMMIT")
    con.unregister("uit_register")


def _resultaten(map_: Path) -> str:
    if any(map_.rglob("*.parquet")):
        velden = ", ".join(f"{k}::{soort} AS {k}" for k, soort in KOLOMMEN.items())
        return f"SELECT {velden} FROM read_parquet({sql.letterlijk(sql.bestanden(map_, '**/*.parquet'))}, union_by_name = true)"
    return f"SELECT {', '.join(f'NULL::{soort} AS {k}' for k, soort in KOLOMMEN.items())} WHERE false"
