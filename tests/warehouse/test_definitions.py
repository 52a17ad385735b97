"""What Dagster shows: one map from landing to marts, with partitions, checks, schedule, sensor and freshness."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import dagster as dg
import pytest

from pipelines import contract
from pipelines.aanlevering.assets import partities, versheid
from pipelines.definitions import ALLES, defs, maandelijks, nieuwe_aanleveringen


@pytest.fixture(scope="module")
def graaf():
    return defs.resolve_asset_graph()


def test_de_weg_loopt_van_landing_naar_marts(graaf):
    def boven(*sleutel):
        return {ouder.to_user_string() for ouder in graaf.get(dg.AssetKey(sleutel)).parent_keys}

    assert boven("inname", "bedden") == {"landing/bedden"}
    assert boven("aanlevering", "bedden") == {"inname/bedden"}
    assert "aanlevering/bedden" in boven("staging", "stg_bedden")
    lagen = {ouder.split("/")[0] for ouder in boven("marts", "capaciteit_maand")}
    assert lagen <= {"intermediate", "marts", "referentie"}


def test_geen_mart_leest_de_aanlevering_buiten_staging_en_kwaliteit_om(graaf):
    for sleutel in graaf.get_all_asset_keys():
        if sleutel.path[0] == "marts":
            assert not {ouder.path[0] for ouder in graaf.get(sleutel).parent_keys} & {
                "aanlevering",
                "inname",
                "landing",
            }


def test_elke_maandelijkse_bron_heeft_partities_van_maand_en_regio_en_een_backfill_is_een_run(graaf):
    for bron in contract.mappen():
        knoop = graaf.get(dg.AssetKey(["inname", bron]))
        if contract.lees(bron).regio is None:
            assert len(knoop.partitions_def.get_partitions_def_for_dimension("iza_regio").get_partition_keys()) == 31
        assert knoop.partitions_def == partities(bron)
        assert knoop.backfill_policy == dg.BackfillPolicy.single_run()
    assert isinstance(
        graaf.get(dg.AssetKey(["inname", "wachttijden_open"])).partitions_def, dg.MonthlyPartitionsDefinition
    )


def test_versheid_volgt_het_ritme_van_het_contract():
    assert versheid("bedden").deadline_cron == "0 6 11 * *"
    assert versheid("wachttijden_open").fail_window.to_timedelta() == timedelta(days=400)


def test_contract_en_identiteit_blokkeren(graaf):
    blokkerend = {toets.to_user_string() for toets in graaf.asset_check_keys if graaf.get_check_spec(toets).blocking}
    for bron in contract.mappen():
        assert f"inname/{bron}:contract" in blokkerend
    assert any("stroom_maand" in naam for naam in blokkerend)


def test_het_schema_is_de_elfde_om_zes_uur_nederlandse_tijd():
    assert maandelijks.cron_schedule == "0 6 11 * *"
    assert maandelijks.execution_timezone == "Europe/Amsterdam"
    context = dg.build_schedule_context(
        scheduled_execution_time=datetime(2026, 11, 11, 6, tzinfo=ZoneInfo("Europe/Amsterdam")),
        repository_def=defs.get_repository_def(),
    )
    (verzoek,) = maandelijks.evaluate_tick(context).run_requests
    assert verzoek.partition_key is None
    assert maandelijks.job_name == ALLES


def _kijk(cursor):
    context = dg.build_sensor_context(cursor=cursor, definitions=defs)
    uitkomst = nieuwe_aanleveringen.evaluate_tick(context)
    return uitkomst.run_requests, uitkomst.cursor or context.cursor


def test_de_sensor_vraagt_een_run_als_landing_tot_rust_is_gekomen_en_dan_niet_nog_eens(tmp_path, monkeypatch):
    monkeypatch.setenv("GGZ_DATA", str(tmp_path))
    levering = tmp_path / "landing" / "bedden" / "2024-01" / "ZK02" / "bedden_2024-01_ZK02_06290000_v01.csv"
    levering.parent.mkdir(parents=True)
    levering.write_text("half")
    verzoeken, cursor = _kijk(None)
    assert not verzoeken
    levering.write_text("half en de rest")
    verzoeken, cursor = _kijk(cursor)
    assert not verzoeken
    verzoeken, cursor = _kijk(cursor)
    assert len(verzoeken) == 1
    verzoeken, cursor = _kijk(cursor)
    assert not verzoeken


def test_alleen_het_proces_zelf_voert_uit():
    assert defs.resolve_implicit_global_asset_job_def().executor_def == dg.in_process_executor
