"""The same models on Spark: hands over by Parquet what dbt reads, builds staging to marts there, and compares every mart with DuckDB's.

Belongs here: that way there and back. Does not belong here: what differs between the engines in SQL (``dbt_project/macros/motor``), and where
a cluster is (``profiles.yml``, by environment). Started as ``python -m pipelines.warehouse.spark`` in an environment of its own
(``requirements-spark.lock``); nothing else imports it.
"""

import argparse
import os
import shutil
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipelines.fundament import sql
from pipelines.settings import Instellingen
from pipelines.warehouse import verbinding
from pipelines.warehouse.dbt import DBT_PROJECT, DbtFout, omgeving

LEEST = ("aanlevering", "definities", "referentie")
"""Schemas that dbt reads: intake, versions taken in, and the reference tables as DuckDB typed them."""
BOUWT = ("staging", "intermediate", "marts")
MARGE = 1e-9  # of two numbers with a fraction, relative; all else is equal or it is not
KLEIN = "spark.driver.memory=3g spark.sql.shuffle.partitions=1 spark.sql.adaptive.enabled=false"
"""Of the local session, where GGZ_SPARK_INSTELLINGEN says nothing else: thousands of rows, where starting a task costs more than its work."""
GEBROKEN = ("DOUBLE", "FLOAT", "DECIMAL")


@dataclass(frozen=True)
class Vergelijking:
    """A mart on both engines: its cells with DuckDB, and how many of those differ."""

    mart: str
    cellen: int
    anders: int


def draai(instellingen: Instellingen, map_: Path) -> list[Vergelijking]:
    """Builds staging to marts on Spark in ``map_`` from what lies in the warehouse, and compares; raises DbtFout when dbt fails."""
    uitwisseling, tabellen = map_ / "uitwisseling", map_ / "tabellen"
    begin = time.monotonic()
    shutil.rmtree(tabellen, ignore_errors=True)
    geef_over(instellingen, uitwisseling)
    _meld(begin, f"overgedragen als Parquet: {', '.join(LEEST)}")
    sessie = open_sessie(tabellen)
    try:
        _meld(begin, f"Spark {sessie.version}")
        bouw(instellingen, uitwisseling, map_ / "dbt")
        _meld(begin, f"gebouwd: {', '.join(BOUWT)}")
    finally:
        sessie.stop()
    return vergelijk_alle(instellingen, tabellen / "marts.db")


def marts() -> list[str]:
    """The marts that dbt builds."""
    return sorted(pad.stem for pad in (DBT_PROJECT / "models" / "marts").glob("*.sql"))


def geef_over(instellingen: Instellingen, uitwisseling: Path) -> None:
    """Writes every table that dbt reads as ``SCHEMA/TABEL.parquet``."""
    with verbinding.lees(instellingen.warehouse) as con:
        for schema in LEEST:
            (uitwisseling / schema).mkdir(parents=True, exist_ok=True)
            for tabel in _tabellen(con, schema):
                doel = sql.letterlijk(uitwisseling / schema / f"{tabel}.parquet")
                con.execute(f"COPY {schema}.{sql.naam(tabel)} TO {doel} (FORMAT parquet)")


def open_sessie(tabellen: Path):
    """A local session of Spark that dbt finds in this process. Its catalogue is in memory: nothing of it outlives the process but the
    Parquet files in ``tabellen``."""
    from pyspark.sql import SparkSession

    instellen = {
        "spark.master": f"local[{Instellingen().threads}]",
        "spark.sql.catalogImplementation": "in-memory",
        "spark.sql.warehouse.dir": str(tabellen),
        "spark.local.dir": str(tabellen.parent / "tijdelijk"),
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
    }
    instellen |= dict(deel.split("=", 1) for deel in os.environ.get("GGZ_SPARK_INSTELLINGEN", KLEIN).split())
    bouwer = SparkSession.builder.appName("cruciale-ggz")
    for naam, waarde in instellen.items():
        bouwer = bouwer.config(naam, waarde)
    return bouwer.getOrCreate()


def bouw(instellingen: Instellingen, uitwisseling: Path, doel: Path) -> None:
    """Runs dbt on target ``spark`` in this process, on the session that is open."""
    from dbt.cli.main import dbtRunner

    os.environ |= omgeving(instellingen) | {"GGZ_SPARK_UITWISSELING": str(uitwisseling)}
    vast = ["--project-dir", str(DBT_PROJECT), "--target", "spark", "--target-path", str(doel), "--log-path", str(doel)]
    runner = dbtRunner()
    for opdracht in (["run-operation", "uitwisseling"], ["run", "--select", *BOUWT]):
        uitslag = runner.invoke([*opdracht, *vast])
        if not uitslag.success:
            raise DbtFout(f"dbt {opdracht[0]} is mislukt op Spark: {uitslag.exception or doel / 'dbt.log'}")


