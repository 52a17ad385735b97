"""What dbt's tests said is kept, as dbt reports it; what was not run is not there."""

import json
from datetime import datetime
from types import SimpleNamespace

import duckdb

from pipelines.settings import Instellingen
from pipelines.warehouse import toetsuitkomst


def _toets(naam: str, ernst: str = "error", **velden) -> dict:
    return {"name": naam, "description": "", "config": {"severity": ernst}, **velden}


KNOPEN = {
    "test.x.korrel_score": _toets("korrel_score", attached_node="model.x.score"),
    "test.x.not_null_code": _toets("not_null_code", "WARN", attached_node="model.x.signaal", column_name="code"),
    "test.x.stroom": _toets("stroom", description="stand plus stromen is stand"),
    "test.x.kapot": _toets("kapot"),
    "test.x.later": _toets("later"),
}


def test_elke_toets_die_liep_is_een_uitkomst(tmp_path):
    uitkomsten = [
        {"unique_id": "model.x.score", "status": "success", "failures": None},
        {"unique_id": "test.x.korrel_score", "status": "pass", "failures": 0},
        {"unique_id": "test.x.not_null_code", "status": "warn", "failures": 3},
        {"unique_id": "test.x.stroom", "status": "fail", "failures": 2},
        {"unique_id": "test.x.kapot", "status": "error", "failures": None},
        {"unique_id": "test.x.later", "status": "skipped", "failures": None},
    ]
    (tmp_path / "run_results.json").write_text(json.dumps({"results": uitkomsten}))
    dbt = SimpleNamespace(
        target_path=tmp_path,
        manifest={"nodes": KNOPEN},
        get_artifact=lambda naam: json.loads((tmp_path / naam).read_text()),
    )
    instellingen = Instellingen(data=tmp_path)
    toetsuitkomst.bewaar(instellingen, "run1", dbt)
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


def test_een_afgebroken_dbt_laat_geen_uitkomsten_na(tmp_path):
    toetsuitkomst.bewaar(Instellingen(data=tmp_path), "run1", SimpleNamespace(target_path=tmp_path))
    assert not (tmp_path / "kwaliteit").exists()
