"""Which part of the warehouse stands when only deliveries of some sources changed."""

from pipelines.warehouse.dbt import manifest
from pipelines.warehouse.selectie import geraakt


def _knoop(naam, *ouders, leveringen_van=None, soort="model"):
    config = {"meta": {"leveringen_van": leveringen_van} if leveringen_van else {}}
    return {"name": naam, "resource_type": soort, "config": config, "depends_on": {"nodes": list(ouders)}}


KLEIN = {
    "sources": {
        "bron.levering": {"name": "levering", "source_name": "aanlevering"},
        "bron.rij": {"name": "rij", "source_name": "aanlevering"},
        "bron.bedden": {"name": "bedden", "source_name": "aanlevering", "meta": {"bron": "bedden", "verplicht": True}},
        "bron.wachtlijst": {
            "name": "wachtlijst",
            "source_name": "aanlevering",
            "meta": {"bron": "wachtlijst", "verplicht": True},
        },
        "bron.open": {"name": "open", "source_name": "aanlevering", "meta": {"bron": "open", "verplicht": False}},
        "bron.oordeel": {"name": "oordeel", "source_name": "toetsing"},
    },
    "nodes": {
        "lijst": _knoop("lijst", "bron.levering"),
        "telling": _knoop("telling", "bron.rij", "lijst", leveringen_van=["ingenomen"]),
        "maanden": _knoop("maanden", "lijst", leveringen_van=["verplicht"]),
        "stg_bedden": _knoop("stg_bedden", "telling", "bron.bedden", leveringen_van=["bedden"]),
        "stg_wachtlijst": _knoop("stg_wachtlijst", "lijst", "bron.wachtlijst", leveringen_van=["wachtlijst"]),
        "plaatsen": _knoop("plaatsen", "stg_bedden", "codelijst"),
        "toets_plaatsen": _knoop("toets_plaatsen", "plaatsen", soort="test"),
        "toets_beide": _knoop("toets_beide", "plaatsen", "stg_wachtlijst", soort="test"),
        "bevinding": _knoop("bevinding", "lijst", "bron.oordeel"),
        "codelijst": _knoop("codelijst", soort="seed"),
    },
}


def _staat(*gewijzigd):
    return KLEIN["nodes"].keys() - geraakt(KLEIN, gewijzigd)


def test_wat_niet_van_de_bron_afhangt_blijft_staan():
    assert _staat("wachtlijst") == {"stg_bedden", "plaatsen", "toets_plaatsen", "codelijst"}


def test_wat_van_de_bron_afhangt_wordt_gebouwd_met_zijn_toetsen():
    assert _staat("bedden") == {"stg_wachtlijst", "codelijst"}
    assert _staat("open") == {
        "maanden",
        "stg_bedden",
        "stg_wachtlijst",
        "plaatsen",
        "toets_plaatsen",
        "toets_beide",
        "codelijst",
    }


def test_een_oordeel_raakt_alleen_wat_oordelen_leest():
    assert _staat("oordeel") == KLEIN["nodes"].keys() - {"bevinding"}
    assert _geraakte_modellen("oordeel") == {"oordeel", "bevinding"}


def _geraakte_modellen(*gewijzigd):
    knopen = manifest()["nodes"]
    return {knopen[k]["name"] for k in geraakt(manifest(), gewijzigd) if knopen[k]["resource_type"] == "model"}


def test_andere_code_raakt_alles_en_een_ander_scenario_niets_van_dbt():
    assert _staat("code") == set()
    assert _staat("scenarios") == KLEIN["nodes"].keys()


def test_een_geweigerde_levering_raakt_alleen_wat_de_lijst_van_alle_leveringen_leest():
    assert _staat("geweigerde leveringen") == {
        "telling",
        "maanden",
        "stg_bedden",
        "stg_wachtlijst",
        "plaatsen",
        "toets_plaatsen",
        "toets_beide",
        "codelijst",
    }


def test_een_nieuwe_wachtlijst_laat_de_episoden_staan_en_een_nieuwe_declaratie_niet():
    assert not {"episode", "int_prestatie_kenmerk"} & _geraakte_modellen("wachtlijst")
    assert "wachttijd_maand" in _geraakte_modellen("wachtlijst")
    assert {"episode", "int_prestatie_kenmerk", "aanlevering"} <= _geraakte_modellen("declaraties")
    assert "wachttijd_open" not in _geraakte_modellen("declaraties")


def test_een_opgenomen_definitie_laat_de_prestaties_zonder_oordeel_staan_en_de_wachttijden():
    nieuw = _geraakte_modellen("cluster_regel")
    assert not {"stg_declaraties", "int_netto_prestatie", "int_traject_setting8", "wachttijd_open"} & nieuw
    assert {"int_cluster_toewijzing", "definitie_effect", "definitie_verschuiving"} <= nieuw