def vergelijk_alle(instellingen: Instellingen, spark: Path) -> list[Vergelijking]:
    """Every mart beside the folder of its name in ``spark``."""
    with verbinding.lees(instellingen.warehouse) as con:
        return [vergelijk(con, mart, spark / mart) for mart in marts()]


def vergelijk(con: duckdb.DuckDBPyConnection, mart: str, spark: Path) -> Vergelijking:
    """Rows of both engines put side by side on all columns without a fraction, those with one in order; then cell by cell."""
    kolommen = con.execute(
        "SELECT column_name, data_type FROM duckdb_columns() WHERE schema_name = 'marts' AND table_name = ? ORDER BY column_index",
        [mart],
    ).fetchall()
    heel = [sql.naam(k) for k, soort in kolommen if not soort.startswith(GEBROKEN)]
    gebroken = [sql.naam(k) for k, soort in kolommen if soort.startswith(GEBROKEN)]
    velden = ", ".join(f"CAST({sql.naam(k)} AS {soort}) AS {sql.naam(k)}" for k, soort in kolommen)
    bron = f"read_parquet({sql.letterlijk(sql.bestanden(spark, '*.parquet'))})"
    rang = f"row_number() OVER (PARTITION BY {', '.join(heel)} ORDER BY {', '.join([*gebroken, '1'])}) AS rang, 1 AS er"
    samen = " AND ".join(f"a.{k} IS NOT DISTINCT FROM b.{k}" for k in [*heel, "rang"])
    anders = " + ".join(["0", *(
        f"CASE WHEN a.{k} IS NOT DISTINCT FROM b.{k} OR abs(a.{k} - b.{k}) <= {MARGE} * greatest(abs(a.{k}), abs(b.{k})) THEN 0 ELSE 1 END"
        for k in gebroken
    )])  # fmt: skip
    rijen, fout = con.execute(
        f"""
        WITH a AS (SELECT *, {rang} FROM marts.{sql.naam(mart)}), b AS (SELECT *, {rang} FROM (SELECT {velden} FROM {bron}))
        SELECT count(a.er), sum(CASE WHEN a.er IS NULL OR b.er IS NULL THEN {len(kolommen)} ELSE {anders} END)
        FROM a FULL JOIN b ON {samen}
        """
    ).fetchone()
    return Vergelijking(mart, rijen * len(kolommen), int(fout or 0))


def _tabellen(con: duckdb.DuckDBPyConnection, schema: str) -> list[str]:
    vraag = "SELECT table_name FROM information_schema.tables WHERE table_schema = ? ORDER BY table_name"
    return [naam for (naam,) in con.execute(vraag, [schema]).fetchall()]


def _meld(begin: float, tekst: str) -> None:
    print(f"{time.monotonic() - begin:5.0f} s  {tekst}", flush=True)


def main() -> int:
    """On the warehouse of GGZ_DATA; 0 when every mart is equal (or handed over), 1 when one is not."""
    vraag = argparse.ArgumentParser(prog="python -m pipelines.warehouse.spark", description=main.__doc__)
    vraag.add_argument("stap", nargs="?", choices=["alles", "overdragen", "vergelijken"], default="alles")
    vraag.add_argument("--map", type=Path, help="what a cluster reads (overdragen), or its marts (vergelijken)")
    gevraagd, instellingen = vraag.parse_args(), Instellingen()
    eigen = gevraagd.map or instellingen.data / "spark"
    if gevraagd.stap == "overdragen":
        geef_over(instellingen, eigen)
        return 0
    uitkomsten = draai(instellingen, eigen) if gevraagd.stap == "alles" else vergelijk_alle(instellingen, eigen)
    for u in uitkomsten:
        print(f"{u.mart}: {u.cellen - u.anders} van {u.cellen} cellen gelijk")
    gelijk, cellen = sum(not u.anders for u in uitkomsten), sum(u.cellen for u in uitkomsten)
    print(f"Spark naast DuckDB: {gelijk} van {len(uitkomsten)} marts gelijk, {cellen} cellen vergeleken")
    return 0 if gelijk == len(uitkomsten) else 1


if __name__ == "__main__":
    sys.exit(main())
