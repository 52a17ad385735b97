"""Scenario files, what the knobs do, and the table."""

import numpy as np
import pandas as pd
import pytest

from pipelines.analyse.model import schat
from pipelines.analyse.scenario import Scenario, ScenarioFout, lees_bestand, maak_plan, reken
from pipelines.analyse.waarneming import lees
from pipelines.settings import PROJECT


def scenario(*maatregelen, **rest):
    regels = [{"bron": "test"} | m for m in maatregelen]
    return Scenario.model_validate(
        {"naam": "proef", "titel": "Een proef", "maatregelen": regels, "herhalingen": 60} | rest
    )


@pytest.mark.parametrize("bestand", sorted((PROJECT / "scenarios").glob("*.yaml")), ids=lambda b: b.stem)
def test_every_example_can_be_read_and_is_named_as_its_file(bestand):
    assert lees_bestand(bestand).naam == bestand.stem


@pytest.mark.parametrize(
    "tekst, melding",
    [
        ("naam: x\n  titel: [", "geen geldige YAML (regel 2)"),
        ("naam: proef", "titel: ontbreekt"),
        ("naam: Proef 1\ntitel: Proef", "naam: alleen kleine letters, cijfers en koppeltekens"),
        ("naam: proef\ntitel: Proef\nsnelheid: 3", "snelheid: onbekend veld"),
        ("naam: proef\ntitel: Proef\nseed: veel", "seed: moet een geheel getal zijn"),
        ("naam: proef\ntitel: Proef\nmaatregelen: 3", "maatregelen: moet een lijst zijn"),
        (
            "naam: proef\ntitel: Proef\nmaatregelen: [{bron: test, duur_procent: -100}]",
            "maatregelen[1].duur_procent: moet groter zijn dan -100",
        ),
        ("naam: proef\ntitel: Proef\nmaatregelen: [{instroom_procent: -25}]", "maatregelen[1].bron: ontbreekt"),
        ("naam: proef\ntitel: Proef\nmaatregelen: [{bron: test}]", "maatregelen[1]: geef precies een knop"),
        (
            "naam: proef\ntitel: Proef\nmaatregelen: [{bron: test, duur_procent: 1, extra_plaatsen: 1}]",
            "maatregelen[1]: geef precies een knop",
        ),
        ("", "bestand: moet een blok met velden zijn"),
    ],
)
def test_a_fault_names_file_field_and_what_to_do_in_dutch(tmp_path, tekst, melding):
    bestand = tmp_path / "fout.yaml"
    bestand.write_text(tekst)
    with pytest.raises(ScenarioFout) as fout:
        lees_bestand(bestand)
    assert str(fout.value).startswith(f"{bestand}: {melding}")


def test_all_faults_of_a_file_are_told_at_once(tmp_path):
    bestand = tmp_path / "fout.yaml"
    bestand.write_text("naam: proef\nseed: -1\nkleur: rood")
    with pytest.raises(ScenarioFout) as fout:
        lees_bestand(bestand)
    assert len(str(fout.value).splitlines()) == 3


@pytest.mark.parametrize(
    "wens, melding",
    [
        ({"regios": ["ZK99"]}, r"maatregelen\[1\].regios: onbekend: ZK99"),
        ({"clusters": ["forensisch"]}, r"maatregelen\[1\].clusters: onbekend: forensisch"),
        ({"vanaf_maand": 37}, r"maatregelen\[1\].vanaf_maand: ten hoogste 36"),
    ],
)
def test_a_place_or_month_that_does_not_exist_is_refused(warehouse, wens, melding):
    with pytest.raises(ScenarioFout, match=melding):
        reken(warehouse(), scenario({"extra_plaatsen": 1} | wens))


def test_an_unknown_definition_is_refused(warehouse):
    with pytest.raises(ScenarioFout, match="definitie: onbekende versie 'beter-2030'"):
        reken(warehouse(), scenario(definitie="beter-2030"))


def gepland(verbinding, *maatregelen):
    w = lees(verbinding)
    s = schat(w, w.tot)
    return maak_plan(s, scenario(*maatregelen), w.tot), list(s.index)


def test_a_measure_holds_for_its_cells_from_its_month_on(warehouse):
    plan, cellen = gepland(
        warehouse(regios=("ZK01", "ZK02")),
        {"extra_plaatsen": 5, "regios": ["ZK02"], "clusters": ["klinisch"], "vanaf_maand": 3},
    )
    verwacht = np.full((36, 4), 10.0)
    verwacht[2:, cellen.index(("ZK02", "klinisch"))] = 15
    assert (plan.plaatsen == verwacht).all()
    assert str(plan.maanden[0]) == "2026-01" and len(plan.maanden) == 36


