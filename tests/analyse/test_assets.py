"""The analyses as Dagster runs them."""

import dagster as dg
import duckdb

from pipelines.analyse.assets import analyses
from pipelines.analyse.opslag import TABELLEN


def test_a_run_leaves_every_table_in_the_warehouse(tmp_path, monkeypatch, klein, vul):
    monkeypatch.setenv("GGZ_DATA", str(tmp_path))
    with duckdb.connect(str(tmp_path / "warehouse.duckdb")) as verbinding:
        vul(verbinding)
    assert dg.materialize([analyses], instance=dg.DagsterInstance.ephemeral()).success
    with duckdb.connect(str(tmp_path / "warehouse.duckdb"), read_only=True) as verbinding:
        gevuld = {
            tabel
            for tabel, schema in TABELLEN.items()
            if verbinding.execute(f"select count(*) > 0 from {schema}.{tabel}").fetchone() == (True,)
        }
    assert gevuld == set(TABELLEN) - {"scenario_bijdrage"}  # unchanged policy has no measures


def test_before_the_first_delivery_there_is_nothing_to_compute(tmp_path, monkeypatch, vul):
    monkeypatch.setenv("GGZ_DATA", str(tmp_path))
    with duckdb.connect(str(tmp_path / "warehouse.duckdb")) as verbinding:
        vul(verbinding, maanden=1)
        verbinding.execute("delete from marts.definitie_capaciteit")
    assert dg.materialize([analyses], instance=dg.DagsterInstance.ephemeral()).success
