"""Parameters of a cell from literal months."""

import numpy as np
import pandas as pd
import pytest

from pipelines.analyse.model import schat, speel
from pipelines.analyse.plan import Plan
from pipelines.analyse.waarneming import lees

CEL = ("ZK01", "klinisch")
BED = (*CEL, "bed")


def geschat(verbinding):
    w = lees(verbinding)
    return schat(w, w.tot)


def test_stay_is_occupied_days_per_admission_or_discharge(warehouse):
    cel = geschat(warehouse(cellen={CEL: {"bezette_dagen": 240, "opnames": 10, "ontslagen": 14}})).loc[BED]
    assert cel["ligduur"] == pytest.approx(240 / 12)


def test_stay_below_a_day_counts_as_a_day(warehouse):
    cel = geschat(warehouse(cellen={CEL: {"bezette_dagen": 30, "opnames": 90, "ontslagen": 90}})).loc[BED]
    assert cel["ligduur"] == 1


def test_arrivals_are_starts_plus_uitval_plus_growth_of_the_list(warehouse):
    """2025: 12 starts, 6 uitval and 11 more on the list in each month but the first, over the 334 days after it."""
    eigen = {"opnames": 12, "ontslagen": 12, "uitval": 6, "wachtplekken": lambda maand: 100 + 11 * maand}
    cel = geschat(warehouse(cellen={CEL: eigen})).loc[BED]
    assert cel["aankomst"] == pytest.approx(12 * 12 / 365 + 6 * 12 / 365 + 11 * 11 / 334)


def test_chance_of_uitval_is_uitval_per_person_waiting(warehouse):
    cel = geschat(warehouse(cellen={CEL: {"uitval": 3, "wachtplekken": 50}})).loc[BED]
    assert cel["uitval"] == pytest.approx(36 / 365 / 50)


def test_long_list_and_empty_places_give_the_refill_time_of_little(warehouse):
    """400 wait and 2 of 10 places are empty at 0.4 starts a day: 5 days empty per start."""
    assert geschat(warehouse(cellen={CEL: {"wachtplekken": 400}})).loc[BED]["vulduur"] == pytest.approx(5.0, rel=1e-6)


def test_full_wards_refill_at_once_and_may_hold_more_than_their_places(warehouse):
    cel = geschat(warehouse(cellen={CEL: {"bezette_dagen": lambda m: 372, "opnames": 12, "ontslagen": 12}})).loc[BED]
    assert cel["benutting"] == pytest.approx(372 * 12 / 365 / 10)
    assert cel["vulduur"] == pytest.approx(0.0, abs=1e-6)


def test_load_and_need_are_those_of_the_last_month(warehouse):
    cel = geschat(warehouse(cellen={CEL: {"belasting": lambda maand: 5.0 + maand}})).loc[BED]
    assert (cel["belasting"], cel["uitgesteld"], cel["beschikbaar"]) == (28, 2, 10)


def test_share_refused_is_of_who_leaves_the_list_without_a_start(warehouse):
    cel = geschat(warehouse(cellen={CEL: {"uitval": 6, "geweigerd_per_dag": 18 / 365}})).loc[BED]
    assert cel["aandeel_geweigerd"] == pytest.approx(0.25)


def test_arrivals_of_the_run_in_or_not_final_tell_nothing_of_instroom(warehouse):
    """9 of 12 in the usable months; in the others everybody seems to come from outside."""
    vreemd = {"instroom": lambda maand: 500 if maand in (12, 13, 22) else 9, "aanloop": lambda maand: maand < 14}
    cel = geschat(warehouse(cellen={("ZK01", c): vreemd for c in ("acuut", "klinisch")})).loc[BED]
    assert cel["instroom_aandeel"] == pytest.approx(0.75)


@pytest.mark.parametrize(
    "eigen, reden",
    [
        ({"operationeel": 0, "bezette_dagen": 0}, "geen_plaatsen"),
        ({"opnames": 0, "ontslagen": 0}, "geen_opnames"),
        ({"geleverd": lambda maand: maand < 15}, "geen_bedden"),  # 3 of the last 12 months
    ],
)
def test_a_queue_that_cannot_be_estimated_says_why(warehouse, eigen, reden):
    s = geschat(warehouse(cellen={CEL: eigen}))
    assert s.loc[BED]["reden_wachtrij"] == reden
    assert pd.isna(s.loc[("ZK01", "acuut", "bed")]["reden_wachtrij"])


def test_list_that_was_not_delivered_is_a_reason_of_its_own(warehouse):
    verbinding = warehouse()
    verbinding.execute("update marts.definitie_capaciteit set geleverd_wachtlijst = false")
    assert set(geschat(verbinding)["reden_wachtrij"]) == {"geen_wachtlijst"}


def test_without_beds_in_the_window_the_need_is_unknown(warehouse):
    s = geschat(warehouse(cellen={CEL: {"geleverd": False, "belasting": None}}))
    assert s.loc[BED]["reden_vraag"] == "geen_bedden" and pd.isna(s.loc[("ZK01", "acuut", "bed")]["reden_vraag"])


def plan(s, maanden):
    return Plan.ongewijzigd(pd.period_range("2026-01", periods=maanden, freq="M"), np.full((maanden, len(s)), 10.0))


def test_load_spreads_with_the_unevenness_of_the_stays_that_it_rests_on(warehouse):
    """146 admissions of stays with squared variation 0 (one ended episode): twice 1 / 146 of variance around 1."""
    s = geschat(warehouse())
    spreiding = speel(s, plan(s, 1), 20000, seed=1).spreiding
    assert spreiding.mean(axis=1) == pytest.approx([1.0, 1.0], abs=0.01)
    zonder = s.index.get_loc(BED)
    assert spreiding[zonder].var() == pytest.approx(2 * (1 + s["variatie2"].iloc[zonder]) / 146, rel=0.05)


def test_outcome_does_not_depend_on_threads_or_on_other_regions(warehouse):
    s = geschat(warehouse(regios=("ZK01", "ZK02", "ZK33")))
    alle = speel(s, plan(s, 3), 10, seed=5, threads=3)
    alleen = s[s.index.get_level_values("iza_regio") == "ZK02"]
    een = speel(alleen, plan(alleen, 3), 10, seed=5)
    assert (alle.verloop.wachtlijst[:, 2:4] == een.verloop.wachtlijst).all()
    assert (alle.spreiding[2:4] == een.spreiding).all()
