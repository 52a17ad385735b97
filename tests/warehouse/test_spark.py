"""Marts of Spark beside those of DuckDB: what counts as the same cell. That they are the same is tests/dbt/test_spark.py."""

import duckdb
import pytest

from pipelines.warehouse import spark

MART = "SELECT * FROM (VALUES ('ZK09', 1, 0.5::DOUBLE), ('ZK20', 2, NULL), ('ZK20', 2, 3.0)) AS rijen(iza_regio, aantal, deel)"


def _anders(map_, vraag: str) -> tuple[int, int]:
    with duckdb.connect() as con:
        con.execute(f"CREATE SCHEMA marts; CREATE TABLE marts.m AS {MART}; COPY ({vraag}) TO '{map_}/m.parquet'")
        uitkomst = spark.vergelijk(con, "m", map_)
    return uitkomst.cellen, uitkomst.anders


@pytest.mark.parametrize(
    ("vraag", "anders"),
    [
        (MART, 0),
        (f"{MART} ORDER BY deel DESC", 0),
        (f"SELECT iza_regio, aantal::DECIMAL(9, 1) AS aantal, deel * (1 + 1e-12) AS deel FROM ({MART})", 0),
        (f"SELECT iza_regio, aantal, deel * (1 + 1e-6) AS deel FROM ({MART})", 2),
        (f"SELECT iza_regio, aantal, coalesce(deel, 0) AS deel FROM ({MART})", 2),
        (f"SELECT * FROM ({MART}) WHERE iza_regio = 'ZK20'", 3),
        (f"SELECT iza_regio, aantal + 1 AS aantal, deel FROM ({MART}) WHERE iza_regio = 'ZK09'", 12),
        (f"{MART} UNION ALL SELECT 'ZK31', 1, 0.1", 3),
        (f"{MART} UNION ALL {MART} LIMIT 4", 3),
    ],
    ids=[
        "gelijk",
        "volgorde",
        "laatste_cijfer",
        "getal",
        "leeg_is_geen_nul",
        "rij_weg",
        "andere_sleutel",
        "rij_erbij",
        "dubbel",
    ],
)
def test_elke_andere_cel_telt(tmp_path, vraag, anders):
    assert _anders(tmp_path, vraag) == (9, anders)


def test_een_kolom_die_er_niet_is_breekt_af(tmp_path):
    with pytest.raises(duckdb.BinderException):
        _anders(tmp_path, f"SELECT iza_regio, aantal FROM ({MART})")
