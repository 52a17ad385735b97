"""The queue against cases with a known answer."""

import numpy as np
import pytest

from pipelines.analyse.simulatie import Proces, aandeel_kort, simuleer


def proces(maanden, herhalingen, **wensen):
    """One cell; every figure constant."""
    vast = {"variatie2": 1.0, "uitval": 0.0, "vulduur": 0.0, "bezetting": 0, "wachtlijst": 0} | wensen
    per_maand = {k: np.full((maanden, 1, 1), vast[k]) for k in ("aankomst", "ligduur", "plaatsen", "uitval")}
    per_run = ("variatie2", "vulduur", "bezetting", "wachtlijst")
    rest = {k: np.full((1, herhalingen), vast[k]) for k in per_run}
    return Proces(**per_maand, **rest)


def erlang_c_rij(plaatsen, belasting):
    """Mean number that waits in M/M/c (Erlang-C), from the Erlang-B recursion."""
    b = 1.0
    for n in range(1, plaatsen + 1):
        b = belasting * b / (n + belasting * b)
    c = b / (1 - belasting / plaatsen * (1 - b))
    return c * belasting / (plaatsen - belasting)


@pytest.mark.parametrize("plaatsen, aankomst, ligduur", [(44, 2.0, 20.0), (12, 0.25, 40.0), (5, 0.2, 20.0)])
def test_many_places_and_exponential_stay_give_the_queue_of_erlang_c(plaatsen, aankomst, ligduur):
    """Mean of 300 runs within 4 standard errors and 3% (step of a day) of theory, which lies in the 5-95% interval."""
    theorie = erlang_c_rij(plaatsen, aankomst * ligduur)
    begin = {"bezetting": int(aankomst * ligduur), "wachtlijst": round(theorie)}
    verloop = simuleer(
        proces(84, 300, aankomst=aankomst, ligduur=ligduur, plaatsen=plaatsen, **begin),
        [30] * 84,
        np.random.default_rng(1),
    )
    per_run = (verloop.wachtdagen[24:] / 30).mean(axis=0)[0]
    laag, hoog = np.quantile(per_run, [0.05, 0.95])
    assert abs(per_run.mean() - theorie) < 4 * per_run.std() / np.sqrt(300) + 0.03 * theorie
    assert laag < theorie < hoog
    assert verloop.bezetting[24:].mean() == pytest.approx(aankomst * ligduur, rel=0.02)


@pytest.mark.parametrize("variatie2", [1.0, 4.0])
def test_with_places_enough_occupancy_is_arrivals_times_stay_whatever_the_spread(variatie2):
    verloop = simuleer(
        proces(60, 200, aankomst=1.5, ligduur=20.0, plaatsen=1000, variatie2=variatie2, bezetting=30),
        [30] * 60,
        np.random.default_rng(2),
    )
    assert verloop.bezetting[24:].mean() == pytest.approx(30.0, rel=0.01)
    assert verloop.wachtlijst.max() == 0


@pytest.mark.parametrize("variatie2", [1.0, 2.0, 6.0])
def test_two_phases_have_the_mean_and_spread_asked_for(variatie2):
    p, gemiddeld = aandeel_kort(variatie2, 50.0), 50.0
    kort, lang = gemiddeld / (2 * p), gemiddeld / (2 * (1 - p))
    assert p * kort + (1 - p) * lang == pytest.approx(gemiddeld)
    assert 2 * (p * kort**2 + (1 - p) * lang**2) / gemiddeld**2 - 1 == pytest.approx(variatie2)


def test_a_short_stay_lasts_a_day_at_least():
    assert aandeel_kort(100.0, 1.2) == pytest.approx(0.6)  # 1.2 / (2 x 0.6) = 1 day


def test_mean_wait_for_an_empty_place_is_the_refill_time():
    verloop = simuleer(
        proces(24, 500, aankomst=0.0, ligduur=1e9, plaatsen=1, vulduur=9.0, wachtlijst=1),
        [30] * 24,
        np.random.default_rng(3),
    )
    assert verloop.wachtdagen.sum(axis=0).mean() == pytest.approx(9.0, rel=0.1)
    assert verloop.wachtlijst[-1].max() == 0


def test_closing_places_sends_nobody_away():
    verloop = simuleer(
        proces(2, 5, aankomst=3.0, ligduur=1e12, plaatsen=0, bezetting=7), [30, 30], np.random.default_rng(4)
    )
    assert (verloop.bezetting == 7).all()
    assert (verloop.van_lijst == 0).all()


def test_who_gives_up_leaves_the_list():
    verloop = simuleer(
        proces(1, 4, aankomst=0.0, ligduur=10.0, plaatsen=0, wachtlijst=10, uitval=1.0), [31], np.random.default_rng(5)
    )
    assert (verloop.van_lijst == 10).all() and (verloop.wachtlijst == 0).all() and (verloop.wachtdagen == 0).all()


def test_same_seed_gives_the_same_course():
    een, twee = (
        simuleer(proces(3, 4, aankomst=0.5, ligduur=9.0, plaatsen=3), [30, 31, 30], np.random.default_rng(6))
        for _ in "ab"
    )
    assert (een.wachtlijst == twee.wachtlijst).all() and (een.bezetting == twee.bezetting).all()
