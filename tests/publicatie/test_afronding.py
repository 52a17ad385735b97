"""Controlled rounding: multiples of the base, and totals that still add up."""

import numpy as np

from pipelines.publicatie.afronding import rond
from tests.publicatie.tabellen import kruistabel, stelsel


def test_rounded_tables_add_up_and_stay_within_one_base_of_the_truth():
    tabel = kruistabel([[3, 14, 0], [7, 2, 26]])
    x = rond(tabel, 5)
    assert not np.any(x % 5)
    assert not np.any(tabel.gelijk @ x)
    assert x[2] == 0
    assert np.abs(x - tabel.waarde).max() < 5


def test_a_month_starts_from_what_the_month_before_was_rounded_to():
    # 12 and 4 more is 16, and in the next month 3 more is 19
    keten = stelsel([12, 4, 16, 3, 19], [(2, [0, 1]), (4, [2, 3])], maand=[1, 1, 1, 2, 2])
    x = rond(keten, 5)
    assert x[2] == x[0] + x[1] and x[4] == x[2] + x[3]
    assert np.abs(x - keten.waarde).max() < 5


def test_a_part_is_never_rounded_above_its_whole():
    x = rond(stelsel([4, 6, 10], [(2, [0, 1])], hoogstens=[(0, 1)]), 5)
    assert x[0] <= x[1] and x[0] + x[1] == x[2]
