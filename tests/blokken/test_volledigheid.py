"""What a page says of the claims that are in."""

from datetime import date
from types import SimpleNamespace

import pandas as pd
import pytest

from pipelines.blokken.samenvatting import volledigheid


@pytest.mark.parametrize(
    ("schatting", "getoond"), [(0.86, 0.86), (1.0, 1.0), (11.0, None), (1.0066, None), (None, None)]
)
def test_een_aandeel_boven_een_wordt_niet_getoond(schatting, getoond):
    df = pd.DataFrame({"prestatiemaand": ["2026-08-01"], "volledigheid": [schatting]})
    assert volledigheid(SimpleNamespace(tabel=lambda _: df), date(2026, 8, 1)) == getoond
    assert volledigheid(SimpleNamespace(tabel=lambda _: df), date(2026, 9, 1)) is None
