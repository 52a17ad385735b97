"""Schemas ``aanlevering`` and ``definities`` of the warehouse: what dbt reads. Register, sources and rules as tables, judged rows as views
on the store.

Belongs here: the hand-over. Which row counts is decided in dbt's staging. On another engine the views are tables.
"""

from dataclasses import asdict

import duckdb
import pyarrow as pa

from pipelines import contract
from pipelines.aanlevering import geldigheid
from pipelines.aanlevering.register import Register
from pipelines.contract.overdracht import BRON, LEVERING, REGEL, alle_rijen, oordeelkolommen, regels
from pipelines.fundament import sql
from pipelines.settings import Instellingen
from pipelines.warehouse import definities


def zet_klaar(instellingen: Instellingen, con: duckdb.DuckDBPyConnection) -> None:
    """Makes both schemas anew in the open warehouse ``con``, in one transaction."""
    con.execute("BEGIN")
    con.execute("CREATE SCHEMA IF NOT EXISTS aanlevering")
    with Register(instellingen.register) as register:
        _tabel(con, "levering", LEVERING, [asdict(levering) for levering in register.leveringen()])
    _tabel(con, "bron", BRON, [dict(contract.lees(bron)) for bron in contract.bronnen()])
    _tabel(con, "regel", REGEL, regels())
    for bron in contract.bronnen():
        con.execute(f"CREATE OR REPLACE VIEW aanlevering.{bron} AS {_rijen(instellingen, bron)}")
    con.execute(f"CREATE OR REPLACE VIEW aanlevering.rij AS {alle_rijen()}")
    definities.zet_klaar(instellingen, con)
    con.execute("COMMIT")


def _tabel(con: duckdb.DuckDBPyConnection, naam: str, kolommen: dict[str, tuple[str, str]], rijen: list[dict]) -> None:
    con.register("nieuw", pa.table({k: pa.array([rij[k] for rij in rijen]) for k in kolommen}))
    velden = ", ".join(f"{k}::{soort} AS {k}" for k, (soort, _) in kolommen.items())
    con.execute(f"CREATE OR REPLACE TABLE aanlevering.{naam} AS SELECT {velden} FROM nieuw")
    con.unregister("nieuw")


def _rijen(instellingen: Instellingen, bron: str) -> str:
    """All rows of ``bron``; of a delivery that was read under another contract, and cannot be read again, columns may be missing."""
    velden = {k.naam: k.celtype.sql for k in contract.lees(bron).kolommen}
    velden |= {k: soort for k, (soort, _) in oordeelkolommen(bron).items()}
    leeg = "SELECT " + ", ".join(f"NULL::{soort} AS {sql.naam(k)}" for k, soort in velden.items()) + " WHERE false"
    if not any((instellingen.opslag / bron).glob("*/*/*.parquet")):
        return leeg
    opslag = f"read_parquet({sql.letterlijk(sql.bestanden(instellingen.opslag / bron, '*/*/*.parquet'))}"
    with Register(instellingen.register) as register:
        ouder = any(lev.code is None and not geldigheid.is_van_nu(lev) for lev in register.leveringen(bron))
    if not ouder:
        return f"SELECT {', '.join(map(sql.naam, velden))} FROM {opslag}, hive_partitioning = false)"
    kolommen = ", ".join(f"TRY_CAST({sql.naam(k)} AS {soort}) AS {sql.naam(k)}" for k, soort in velden.items())
    rijen = f"SELECT * FROM {opslag}, hive_partitioning = false, union_by_name = true)"
    return f"SELECT {kolommen} FROM ({leeg} UNION ALL BY NAME {rijen})"
