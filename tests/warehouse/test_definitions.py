"""What Dagster shows: one map from landing to marts, with partitions, checks, schedule, sensor and freshness."""

import os
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import dagster as dg
import pytest

from pipelines import contract, definitions
from pipelines.aanlevering.assets import partities, versheid
from pipelines.definitions import PAUZE, defs, maandelijks, nieuwe_aanleveringen, nieuwe_bouw
from pipelines.kwaliteit import oordeel
from pipelines.settings import Instellingen
from pipelines.warehouse import bouw, verbinding
from pipelines.warehouse.assets import MANIFEST, SLEUTELS
from pipelines.warehouse.bronnen import zet_klaar


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


def test_elke_toets_van_dbt_staat_bij_een_tabel_en_wordt_dus_gekozen():
    toetsen = {naam for naam, knoop in MANIFEST["nodes"].items() if knoop["resource_type"] == "test"}
    assert toetsen <= SLEUTELS.keys(), "zeg in de toets bij welke tabel zij hoort: meta dagster ref"


def test_contract_en_identiteit_blokkeren(graaf):
    blokkerend = {toets.to_user_string() for toets in graaf.asset_check_keys if graaf.get_check_spec(toets).blocking}
    for bron in contract.mappen():
        assert f"inname/{bron}:contract" in blokkerend
    assert any("stroom_maand" in naam for naam in blokkerend)


def test_het_schema_is_de_elfde_om_zes_uur_nederlandse_tijd(tmp_path, monkeypatch):
    monkeypatch.setenv("GGZ_DATA", str(tmp_path))
    assert maandelijks.cron_schedule == "0 6 11 * *"
    assert maandelijks.execution_timezone == "Europe/Amsterdam"
    context = dg.build_schedule_context(
        scheduled_execution_time=datetime(2026, 11, 11, 6, tzinfo=ZoneInfo("Europe/Amsterdam")),
        repository_def=defs.get_repository_def(),
    )
    (verzoek,) = maandelijks.evaluate_tick(context).run_requests
    assert verzoek.partition_key is None
    assert set(verzoek.asset_selection) >= {dg.AssetKey(["inname", bron]) for bron in contract.mappen()}
    assert maandelijks.job_name == defs.resolve_implicit_global_asset_job_def().name


def _levering(data: Path) -> Path:
    """Where a delivery of bedden belongs in landing; its folder is there."""
    pad = data / "landing" / "bedden" / "2024-01" / "ZK02" / "bedden_2024-01_ZK02_06290000_v01.csv"
    pad.parent.mkdir(parents=True)
    return pad


def _kijk(cursor):
    context = dg.build_sensor_context(cursor=cursor, definitions=defs)
    uitkomst = nieuwe_aanleveringen.evaluate_tick(context)
    return uitkomst.run_requests, uitkomst.cursor or context.cursor


def test_de_sensor_vraagt_een_run_als_landing_tot_rust_is_gekomen_en_dan_niet_nog_eens(tmp_path, monkeypatch):
    monkeypatch.setenv("GGZ_DATA", str(tmp_path))
    levering = _levering(tmp_path)
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


def test_de_sensor_vraagt_na_een_pauze_opnieuw_naar_wat_niet_is_ingenomen(tmp_path, monkeypatch):
    monkeypatch.setenv("GGZ_DATA", str(tmp_path))
    levering = _levering(tmp_path)
    levering.write_text("x")
    _, cursor = _kijk(None)
    verzoeken, cursor = _kijk(cursor)
    assert len(verzoeken) == 1  # and that run fails
    assert not _kijk(cursor)[0]
    later = time.time() + PAUZE + 1
    monkeypatch.setattr(definitions.time, "time", lambda: later)
    verzoeken, cursor = _kijk(cursor)
    assert len(verzoeken) == 1
    assert not _kijk(cursor)[0]


def test_een_landing_die_nooit_tot_rust_komt_wordt_een_keer_per_pauze_gevraagd(tmp_path, monkeypatch):
    monkeypatch.setenv("GGZ_DATA", str(tmp_path))
    oud = _levering(tmp_path)
    oud.write_text("x")
    os.utime(oud, (1, 1))
    cursor, gevraagd = None, []
    for n in range(4):
        oud.with_name(f"bedden_2024-01_ZK02_0629000{n + 1}_v01.csv").write_text("x")  # every look another
        verzoeken, cursor = _kijk(cursor)
        gevraagd.append(len(verzoeken))
    assert gevraagd == [1, 0, 0, 0]
    verzoeken, _ = _kijk(cursor)  # at rest
    assert len(verzoeken) == 1


def _bouwtik():
    return nieuwe_bouw.evaluate_tick(dg.build_sensor_context(definitions=defs))


def test_de_sensor_vraagt_precies_de_bouw_die_een_oordeel_nodig_maakt(tmp_path, monkeypatch):
    monkeypatch.setenv("GGZ_DATA", str(tmp_path))
    instellingen = Instellingen()
    assert "draai eerst" in _bouwtik().skip_message
    with verbinding.schrijf(instellingen.warehouse) as con:
        zet_klaar(instellingen, con)
        nu = bouw.vingerafdrukken(con, instellingen)
        bouw.begin(con, nu)
        bouw.voltooi(con, nu, bouw.merk(nu), "run")
    assert "is gebouwd" in _bouwtik().skip_message
    bevinding = {"bevinding": "ZPM-01 x", "omvang": 1, "laatste_maand": "2026-01", "oordeel_volgnummer": None}
    oordeel.beoordeel(instellingen.register, [bevinding], "teruggemeld", "Ans", "mail gestuurd", None)
    (verzoek,) = _bouwtik().run_requests
    gekozen = {sleutel.to_user_string() for sleutel in verzoek.asset_selection}
    assert gekozen >= {"toetsing/oordeel", "kwaliteit/bevinding", "publicatie/actueel", "beheer/bouw"}
    assert not {sleutel for sleutel in gekozen if sleutel.startswith(("staging/", "intermediate/", "referentie/"))}
    assert verzoek.asset_check_keys and {k.asset_key.to_user_string() for k in verzoek.asset_check_keys} <= gekozen
    with schrijfslot_van_een_ander(tmp_path):
        assert "schrijft nu" in _bouwtik().skip_message


@contextmanager
def schrijfslot_van_een_ander(data):
    code = (
        "import sys; from pathlib import Path; from pipelines.settings import Instellingen; "
        "from pipelines.fundament.slot import schrijfslot\n"
        "with schrijfslot(Instellingen(data=Path(sys.argv[1])), 'ander'): print('ja', flush=True); sys.stdin.read()"
    )
    opdracht = [sys.executable, "-c", code, data]
    with subprocess.Popen(opdracht, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as ander:
        ander.stdout.readline()
        yield


def test_alleen_het_proces_zelf_voert_uit():
    assert defs.resolve_implicit_global_asset_job_def().executor_def == dg.in_process_executor
