"""One line per year: what was, what is expected and what was agreed."""

import pandas as pd
import pytest

from pipelines.analyse.afspraken import KOLOMMEN
from pipelines.analyse.meerjarenbeeld import reken
from pipelines.analyse.vooruitblik import reken as vooruitblik
from pipelines.analyse.waarneming import lees

GEEN = pd.DataFrame(columns=KOLOMMEN)
CEL = ("ZK01", "klinisch")


def afspraak(plaatsen, jaar=2025, regio="ZK01"):
    return [regio, "klinisch", "bed", jaar, plaatsen, "x", "y", "2025-01-01"]


def beeld(con, *afspraken):
    w = lees(con)
    uit = reken(w, vooruitblik(w), pd.DataFrame(list(afspraken), columns=KOLOMMEN) if afspraken else GEEN)
    return uit[(uit["cluster"] == "klinisch") & (uit["capaciteit_type"] == "bed")].set_index(["iza_regio", "jaar"])


def test_a_year_is_the_mean_of_its_delivered_months(warehouse):
    uit = beeld(
        warehouse(
            maanden=14,
            cellen={CEL: {"bezet": lambda m: 6.0 + m, "operationeel": lambda m: 20 - m, "geleverd": lambda m: m != 13}},
        )
    ).loc["ZK01"]
    assert list(uit.index) == [2024, 2025, *range(2026, 2031)]
    assert list(uit["soort"]) == ["waargenomen"] * 2 + ["verwacht"] * 5
    jaar = uit.loc[2024]  # two months
    assert (jaar["maanden"], jaar["bezet"], jaar["beschikbaar"], jaar["benodigd"]) == (2, 6.5, 19.5, 13)
    assert uit.loc[2025]["maanden"] == 11
    assert uit.loc[2026, ["belasting", "benodigd", "beschikbaar"]].isna().all()
    assert uit.loc[2026]["reden"] == "historie_te_kort"


def test_months_with_fewer_places_than_agreed_are_named(warehouse):
    uit = beeld(
        warehouse(maanden=12, cellen={CEL: {"operationeel": lambda m: 9 if m in (2, 3) else 12}}),
        afspraak(12),
        afspraak(14, 2027),
    ).loc["ZK01"]
    assert uit.loc[2025]["maanden_onder_afspraak"] == "2025-03, 2025-04"
    assert uit.loc[2025]["verschil_afspraak"] == pytest.approx(11.5 - 12)
    assert uit.loc[2025]["tekort_bij_afspraak"] == 1  # 13 needed
    assert uit.loc[2027]["afgesproken"] == 14 and pd.isna(uit.loc[2026]["afgesproken"])


def test_expected_load_needs_what_the_definition_says(warehouse):
    """42 months of a load that grows: a mean over the months of the year, and of that the larger of occupancy and Erlang."""
    con = warehouse(maanden=42, cellen={CEL: {"belasting": lambda m: 100 * (1 + m / 50) + (3, -2, 1, -4, 2)[m % 5]}})
    uit = beeld(con).loc["ZK01"]
    jaar = uit.loc[2026]
    assert jaar["maanden"] == 12
    assert jaar["belasting_laag"] < jaar["belasting"] < jaar["belasting_hoog"]
    assert jaar["belasting"] == pytest.approx(100 * (1 + 47.5 / 50), rel=0.05)
    assert jaar["benodigd"] == pytest.approx(jaar["belasting"] / 0.85, abs=1)  # Erlang asks less at this size
    assert uit.loc[2030]["reden"] == "verder_dan_historie" and pd.isna(uit.loc[2030]["belasting"])


def test_the_country_adds_its_regions_and_has_a_forecast_of_its_own(warehouse):
    groei = {"belasting": lambda m: 100 * (1 + m / 50 + (m * m % 3) / 100), "benodigd": 150}
    con = warehouse(maanden=36, regios=("ZK01", "ZK02"), cellen={(r, "klinisch"): groei for r in ("ZK01", "ZK02")})
    uit = beeld(con, afspraak(120, 2026))
    land, regio = uit.loc["NL"], uit.loc["ZK01"]
    assert (land.loc[2025]["bezet"], land.loc[2025]["benodigd"], land.loc[2025]["regios"]) == (16, 300, 2)
    assert land.loc[2026]["belasting"] == pytest.approx(2 * regio.loc[2026]["belasting"], rel=0.02)
    per_plaats = 300 / land.loc[2025]["belasting"]
    assert land.loc[2026]["benodigd"] == pytest.approx(land.loc[2026]["belasting"] * per_plaats, abs=1)
    assert (land.loc[2026]["regios"], land.loc[2026]["afgesproken"]) == (2, 120)
