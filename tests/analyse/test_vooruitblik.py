"""When a forecast is shown, and what it is held against."""

import numpy as np
import pandas as pd
import pytest

from pipelines.analyse.vooruitblik import MODELLEN, reken, seizoensnaief, toets_model, voorspel

CEL = ("ZK01", "klinisch")


def cel(frame, regio="ZK01", cluster="klinisch", metriek="aankomsten"):
    zelfde = (frame["iza_regio"] == regio) & (frame["cluster"] == cluster) & (frame["metriek"] == metriek)
    return frame[zelfde].set_index("horizon_maanden")


def groei(maand):
    """Four people a month more each month, with noise that does not repeat by year."""
    return 100 + 4 * maand + (7 * maand * maand) % 11


def test_seasonal_naive_repeats_the_last_twelve_months():
    assert seizoensnaief(np.arange(20.0), 14).tolist() == [*range(8, 20), 8, 9]


def test_growth_is_carried_on_and_beats_the_naive_forecast(warehouse):
    uit = cel(reken(warehouse(maanden=42, cellen={CEL: {"instroom": groei, "doorstroom_in": 0}})))
    assert uit["model"].iloc[0] == "trend"
    assert uit["mae_model"].iloc[0] < 10 < 35 < uit["mae_naief"].iloc[0]  # naive lags a year: 12 x 4 = 48 at most
    rij = uit.loc[12]
    assert rij["reden"] is None or pd.isna(rij["reden"])
    assert rij["laag"] < groei(50) < rij["hoog"]
    assert rij["midden"] == pytest.approx(groei(50), rel=0.08)


def test_no_forecast_is_shown_that_loses_from_naive(warehouse):
    """A strong yearly pattern and too little history to estimate it: last year's month is the better guess."""
    seizoen = {"instroom": lambda maand: 300 if maand % 12 < 6 else 20, "doorstroom_in": 0}
    uit = cel(reken(warehouse(maanden=30, cellen={CEL: seizoen})))
    assert set(uit["reden"]) == {"slechter_dan_naief"}
    assert uit[["laag", "midden", "hoog"]].isna().all().all()
    assert (uit["mae_model"] > uit["mae_naief"]).all()


def test_a_yearly_pattern_is_carried_on_when_history_is_long(warehouse):
    seizoen = {"instroom": lambda maand: 4 * maand + (300 if maand % 12 < 6 else 20), "doorstroom_in": 0}
    uit = cel(reken(warehouse(maanden=64, cellen={CEL: seizoen})))
    assert uit["mae_model"].iloc[0] < uit["mae_naief"].iloc[0]
    assert uit.loc[3]["midden"] - uit.loc[9]["midden"] > 200  # last definitief month is number 60: months 63 and 69


def test_only_definitief_months_count_and_the_forecast_begins_after_them(warehouse):
    uit = cel(reken(warehouse(maanden=30, voorlopig=3)))
    assert uit["historie_tot"].iloc[0] == pd.Timestamp("2025-09-01")
    assert uit.loc[1]["maand"] == pd.Timestamp("2025-10-01")


def test_the_run_in_of_a_source_is_no_demand(warehouse):
    """Whoever was in care already seems to arrive in the months of the run-in: 30 - 3 voorlopig - 2 are left."""
    aanloop = {CEL: {"aanloop": lambda maand: maand < 2}}
    assert cel(reken(warehouse(maanden=30, cellen=aanloop)))["historie_maanden"].iloc[0] == 25


def test_short_history_says_so(warehouse):
    """20 months less 3 voorlopig are 17; one more is enough."""
    kort, net = (cel(reken(warehouse(maanden=n))) for n in (20, 21))
    assert set(kort["reden"]) == {"historie_te_kort"} and kort["midden"].isna().all()
    assert "historie_te_kort" not in set(net["reden"])


def test_a_gap_in_the_deliveries_makes_history_begin_anew(warehouse):
    uit = cel(reken(warehouse(maanden=42, cellen={CEL: {"geleverd": lambda maand: maand != 30}})))
    assert uit["historie_maanden"].iloc[0] == 8 and set(uit["reden"]) == {"historie_te_kort"}


