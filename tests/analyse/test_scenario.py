"""What the knobs do, and the tables of a scenario."""

import numpy as np
import pandas as pd
import pytest

from pipelines.analyse.maatregel import ScenarioFout, maak
from pipelines.analyse.model import schat
from pipelines.analyse.plan import maak_plan
from pipelines.analyse.scenario import VRAAG, bijdragen, reken
from pipelines.analyse.waarneming import lees


def scenario(*maatregelen, **rest):
    regels = [{"bron": "test"} | m for m in maatregelen]
    return maak({"naam": "proef", "titel": "Een proef", "maatregelen": regels, "herhalingen": 60} | rest, "proef")


@pytest.mark.parametrize(
    "wens, melding",
    [
        ({"regios": ["ZK99"]}, r"maatregelen\[1\].regios: onbekend: ZK99; kies uit ZK01"),
        ({"clusters": ["beveiligd"]}, r"maatregelen\[1\].clusters: onbekend: beveiligd; kies uit acuut, klinisch"),
        ({"vanaf_maand": 37}, r"maatregelen\[1\].vanaf_maand: ten hoogste 36"),
    ],
)
def test_a_place_or_month_that_does_not_exist_is_refused(warehouse, wens, melding):
    with pytest.raises(ScenarioFout, match=melding):
        reken(warehouse(), scenario({"extra_plaatsen": 1} | wens))


def test_an_unknown_definition_is_refused(warehouse):
    with pytest.raises(ScenarioFout, match="definitie: onbekende versie 'beter-2030'; kies uit oud"):
        reken(warehouse(), scenario(definitie="beter-2030"))


def gepland(verbinding, *maatregelen):
    w = lees(verbinding)
    s = schat(w, w.tot)
    return maak_plan(s, scenario(*maatregelen).maatregelen, w.tot), list(s.index)


def test_a_measure_holds_for_its_cells_from_its_month_on(warehouse):
    plan, cellen = gepland(
        warehouse(regios=("ZK01", "ZK02")),
        {"extra_plaatsen": 5, "regios": ["ZK02"], "clusters": ["klinisch"], "vanaf_maand": 3},
    )
    verwacht = np.full((36, 4), 10.0)
    verwacht[2:, cellen.index(("ZK02", "klinisch", "bed"))] = 15
    assert (plan.plaatsen == verwacht).all()
    assert str(plan.maanden[0]) == "2026-01" and len(plan.maanden) == 36


def test_less_instroom_leaves_doorstroom_as_it_was(warehouse):
    """9 of 12 arrivals come from outside: 40% less of these is 30% less in all."""
    plan, _ = gepland(warehouse(), {"instroom_procent": -40})
    assert np.allclose(plan.instroom, 0.7)


def test_closed_places_reopen_by_share_and_places_never_fall_below_none(warehouse):
    plan, cellen = gepland(
        warehouse(cellen={("ZK01", "klinisch"): {"gesloten": 6}}),
        {"heropenen_procent": 50},
        {"extra_plaatsen": -40, "clusters": ["acuut"]},
    )
    assert (plan.plaatsen[:, cellen.index(("ZK01", "klinisch", "bed"))] == 13).all()
    assert (plan.plaatsen[:, cellen.index(("ZK01", "acuut", "bed"))] == 0).all()


def test_two_measures_on_one_cell_multiply(warehouse):
    plan, _ = gepland(warehouse(), {"duur_procent": -10}, {"duur_procent": -50, "vanaf_maand": 2})
    assert np.allclose(plan.duur[0], 0.9) and np.allclose(plan.duur[1:], 0.45)


def test_places_of_a_kind_must_be_named_where_a_cluster_has_both(warehouse):
    beide = warehouse(cellen={("ZK01", "acuut", "ambulante_plek"): {"operationeel": 30}})
    with pytest.raises(
        ScenarioFout, match=r"maatregelen\[1\].capaciteit_type: ontbreekt; acuut heeft bedden en ambulante"
    ):
        reken(beide, scenario({"extra_plaatsen": 5}))
    plan, cellen = gepland(beide, {"extra_plaatsen": 5, "capaciteit_type": "bed"})
    assert plan.plaatsen[0, cellen.index(("ZK01", "acuut", "bed"))] == 15
    assert plan.plaatsen[0, cellen.index(("ZK01", "acuut", "ambulante_plek"))] == 30
    klinisch, cellen = gepland(beide, {"extra_plaatsen": 5, "clusters": ["klinisch"]})
    assert klinisch.plaatsen[0, cellen.index(("ZK01", "klinisch", "bed"))] == 15


