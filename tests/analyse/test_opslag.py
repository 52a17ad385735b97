"""What is kept, when it is computed again, and what reaches the warehouse."""

import pandas as pd
import pytest
import yaml

from pipelines.analyse import opslag
from pipelines.analyse.opslag import TABELLEN, geldt_nog, opslaan
from pipelines.analyse.waarneming import lees
from pipelines.settings import PROJECT

EIGEN = """
naam: huisvesting
titel: Huisvesting
maatregelen: [{uitgestelde_dagen_procent: -50, bron: test}]
"""


def ververs(verbinding, map_):
    """As the pipeline does it."""
    verslag = opslag.ververs(lees(verbinding), map_)
    opslag.laad(verbinding, map_)
    return verslag


@pytest.fixture
def map_(tmp_path, klein):
    map_ = tmp_path / "analyse"
    (map_ / "scenarios").mkdir(parents=True)
    return map_


def test_a_file_holds_for_its_own_fingerprint_only(tmp_path):
    bestand = tmp_path / "diep" / "x.parquet"
    assert not geldt_nog(bestand, "a")
    opslaan(
        pd.DataFrame({"maand": [pd.Timestamp("2026-01-01")], "reden": [None], "cellen": [3], "midden": [0.5]}),
        bestand,
        "a",
    )
    assert geldt_nog(bestand, "a") and not geldt_nog(bestand, "b")
    assert [p.name for p in bestand.parent.iterdir()] == ["x.parquet"]


def test_a_run_makes_the_tables_as_described_and_takes_up_what_users_asked_for(warehouse, map_):
    (map_ / "scenarios" / "huisvesting.yaml").write_text(EIGEN)
    verbinding = warehouse()
    verslag = ververs(verbinding, map_)
    assert verslag == {
        "berekend": ["basis", "huisvesting", "scenario_kalibratie", "vooruitblik", "meerjarenbeeld"], "ongewijzigd": [], "fouten": [],
    }  # fmt: skip
    aantallen = "select scenario, count(*) from doorrekening.scenario_resultaat group by 1 order by 1"
    assert verbinding.execute(aantallen).fetchall() == [
        ("basis", 92),
        ("huisvesting", 92),
    ]  # 2 regions x 2 clusters x (3 months x 5 of need + 2 months x 4 of the queue)
    assert verbinding.execute("select count(*) from doorrekening.scenario_bijdrage").fetchone() == (0,)  # no half year
    soorten = dict(
        verbinding.execute("select column_name, column_type from (describe doorrekening.scenario_resultaat)").fetchall()
    )
    assert soorten["maand"] == "DATE" and soorten["reden"] == "VARCHAR" and soorten["midden"] == "DOUBLE"
    assert verbinding.execute("select count(*) from doorrekening.vooruitblik").fetchone() == (480,)
    assert verbinding.execute("select count(*) > 0 from doorrekening.scenario_kalibratie").fetchone() == (True,)
    bronnen = yaml.safe_load((PROJECT / "dbt_project" / "models" / "doorrekening.yml").read_text())["sources"]
    assert {
        (bron["schema"], tabel["name"]): [kolom["name"] for kolom in tabel["columns"]]
        for bron in bronnen
        for tabel in bron["tables"]
    } == {
        (schema, tabel): [kolom for kolom, *_ in verbinding.execute(f"describe {schema}.{tabel}").fetchall()]
        for tabel, schema in TABELLEN.items()
    }


def test_nothing_new_computes_nothing_and_new_data_everything(warehouse, map_):
    verbinding = warehouse()
    ververs(verbinding, map_)
    assert ververs(verbinding, map_)["berekend"] == []
    verbinding.execute("update marts.definitie_capaciteit set wachtplekken = 13 where maand = date '2025-12-01'")
    assert ververs(verbinding, map_)["berekend"] == ["basis", "scenario_kalibratie", "vooruitblik", "meerjarenbeeld"]


def test_a_scenario_that_cannot_be_used_is_named_and_stops_nothing(warehouse, map_):
    (map_ / "scenarios" / "stuk.yaml").write_text("naam: stuk")
    (map_ / "scenarios" / "elders.yaml").write_text(
        "naam: elders\ntitel: Elders\nmaatregelen: [{extra_plaatsen: 1, regios: [ZK99], bron: test}]"
    )
    verslag = ververs(warehouse(), map_)
    assert len(verslag["fouten"]) == 2
    assert "stuk.yaml: titel: ontbreekt" in verslag["fouten"][0]
    assert "ZK99" in verslag["fouten"][1]
    assert "basis" in verslag["berekend"]


def test_a_scenario_that_was_taken_away_disappears(warehouse, map_):
    bestand = map_ / "scenarios" / "huisvesting.yaml"
    bestand.write_text(EIGEN)
    verbinding = warehouse()
    ververs(verbinding, map_)
    bestand.unlink()
    ververs(verbinding, map_)
    assert verbinding.execute("select distinct scenario from doorrekening.scenario_resultaat").fetchall() == [
        ("basis",)
    ]


AFSPRAAK = "iza_regio;cluster;capaciteit_type;jaar;plaatsen;partijen;bron;vastgesteld_op\nZK01;klinisch;bed;2025;{};x;y;2025-01-01\n"


def test_a_new_agreement_changes_the_multi_year_picture_and_nothing_else(warehouse, map_):
    (map_.parent / "afspraken").mkdir()
    bestand = map_.parent / "afspraken" / "regio.csv"
    bestand.write_text(AFSPRAAK.format(12))
    verbinding = warehouse()
    ververs(verbinding, map_)
    vraag = "select afgesproken, verschil_afspraak from marts.meerjarenbeeld where jaar = 2025 and iza_regio = 'ZK01' and afgesproken > 0"
    assert verbinding.execute(vraag).fetchall() == [(12.0, -2.0)]
    bestand.write_text(AFSPRAAK.format(9) + "ZK99;klinisch;bed;2025;1;x;y;2025-01-01\n")
    verslag = ververs(verbinding, map_)
    assert verslag["berekend"] == ["meerjarenbeeld"]
    assert verslag["fouten"] == ["regio.csv, rij 2: iza_regio ZK99 bestaat niet; de rij telt niet mee"]
    assert verbinding.execute(vraag).fetchall() == [(9.0, 1.0)]
