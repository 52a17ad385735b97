"""Schema ``aanlevering`` of the warehouse: what dbt reads. Register as a table, judged rows as views on the store.

Belongs here: the hand-over. Which row counts is decided in dbt's staging. On another engine the views are tables.
"""

import duckdb
import pyarrow as pa

from pipelines import contract
from pipelines.aanlevering.register import Register
from pipelines.contract.overdracht import LEVERING, oordeelkolommen
from pipelines.settings import Instellingen


def zet_klaar(instellingen: Instellingen, con: duckdb.DuckDBPyConnection) -> None:
    """Makes schema ``aanlevering`` anew in the open warehouse ``con``, in one transaction."""
    con.execute("BEGIN")
    con.execute("CREATE SCHEMA IF NOT EXISTS aanlevering")
    _levering(instellingen, con)
    for bron in contract.bronnen():
        con.execute(f"CREATE OR REPLACE VIEW aanlevering.{bron} AS {_rijen(instellingen, bron)}")
    con.execute("COMMIT")


def _levering(instellingen: Instellingen, con: duckdb.DuckDBPyConnection) -> None:
    with Register(instellingen.register) as register:
        leveringen = register.leveringen()
    kolommen = {k: pa.array([getattr(levering, k) for levering in leveringen]) for k in LEVERING}
    con.register("uit_register", pa.table(kolommen))
    velden = ", ".join(f"{k}::{soort} AS {k}" for k, (soort, _) in LEVERING.items())
    con.execute(f"CREATE OR REPLACE TABLE aanlevering.levering AS SELECT {velden} FROM uit_register")
    con.unregister("uit_register")


def _rijen(instellingen: Instellingen, bron: str) -> str:
    velden = {k.naam: k.celtype.sql for k in contract.lees(bron).kolommen}
    velden |= {k: soort for k, (soort, _) in oordeelkolommen(bron).items()}
    if any((instellingen.opslag / bron).glob("*/*/*.parquet")):
        kolommen = ", ".join(f'"{k}"' for k in velden)
        return f"SELECT {kolommen} FROM read_parquet('{instellingen.opslag / bron}/*/*/*.parquet')"
    return "SELECT " + ", ".join(f'NULL::{soort} AS "{k}"' for k, soort in velden.items()) + " WHERE false"
