"""Controlled rounding: multiples of the base, and totals that still add up."""

import sys
from pathlib import Path

import numpy as np

from pipelines.publicatie.afronding import rond

sys.path.insert(0, str(Path(__file__).parent))
from tabellen import kruistabel  # noqa: E402


def test_rounded_tables_add_up_and_stay_within_one_base_of_the_truth():
    tabel = kruistabel([[3, 14, 0], [7, 2, 26]])
    x = rond(tabel.waarde, tabel.gelijk, tabel.hoogstens, 5)
    assert not np.any(x % 5)
    assert not np.any(tabel.gelijk @ x)
    assert x[2] == 0
    assert np.abs(x - tabel.waarde).max() < 5