def cijfer(frame, metriek, regio="ZK01", cluster="klinisch", maand="2028-12-01", kolom="midden", soort="bed"):
    sleutel = ["metriek", "iza_regio", "cluster", "capaciteit_type", "maand"]
    return frame.set_index(sleutel).loc[(metriek, regio, cluster, soort, pd.Timestamp(maand)), kolom]


def test_table_has_every_month_region_cluster_and_metric_once(warehouse):
    uit = reken(warehouse(regios=("ZK01", "ZK02")), scenario())
    assert len(uit) == (37 * 5 + 36 * 4) * 3 * 2  # two regions and the country; need from the observed month on
    assert not uit.duplicated(["scenario", "maand", "iza_regio", "cluster", "capaciteit_type", "metriek"]).any()
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


STAND = "2025-12-01"


def test_unchanged_policy_begins_with_the_mart_and_stays_there(warehouse):
    """Load 8.3 needs 13 beds at 5% (Erlang-B) and 10 at 85%; 40 ambulatory places in use need 43 at 95%, and no Erlang."""
    cellen = {
        ("ZK01", "klinisch"): {"belasting": 8.3, "onvervuld": 0.3},
        ("ZK01", "klinisch", "ambulante_plek"): {"belasting": 40.0, "operationeel": 45},
    }
    uit = reken(warehouse(cellen=cellen), scenario())
    for maand in (STAND, "2026-01-01", "2028-12-01"):
        bed = {m: cijfer(uit, m, maand=maand) for m in VRAAG}
        assert bed == {"belasting": 8.3, "onvervuld": 0.3, "benodigde_capaciteit": 13, "plaatsen": 10, "tekort": 3}
        assert cijfer(uit, "benodigde_capaciteit", maand=maand, soort="ambulante_plek") == 43
        assert cijfer(uit, "tekort", maand=maand, soort="ambulante_plek") == -2
    assert cijfer(uit, "benodigde_capaciteit", maand=STAND, kolom="laag") == 13  # observed: no interval
    assert cijfer(uit, "benodigde_capaciteit", kolom="laag") < 13 < cijfer(uit, "benodigde_capaciteit", kolom="hoog")


def test_shorter_stay_lowers_the_needed_places_by_the_load(warehouse):
    """Load 8 x 0.5 = 4 needs 8 places at 5% (published table: 4.54 is the most that 8 carry)."""
    uit = reken(warehouse(), scenario({"duur_procent": -50, "vanaf_maand": 2}))
    assert cijfer(uit, "benodigde_capaciteit", maand="2026-01-01") == 13
    assert cijfer(uit, "benodigde_capaciteit", maand="2026-02-01") == 8
    assert cijfer(uit, "tekort") == -2


def test_without_deferred_days_the_load_is_belasting_tijdig(warehouse):
    """2 of 8 places are held by who could leave: load 6 asks 10 places (6.22 is what 10 carry), half of it 7 asks 11."""
    weg, half = (reken(warehouse(), scenario({"uitgestelde_dagen_procent": p})) for p in (-100, -50))
    assert (cijfer(weg, "belasting"), cijfer(weg, "benodigde_capaciteit")) == (6, 10)
    assert (cijfer(half, "belasting"), cijfer(half, "benodigde_capaciteit")) == (7, 11)


def test_less_instroom_lowers_the_load_by_its_share_of_the_arrivals(warehouse):
    uit = reken(warehouse(), scenario({"instroom_procent": -40}))  # 9 of 12 come from outside
    assert cijfer(uit, "belasting") == pytest.approx(8 * 0.7)


GEWEIGERD = {
    ("ZK01", "klinisch"): {
        "geweigerd_per_dag": 0.1,
        "aandeel_uniek": 0.5,
        "onvervuld": 1.0,
        "belasting": 9.0,
        "uitval": 6,
    }
}


def test_fewer_refusals_move_people_from_unmet_to_list_and_places_and_leave_the_need(warehouse):
    """0.1 a day x half a person x 20 days = 1 place unmet; half of it is no longer refused. The half of 0.2 a day that leaves a
    list of 12 is refused: of half of that less the list becomes 12 / 0.75 = 16."""
    basis = reken(warehouse(cellen=GEWEIGERD), scenario())
    uit = reken(warehouse(cellen=GEWEIGERD), scenario({"geweigerd_procent": -50}))
    assert cijfer(basis, "onvervuld") == 1.0 and cijfer(uit, "onvervuld") == 0.5
    assert cijfer(uit, "belasting") == cijfer(basis, "belasting") == 9.0
    assert cijfer(uit, "benodigde_capaciteit") == cijfer(basis, "benodigde_capaciteit")
    assert cijfer(uit, "wachtlijst") == pytest.approx(16, abs=3) and cijfer(basis, "wachtlijst") == pytest.approx(
        12, abs=3
    )


