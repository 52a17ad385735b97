"""A data root may be called anything that a folder may be called."""

import duckdb

from pipelines.fundament import sql


def test_een_map_met_tekens_van_sql_en_van_patronen_wordt_gelezen_zoals_zij_heet(tmp_path):
    map_ = tmp_path / """it's [a] "b" {c} *ü 100% ?"""
    (map_ / "2024").mkdir(parents=True)
    (tmp_path / "it's a").mkdir()
    duckdb.sql("SELECT 1 AS een").write_parquet(str(map_ / "2024" / "x.parquet"))
    for pad in (sql.bestanden(map_, "*/*.parquet"), sql.bestanden(map_ / "2024" / "x.parquet")):
        assert duckdb.sql(f"SELECT * FROM read_parquet({sql.letterlijk(pad)})").fetchall() == [(1,)]
