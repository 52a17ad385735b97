"""Parameters of a cell from literal months."""

import numpy as np
import pandas as pd
import pytest

from pipelines.analyse.model import Plan, schat, speel
from pipelines.analyse.waarneming import lees

CEL = ("ZK01", "klinisch")


def geschat(verbinding):
    w = lees(verbinding)
    return schat(w, w.tot)


def test_stay_is_occupied_days_per_admission_or_discharge(warehouse):
    cel = geschat(warehouse(cellen={CEL: {"bezette_dagen": 240, "opnames": 10, "ontslagen": 14}})).loc[CEL]
    assert cel["ligduur"] == pytest.approx(240 / 12)


def test_stay_below_a_day_counts_as_a_day(warehouse):
    cel = geschat(warehouse(cellen={CEL: {"bezette_dagen": 30, "opnames": 90, "ontslagen": 90}})).loc[CEL]
    assert cel["ligduur"] == 1


def test_arrivals_are_starts_plus_uitval_plus_growth_of_the_list(warehouse):
    """2025: 12 starts, 6 uitval and 11 more on the list in each month but the first, over the 334 days after it."""
    eigen = {"opnames": 12, "ontslagen": 12, "uitval": 6, "wachtplekken": lambda maand: 100 + 11 * maand}
    cel = geschat(warehouse(cellen={CEL: eigen})).loc[CEL]
    assert cel["aankomst"] == pytest.approx(12 * 12 / 365 + 6 * 12 / 365 + 11 * 11 / 334)


def test_chance_of_uitval_is_uitval_per_person_waiting(warehouse):
    cel = geschat(warehouse(cellen={CEL: {"uitval": 3, "wachtplekken": 50}})).loc[CEL]
    assert cel["uitval"] == pytest.approx(36 / 365 / 50)


def test_long_list_and_empty_places_give_the_refill_time_of_little(warehouse):
    """400 wait and 2 of 10 places are empty at 0.4 starts a day: 5 days empty per start."""
    assert geschat(warehouse(cellen={CEL: {"wachtplekken": 400}})).loc[CEL]["vulduur"] == pytest.approx(5.0, rel=1e-6)


def test_full_wards_refill_at_once_and_may_hold_more_than_their_places(warehouse):
    cel = geschat(warehouse(cellen={CEL: {"bezette_dagen": lambda m: 372, "opnames": 12, "ontslagen": 12}})).loc[CEL]
    assert cel["benutting"] == pytest.approx(372 * 12 / 365 / 10)
    assert cel["vulduur"] == pytest.approx(0.0, abs=1e-6)


def test_demand_comes_from_the_last_definitief_month(warehouse):
    cel = geschat(warehouse(cellen={CEL: {"aankomsten_per_dag": lambda maand: maand / 100}})).loc[CEL]
    assert cel["aankomst_zorg"] == pytest.approx(0.20)  # months 0..23, of which 21, 22 and 23 are voorlopig


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
    assert s.loc[CEL]["reden_wachtrij"] == reden
    assert pd.isna(s.loc[("ZK01", "acuut")]["reden_wachtrij"])


def test_list_that_was_not_delivered_is_a_reason_of_its_own(warehouse):
    verbinding = warehouse()
    verbinding.execute("update marts.definitie_effect set geleverd_wachtlijst = false")
    assert set(geschat(verbinding)["reden_wachtrij"]) == {"geen_wachtlijst"}


def test_demand_without_ended_episode_or_definitief_month_says_why(warehouse):
    verbinding = warehouse(cellen={CEL: {"gemiddelde_duur_dagen": None}})
    assert geschat(verbinding).loc[CEL]["reden_vraag"] == "geen_duur"
    verbinding.execute("update marts.definitie_effect set status = 'voorlopig'")
    assert set(geschat(verbinding)["reden_vraag"]) == {"geen_definitieve_maand"}


def plan(s, maanden, **factoren):
    een = {naam: np.ones((maanden, len(s))) for naam in ("instroom", "ligduur", "zorgduur")}
    een |= {naam: np.full((maanden, len(s)), x) for naam, x in factoren.items()}
    return Plan(pd.period_range("2026-01", periods=maanden, freq="M"), **een, plaatsen=np.full((maanden, len(s)), 10.0))


def test_unchanged_load_stays_arrivals_times_stay(warehouse):
    s = geschat(warehouse())
    uit = speel(s, plan(s, 36), 400, seed=1)
    assert uit.belasting[-1].mean(axis=1) == pytest.approx([8.0, 8.0], rel=0.05)


def test_a_change_reaches_the_load_as_fast_as_its_window_moves(warehouse):
    """No arrivals at all: after 6 months the window still holds 6 months of before, after 12 none."""
    s = geschat(warehouse())
    belasting = speel(s, plan(s, 12, instroom=0.0), 400, seed=1).belasting.mean(axis=(1, 2))
    assert belasting[5] == pytest.approx(8.0 * 184 / 365, rel=0.02)  # July to December
    assert belasting[11] == 0


def test_outcome_does_not_depend_on_threads_or_on_other_regions(warehouse):
    s = geschat(warehouse(regios=("ZK01", "ZK02", "ZK33")))
    alle = speel(s, plan(s, 3), 10, seed=5, threads=3)
    alleen = s[s.index.get_level_values("iza_regio") == "ZK02"]
    een = speel(alleen, plan(alleen, 3), 10, seed=5)
    assert (alle.verloop.wachtlijst[:, 2:4] == een.verloop.wachtlijst).all()
    assert (alle.belasting[:, 2:4] == een.belasting).all()