def test_a_goal_for_the_wait_asks_the_places_that_bring_the_list_there(warehouse):
    """50 wait at 0.4 starts a day; two weeks is a list of 5.6. 44.4 more starts in 181 days and a stay of 20: some 4.9 places."""
    vol = warehouse(cellen={("ZK01", "klinisch"): {"wachtplekken": 50}})
    basis = reken(vol, scenario())
    uit = reken(vol, scenario({"wachtlijst_weken": 2, "maanden": 6}, herhalingen=200))
    extra = cijfer(uit, "belasting", maand="2026-06-01") - cijfer(basis, "belasting", maand="2026-06-01")
    assert extra == pytest.approx(44.4 / 181 * 20, rel=0.01)
    assert cijfer(uit, "belasting", maand="2026-01-01") < cijfer(uit, "belasting", maand="2026-06-01")
    assert cijfer(uit, "belasting") == pytest.approx(8, abs=0.01)  # who started on top has left long ago
    assert cijfer(uit, "plaatsen", maand="2026-06-01") == 10  # a goal adds none: they are in the shortage
    assert cijfer(basis, "wacht_weken", maand="2026-07-01") > 12
    assert cijfer(uit, "wacht_weken", maand="2026-07-01") < 3


def test_a_list_that_grows_is_brought_to_its_goal_too(warehouse):
    """0.1 a day more join than start: the load counts them as unmet already, the queue is played with places for them too."""
    groeit = {"wachtplekken": lambda maand: 20 + 3 * maand, "onvervuld": 2.0, "belasting": 10.0}
    vol = warehouse(cellen={("ZK01", "klinisch"): groeit})
    basis, uit = reken(vol, scenario()), reken(vol, scenario({"wachtlijst_weken": 2, "maanden": 12}, herhalingen=200))
    assert cijfer(basis, "wachtlijst") > 150
    assert cijfer(uit, "wacht_weken", maand="2027-01-01") < 4
    assert cijfer(uit, "wachtlijst") < cijfer(basis, "wachtlijst") / 2  # held by chance alone from there on
    assert cijfer(uit, "belasting") == pytest.approx(10, abs=0.01)


def test_a_goal_that_is_met_already_asks_nothing(warehouse):
    uit = bijdragen(warehouse(), scenario({"wachtlijst_weken": 5, "maanden": 6}))  # 12 wait, 5 weeks is 14
    assert (uit["op_volgorde"] == 0).all()


def test_contributions_in_order_add_up_and_alone_they_stand_by_themselves(warehouse):
    """Halving the stay and then the deferred days: 8 -> 4 -> 3.5 places in load; alone the deferred days take 1."""
    uit = bijdragen(
        warehouse(), scenario({"duur_procent": -50}, {"uitgestelde_dagen_procent": -50}, {"extra_plaatsen": 2})
    )
    rijen = (
        uit[(uit["cluster"] == "klinisch") & (uit["maand"] == "2028-12-01")]
        .set_index(["iza_regio", "metriek", "volgorde"])
        .sort_index()
    )
    for regio in ("ZK01", "NL"):
        assert rijen.loc[(regio, "belasting"), "op_volgorde"].tolist() == [-4, -0.5, 0]
        assert rijen.loc[(regio, "belasting"), "alleen"].tolist() == [-4, -1, 0]
        assert rijen.loc[(regio, "tekort"), "op_volgorde"].tolist() == [
            -5,
            -1,
            -2,
        ]  # 13 -> 8 -> 7 needed; 2 more places
    assert (
        rijen.loc[("ZK01", "tekort"), "ongewijzigd"].iloc[0] == 3
        and rijen.loc[("ZK01", "tekort"), "samen"].iloc[0] == -5
    )
    assert uit["maand"].nunique() == 6  # every half year


