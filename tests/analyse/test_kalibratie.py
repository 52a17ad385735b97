"""The model held against a year whose course is known."""

import numpy as np
import pytest

from pipelines.analyse import kalibratie

REGIOS = tuple(f"ZK{n:02d}" for n in range(1, 9))


def onbekend_verloop(seed):
    """Months of wards with 40 places and a long list, drawn by the month, not by the model: 24 starts a month."""
    rng = np.random.default_rng(seed)
    uit = {}
    for regio in REGIOS:
        for cluster in ("acuut", "klinisch"):
            bezet, wacht, reeks = 36.0, 100.0, []
            for _ in range(24):
                weg = rng.poisson(bezet * 30 / 45)
                erbij = rng.poisson((40 - bezet) * 30 / 5) if bezet < 40 else 0
                bezet = float(np.clip(bezet + erbij - weg, 30, 40))
                wacht = max(wacht + rng.poisson(26) - weg - rng.binomial(int(wacht), 0.02), 0)
                reeks.append((round(bezet * 30.4), weg, round(wacht)))
            uit[(regio, cluster)] = {
                "operationeel": 40,
                "bezette_dagen": lambda m, r=reeks: r[m][0],
                "opnames": lambda m, r=reeks: r[m][1],
                "ontslagen": lambda m, r=reeks: r[m][1],
                "wachtplekken": lambda m, r=reeks: r[m][2],
                "uitval": lambda m, r=reeks: round(r[m][2] * 0.02),
            }
    return uit


def test_a_steady_year_is_repeated_without_bias(warehouse):
    k = kalibratie.reken(warehouse(regios=REGIOS, cellen=onbekend_verloop(1))).set_index(["vorm", "metriek"])
    for metriek, ruimte in (("bezetting", 0.05), ("wachtlijst", 0.10)):
        rijen = k.loc[("nagebootst", metriek)]
        assert (rijen["bias"].abs() < ruimte * rijen["waargenomen"]).all()
        assert (rijen["cellen"] == 8).all()
    assert (k.loc[("nagebootst", "wachtlijst"), "dekking"] >= 0.8).all()


def test_a_year_unlike_the_one_before_shows_as_bias_of_the_prediction(warehouse):
    """The list halves in the last year: repeated it is seen, predicted from the year before it is not."""
    halveert = {"wachtplekken": lambda maand: 200 if maand < 12 else 200 - 8 * (maand - 11)}
    k = kalibratie.reken(warehouse(cellen={("ZK01", "klinisch"): halveert})).query("cluster == 'klinisch'")
    bias = k[k["metriek"] == "wachtlijst"].set_index("vorm")["bias"]
    assert bias["voorspeld"] == pytest.approx(52, abs=15)  # mean of 8, 16 .. 96
    assert abs(bias["nagebootst"]) < 15


def test_with_one_year_only_there_is_nothing_to_predict_from(warehouse):
    assert set(kalibratie.reken(warehouse(maanden=13))["vorm"]) == {"nagebootst"}