def test_a_region_that_never_delivered_says_so(warehouse):
    uit = cel(reken(warehouse(cellen={CEL: {"geleverd": False}})))
    assert set(uit["reden"]) == {"geen_definitieve_maand"} and len(uit) == 60


def test_nothing_is_shown_further_ahead_than_history_reaches_back(warehouse):
    uit = cel(reken(warehouse(maanden=42, cellen={CEL: {"instroom": groei, "doorstroom_in": 0}})))
    assert uit.loc[39]["midden"] > 0 and pd.isna(uit.loc[40]["midden"])  # 42 - 3 months of history
    assert set(uit.loc[40:]["reden"]) == {"verder_dan_historie"}


def test_country_adds_the_regions_with_enough_history(warehouse):
    cellen = {(f"ZK0{n}", "klinisch"): {"instroom": groei, "doorstroom_in": 0} for n in (1, 2, 3)}
    cellen[("ZK02", "klinisch")]["geleverd"] = lambda maand: maand > 20
    uit = cel(reken(warehouse(maanden=36, regios=("ZK01", "ZK02", "ZK03"), cellen=cellen)), "NL")
    assert uit["cellen"].iloc[0] == 2
    assert uit.loc[1]["midden"] == pytest.approx(2 * groei(33), rel=0.05)


def test_nobody_at_all_is_a_reason_not_a_forecast(warehouse):
    uit = cel(reken(warehouse(maanden=30, cellen={CEL: {"instroom": 0, "doorstroom_in": 0}})))
    assert set(uit["reden"]) == {"geen_aankomsten"}


def test_interval_holds_about_nine_tenths_of_what_came(warehouse):
    """Pure chance around a level: over 12 series the backtest must find the promised share within the interval."""
    rng = np.random.default_rng(3)
    dekking = [toets_model(rng.poisson(60, 24) / 30.4, "niveau").dekking for _ in range(12)]
    assert 0.80 < np.mean(dekking) < 0.97


def test_a_forecast_never_falls_below_nobody():
    uit = voorspel(np.linspace(2.0, 0.05, 24), "trend", 24)
    assert min(uit.laag.min(), uit.midden.min()) == 0


def last(maand):
    """Three places a month more each month, and a little noise."""
    return 100 * (100 + 3 * maand + (7 * maand * maand) % 5)


def test_load_is_forecast_in_places_per_kind_of_place_from_delivered_months_alone(warehouse):
    """Not a month of it waits for late claims, and no days of a month are in it."""
    uit = cel(reken(warehouse(maanden=42, cellen={CEL: {"belasting": last}})), metriek="belasting")
    assert (uit["eenheid"].iloc[0], uit["capaciteit_type"].iloc[0], uit["historie_maanden"].iloc[0]) == (
        "plaatsen",
        "bed",
        42,
    )
    assert uit.loc[1]["maand"] == pd.Timestamp("2026-01-01")
    assert uit.loc[12]["laag"] < last(53) < uit.loc[12]["hoog"]
    assert uit.loc[12]["midden"] == pytest.approx(last(53), rel=0.05)


def test_load_begins_anew_after_a_month_that_was_not_delivered(warehouse):
    uit = cel(reken(warehouse(maanden=42, cellen={CEL: {"geleverd": lambda maand: maand != 30}})), metriek="belasting")
    assert uit["historie_maanden"].iloc[0] == 11 and set(uit["reden"]) == {"historie_te_kort"}


def test_a_series_without_noise_has_a_narrow_interval_and_never_an_empty_one():
    for model in MODELLEN:
        uit = voorspel(np.array([100 * (1 + m / 50 + (m * m % 3) / 100) for m in range(42)]), model, 24)
        assert np.isfinite(uit.laag).all() and np.isfinite(uit.hoog).all()
        assert (uit.laag <= uit.midden).all() and (uit.midden <= uit.hoog).all()