def test_contributions_lead_from_unchanged_policy_to_the_scenario(warehouse):
    """The same months, cells and figures as in scenario_resultaat."""
    eigen = scenario(
        {"duur_procent": -20, "vanaf_maand": 8}, {"wachtlijst_weken": 1, "maanden": 12}, {"extra_plaatsen": 1}
    )
    bron = warehouse(regios=("ZK01", "ZK02"), cellen=GEWEIGERD)
    sleutel = ["maand", "iza_regio", "cluster", "capaciteit_type", "metriek"]
    delen = (
        bijdragen(bron, eigen).groupby(sleutel).agg(som=("op_volgorde", "sum"), ongewijzigd=("ongewijzigd", "first"))
    )
    for frame, verwacht in (
        (reken(bron, scenario()), delen["ongewijzigd"]),
        (reken(bron, eigen), delen["ongewijzigd"] + delen["som"]),
    ):
        midden = frame.set_index(sleutel)["midden"].reindex(delen.index)
        assert np.allclose(midden, verwacht, atol=1e-9)


def test_a_scenario_without_measures_has_no_contributions_but_the_same_columns(warehouse):
    leeg = bijdragen(warehouse(), scenario())
    assert leeg.empty and list(leeg) == list(bijdragen(warehouse(), scenario({"extra_plaatsen": 1})))


def test_country_is_the_sum_over_regions_that_can_be_simulated(warehouse):
    leeg = {("ZK03", "klinisch"): {"operationeel": 0, "bezette_dagen": 0}}
    uit = reken(warehouse(regios=("ZK01", "ZK02", "ZK03"), cellen=leeg), scenario())
    assert cijfer(uit, "bezetting", "NL", kolom="cellen") == 2
    som = cijfer(uit, "bezetting", "ZK01") + cijfer(uit, "bezetting", "ZK02")
    assert cijfer(uit, "bezetting", "NL") == pytest.approx(som, abs=1.5)
    assert cijfer(uit, "benodigde_capaciteit", "NL", kolom="cellen") == 3


def test_a_cell_without_data_has_rows_with_the_reason_and_no_figures(warehouse):
    niets = {"geleverd": False, "belasting": None, "onvervuld": None}
    uit = reken(warehouse(cellen={("ZK01", "klinisch"): niets}), scenario())
    rijen = uit.query("iza_regio == 'ZK01' and cluster == 'klinisch'")
    assert rijen[["laag", "midden", "hoog"]].isna().all().all()
    assert set(rijen.query("metriek == 'wachtlijst'")["reden"]) == {"geen_bedden"}
    assert set(rijen.query("metriek == 'benodigde_capaciteit'")["reden"]) == {"geen_bedden"}


ANDERS = """
    insert into marts.definitie_effect select * replace ('nieuw' as versie) from marts.definitie_effect;
    insert into marts.definitie_capaciteit
    select * replace ('nieuw' as versie, case cluster when 'acuut' then 15 else 5 end as operationeel,
        bezette_dagen / 2 * case cluster when 'acuut' then 3 else 1 end as bezette_dagen,
        opnames / 2 * case cluster when 'acuut' then 3 else 1 end as opnames,
        ontslagen / 2 * case cluster when 'acuut' then 3 else 1 end as ontslagen,
        case cluster when 'acuut' then 18 else 6 end as wachtplekken,
        case cluster when 'acuut' then 12.0 else 4.0 end as belasting)
    from marts.definitie_capaciteit
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


def test_a_late_region_counts_from_its_last_known_places_but_not_in_the_month_it_missed(warehouse):
    """As the mart: the window of 3.4 knows its load, the month itself no places."""
    laat = {("ZK02", c): {"geleverd": lambda maand: maand < 23} for c in ("acuut", "klinisch")}
    uit = reken(warehouse(regios=("ZK01", "ZK02"), cellen=laat), scenario())
    assert cijfer(uit, "benodigde_capaciteit", "ZK02", maand=STAND) == 13
    assert cijfer(uit, "tekort", "ZK02", maand=STAND, kolom="reden") == "maand_niet_geleverd"
    assert cijfer(uit, "tekort", "NL", maand=STAND, kolom="cellen") == 1
    assert cijfer(uit, "tekort", "ZK02") == 3 and cijfer(uit, "tekort", "NL", kolom="cellen") == 2


def test_without_anyone_leaving_the_list_there_is_no_wait_and_a_reason(warehouse):
    leeg = {"wachtplekken": 0, "doorstroom_in": 0}
    uit = reken(
        warehouse(cellen={("ZK01", c): leeg for c in ("acuut", "klinisch")}), scenario({"instroom_procent": -100})
    )
    assert np.isnan(cijfer(uit, "wacht_weken"))
    assert cijfer(uit, "wacht_weken", kolom="reden") == "niemand_van_lijst"
    assert cijfer(uit, "wachtlijst") == 0