def test_less_instroom_leaves_doorstroom_as_it_was(warehouse):
    """9 of 12 arrivals come from outside: 40% less of these is 30% less in all."""
    plan, _ = gepland(warehouse(), {"instroom_procent": -40})
    assert np.allclose(plan.instroom, 0.7)


def test_fewer_deferred_days_shorten_the_stay_by_their_share(warehouse):
    """2 of 8 occupied days are deferred: half of them less shortens the stay by an eighth."""
    plan, _ = gepland(warehouse(), {"uitgestelde_dagen_procent": -50})
    assert np.allclose(plan.ligduur, 0.875) and np.allclose(plan.zorgduur, 0.875)


def test_closed_places_reopen_by_share_and_places_never_fall_below_none(warehouse):
    plan, cellen = gepland(
        warehouse(cellen={("ZK01", "klinisch"): {"gesloten": 6}}),
        {"heropenen_procent": 50},
        {"extra_plaatsen": -40, "clusters": ["acuut"]},
    )
    assert (plan.plaatsen[:, cellen.index(("ZK01", "klinisch"))] == 13).all()
    assert (plan.plaatsen[:, cellen.index(("ZK01", "acuut"))] == 0).all()


def test_two_measures_on_one_cell_multiply(warehouse):
    plan, _ = gepland(warehouse(), {"duur_procent": -10}, {"duur_procent": -50, "vanaf_maand": 2})
    assert np.allclose(plan.ligduur[0], 0.9) and np.allclose(plan.ligduur[1:], 0.45)


def cijfer(frame, metriek, regio="ZK01", cluster="klinisch", maand="2028-12-01", kolom="midden"):
    sleutel = ["metriek", "iza_regio", "cluster", "maand"]
    return frame.set_index(sleutel).loc[(metriek, regio, cluster, pd.Timestamp(maand)), kolom]


def test_table_has_every_month_region_cluster_and_metric_once(warehouse):
    uit = reken(warehouse(regios=("ZK01", "ZK02")), scenario())
    assert len(uit) == 36 * 3 * 2 * 6  # two regions and the country
    assert not uit.duplicated(["scenario", "maand", "iza_regio", "cluster", "metriek"]).any()
    known = uit[uit["reden"].isna()]
    assert (known["laag"] <= known["midden"]).all() and (known["midden"] <= known["hoog"]).all()


def test_same_scenario_gives_the_same_table_and_another_seed_another(warehouse):
    verbinding = warehouse()
    een, nog_eens, anders = (reken(verbinding, scenario(seed=s)) for s in (1, 1, 2))
    pd.testing.assert_frame_equal(een, nog_eens)
    assert not een["midden"].equals(anders["midden"])


def test_without_instroom_list_and_wards_run_empty(warehouse):
    vol = warehouse(cellen={("ZK01", c): {"doorstroom_in": 0} for c in ("acuut", "klinisch")})
    uit = reken(vol, scenario({"instroom_procent": -100}))
    assert cijfer(uit, "wachtlijst", kolom="hoog") == 0
    assert cijfer(uit, "bezetting", kolom="hoog") == 0
    assert cijfer(uit, "benodigde_capaciteit") == 0


def test_more_places_shorten_the_list_and_fewer_make_it_grow(warehouse):
    """12 starts a month from a list that stands still: 2 places less is some 2.4 starts a month less, 86 in 3 years."""
    verbinding = warehouse()
    meer, minder = (reken(verbinding, scenario({"extra_plaatsen": n})) for n in (4, -2))
    assert cijfer(meer, "wachtlijst", kolom="hoog") < 12
    assert 50 < cijfer(minder, "wachtlijst") < 130


def test_shorter_stay_lowers_the_needed_places_by_the_load(warehouse):
    """Load 8 x 0.5 = 4 needs 8 places at 5% (published table: 4.54 is the most that 8 carry)."""
    uit = reken(warehouse(), scenario({"duur_procent": -50}, herhalingen=400))
    assert cijfer(uit, "benodigde_capaciteit") == 8
    assert cijfer(uit, "tekort") == -2


