"""Every model has one row per key: a dbt test where that is cheap, here where it would group all claims of the nation."""

import pytest

from pipelines.warehouse.dbt import manifest

UIT_DECLARATIES = ("stg_declaraties", "int_debetprestatie", "int_netto_prestatie", "int_prestatie")
VAN_EEN_VERSIE = ("int_zorgdag", "int_episode", "int_stroom_maand")  # de tabel eronder wordt getoetst
TELLING = {
    "int_wachtplek_fase": "select 2 * count(*) from intermediate.int_wachtplek where is_open",
    "int_traject_begin": "select count(*) from (select distinct patient_nr, agb_onderneming, zorgtrajectnummer "
    "from intermediate.int_prestatie where is_verblijfsdag or is_contact)",
}


@pytest.fixture(scope="module", autouse=True)
def _gevuld(marts):
    """The rows are those of the other modules: alone, this module has nothing to look at."""
    if marts.execute("select count(*) = 0 from staging.stg_declaraties").fetchone() == (True,):
        pytest.skip("de rijen komen uit de andere modules van tests/dbt")


@pytest.mark.parametrize("model", UIT_DECLARATIES)
def test_een_declaratie_staat_er_een_keer_in(marts, model):
    schema = "staging" if model.startswith("stg_") else "intermediate"
    rijen, sleutels = marts.execute(
        f"select count(*), count(distinct leverancier || ' ' || declaratie_id) from {schema}.{model}"
    ).fetchone()
    assert rijen == sleutels


@pytest.mark.parametrize("model", TELLING)
def test_elke_wachtplek_en_elk_traject_telt_zo_vaak_als_bedoeld(marts, model):
    rijen = marts.execute(f"select count(*) from intermediate.{model}").fetchone()
    assert rijen == marts.execute(TELLING[model]).fetchone()


def test_elk_ander_model_heeft_een_korreltoets_in_dbt():
    knopen = manifest()["nodes"]
    getoetst = {
        knoop["attached_node"]
        for knoop in knopen.values()
        if knoop["resource_type"] == "test" and (knoop.get("test_metadata") or {}).get("name") in ("korrel", "unique")
    }
    zonder = {k["name"] for naam, k in knopen.items() if k["resource_type"] == "model" and naam not in getoetst}
    assert zonder == {*UIT_DECLARATIES, *VAN_EEN_VERSIE, *TELLING}
