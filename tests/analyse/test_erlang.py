"""Erlang-B against the published table, and against its own recursion."""

import numpy as np
import pytest

from pipelines.analyse.erlang import benodigde_plaatsen, erlang_b


@pytest.mark.parametrize(
    "plaatsen, draagt", [(1, 0.0526), (5, 2.22), (10, 6.22), (20, 15.25), (50, 44.53), (100, 95.24)]
)
def test_published_erlang_b_table_at_five_percent(plaatsen, draagt):
    """Loads that n lines carry at 5% blocking: the standard Erlang-B table of telephony."""
    assert benodigde_plaatsen([draagt - 0.01, draagt + 0.01], 0.05).tolist() == [plaatsen, plaatsen + 1]


@pytest.mark.parametrize("plaatsen, belasting", [(1, 1.0), (3, 2.5), (40, 61.7), (3000, 2900.0), (12000, 12500.0)])
def test_closed_form_equals_the_recursion(plaatsen, belasting):
    kans = 1.0
    for n in range(1, plaatsen + 1):
        kans = belasting * kans / (n + belasting * kans)
    assert erlang_b(plaatsen, belasting) == pytest.approx(kans, rel=1e-9)


def test_chance_exactly_at_the_norm_is_enough():
    assert benodigde_plaatsen([1 / 19], 0.05).tolist() == [1]  # Erlang-B(1, 1/19) = 0.05


def test_no_load_needs_nothing_and_unknown_stays_unknown():
    uit = benodigde_plaatsen([0.0, np.nan, 2.0], 0.05)
    assert uit[0] == 0 and np.isnan(uit[1]) and uit[2] == 5


def test_found_number_is_the_smallest_that_meets_the_norm():
    for belasting in (0.3, 7.7, 250.0, 20000.0):
        n = benodigde_plaatsen([belasting], 0.05)[0]
        assert erlang_b(n, belasting) <= 0.05 < erlang_b(n - 1, belasting)