def test_country_is_the_sum_over_regions_that_can_be_simulated(warehouse):
    leeg = {("ZK03", "klinisch"): {"operationeel": 0, "bezette_dagen": 0}}
    uit = reken(warehouse(regios=("ZK01", "ZK02", "ZK03"), cellen=leeg), scenario())
    assert cijfer(uit, "bezetting", "NL", kolom="cellen") == 2
    som = cijfer(uit, "bezetting", "ZK01") + cijfer(uit, "bezetting", "ZK02")
    assert cijfer(uit, "bezetting", "NL") == pytest.approx(som, abs=1.5)
    assert cijfer(uit, "benodigde_capaciteit", "NL", kolom="cellen") == 3


def test_a_cell_without_data_has_rows_with_the_reason_and_no_figures(warehouse):
    uit = reken(warehouse(cellen={("ZK01", "klinisch"): {"geleverd": False}}), scenario())
    rijen = uit.query("iza_regio == 'ZK01' and cluster == 'klinisch'")
    assert rijen[["laag", "midden", "hoog"]].isna().all().all()
    assert set(rijen.query("metriek == 'wachtlijst'")["reden"]) == {"geen_bedden"}
    assert set(rijen.query("metriek == 'benodigde_capaciteit'")["reden"]) == {"geen_bedden"}


ANDERS = """
    insert into marts.definitie_effect
    select * replace ('nieuw' as versie, case cluster when 'acuut' then 15 else 5 end as operationeel,
        bezette_dagen / 2 * case cluster when 'acuut' then 3 else 1 end as bezette_dagen,
        opnames / 2 * case cluster when 'acuut' then 3 else 1 end as opnames,
        ontslagen / 2 * case cluster when 'acuut' then 3 else 1 end as ontslagen,
        case cluster when 'acuut' then 18 else 6 end as wachtplekken,
        aankomsten_per_dag / 2 * case cluster when 'acuut' then 3 else 1 end as aankomsten_per_dag)
    from marts.definitie_effect
"""


def test_another_definition_plays_what_was_observed_under_it(warehouse):
    """Half of klinisch is acuut there: load 8 and 8 becomes 4 and 12 (8 and 17 places at 5%), and places and list move with it."""
    verbinding = warehouse()
    verbinding.execute(ANDERS)
    nieuw = reken(verbinding, scenario(definitie="nieuw", herhalingen=400))
    assert cijfer(nieuw, "benodigde_capaciteit") == 8
    assert cijfer(nieuw, "benodigde_capaciteit", cluster="acuut") == 17
    assert cijfer(nieuw, "tekort", cluster="acuut") == 2
    assert cijfer(nieuw, "wachtlijst", kolom="laag") < 6 < cijfer(nieuw, "wachtlijst", kolom="hoog")
    assert cijfer(nieuw, "wachtlijst", kolom="definitie_versie") == "nieuw"


def test_the_default_is_played_whatever_other_versions_there_are(warehouse):
    alleen, naast = warehouse(), warehouse()
    naast.execute(ANDERS)
    pd.testing.assert_frame_equal(reken(alleen, scenario()), reken(naast, scenario()))
    assert cijfer(reken(naast, scenario()), "wachtlijst", kolom="definitie_versie") == "oud"


def test_a_shortage_counts_only_where_places_are_known(warehouse):
    """ZK02 delivered no beds: need and shortage of the country are those of ZK01."""
    verbinding = warehouse(regios=("ZK01", "ZK02"))
    verbinding.execute("update marts.definitie_effect set geleverd_bedden = false where iza_regio = 'ZK02'")
    uit = reken(verbinding, scenario())
    assert cijfer(uit, "tekort", "ZK02", kolom="reden") == "geen_bedden"
    assert cijfer(uit, "tekort", "NL", kolom="cellen") == 1
    assert cijfer(uit, "tekort", "NL") == cijfer(uit, "tekort", "ZK01")
    assert cijfer(uit, "benodigde_capaciteit", "NL", kolom="cellen") == 1


def test_without_anyone_leaving_the_list_there_is_no_wait_and_a_reason(warehouse):
    leeg = {"wachtplekken": 0, "doorstroom_in": 0}
    uit = reken(
        warehouse(cellen={("ZK01", c): leeg for c in ("acuut", "klinisch")}), scenario({"instroom_procent": -100})
    )
    assert np.isnan(cijfer(uit, "wacht_weken"))
    assert cijfer(uit, "wacht_weken", kolom="reden") == "niemand_van_lijst"
    assert cijfer(uit, "wachtlijst") == 0
