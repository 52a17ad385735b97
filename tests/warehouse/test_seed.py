"""A reference table that got another column is taken in by a warehouse that has the old one."""

import csv

import duckdb

from pipelines.fundament import seeds
from pipelines.warehouse import dbt


def test_een_referentietabel_met_een_andere_kolom_vervangt_de_oude(tmp_path):
    warehouse = tmp_path / "warehouse.duckdb"
    with duckdb.connect(str(warehouse)) as con:
        con.execute("CREATE SCHEMA referentie")
        con.execute("CREATE TABLE referentie.wachtfase AS SELECT 'totaal' AS fase, 14 AS treeknorm_weken")
        con.execute("CREATE SCHEMA staging; CREATE VIEW staging.oud AS SELECT fase FROM referentie.wachtfase")
    dbt.draai(warehouse, "seed", "--select", "wachtfase")
    with duckdb.connect(str(warehouse)) as con, seeds.pad("wachtfase").open(encoding="utf-8") as bestand:
        kolommen = [kolom for (kolom, *_) in con.execute("DESCRIBE referentie.wachtfase").fetchall()]
        assert kolommen == next(csv.reader(bestand))
        assert con.execute("SELECT count(*) FROM referentie.wachtfase").fetchone() == (len(seeds.lees("wachtfase")),)
