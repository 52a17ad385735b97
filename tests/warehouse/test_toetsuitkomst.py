"""What dbt's tests said is kept, as dbt reports it; what was not run is not there."""

from datetime import datetime

import duckdb

from pipelines.settings import Instellingen
from pipelines.warehouse import toetsuitkomst
from pipelines.warehouse.dbt import Uitkomst


def _toets(naam: str, ernst: str = "error", **velden) -> dict:
    return {"name": naam, "resource_type": "test", "description": "", "config": {"severity": ernst}, **velden}


KNOPEN = {
    "model.x.score": {"name": "score", "resource_type": "model"},
    "test.x.korrel_score": _toets("korrel_score", attached_node="model.x.score"),
    "test.x.not_null_code": _toets("not_null_code", "WARN", attached_node="model.x.signaal", column_name="code"),
    "test.x.stroom": _toets("stroom", description="stand plus stromen is stand"),
    "test.x.kapot": _toets("kapot"),
    "test.x.later": _toets("later"),
}


def test_elke_toets_die_liep_is_een_uitkomst(tmp_path):
    instellingen = Instellingen(data=tmp_path)
    uitkomsten = [
        Uitkomst("model.x.score", "success", 0, 1.0, ""),
        Uitkomst("test.x.korrel_score", "pass", 0, 1.0, ""),
        Uitkomst("test.x.not_null_code", "warn", 3, 1.0, ""),
        Uitkomst("test.x.stroom", "fail", 2, 1.0, ""),
        Uitkomst("test.x.kapot", "error", None, 1.0, ""),
        Uitkomst("test.x.later", "skipped", 0, 0.0, ""),
    ]
    toetsuitkomst.bewaar(instellingen, "run1", uitkomsten, KNOPEN)
    with duckdb.connect() as con:
        rijen = con.execute(
            f"SELECT run, suite, expectation, kolom, ernst, geslaagd, aantal_onverwacht, waarneming, moment FROM '{instellingen.resultaten}/dbt/run1.parquet'"
        ).fetchall()
    assert [rij[2:8] for rij in rijen] == [
        ("korrel_score", None, "blokkerend", True, 0, "score: korrel_score"),
        ("not_null_code", "code", "waarschuwing", False, 3, "signaal: not_null_code"),
        ("stroom", None, "blokkerend", False, 2, "stand plus stromen is stand"),
        ("kapot", None, "blokkerend", False, None, "kapot"),
    ]
    assert {rij[:2] for rij in rijen} == {("run1", "dbt")} and isinstance(rijen[0][8], datetime)


def test_een_dbt_zonder_toetsen_laat_geen_uitkomsten_na(tmp_path):
    toetsuitkomst.bewaar(
        Instellingen(data=tmp_path), "run1", [Uitkomst("model.x.score", "success", 0, 1.0, "")], KNOPEN
    )
    assert not (tmp_path / "kwaliteit").exists()
