"""What a reader computes beside the totals: what a cumulative figure gained, a mean against the norm, a mark."""

from dataclasses import replace

import pandas as pd
import pytest

from pipelines.publicatie.onthulling.lezer import Eis
from pipelines.publicatie.publiek import bescherm
from pipelines.publicatie.regels import lees
from pipelines.publicatie.tabellen import TOENAME

EIS = Eis()
REGELS = lees()


def beschermd(naam, df):
    """The public table of ``df``, without totals; columns that the mart has and ``df`` has not are left out."""
    tabel = REGELS.tabellen[naam]
    kolommen = tuple(k for k in tabel.kolommen if k.naam in df and set(k.basis) <= set(df))
    verbanden = tuple(v for v in tabel.verbanden if set(f"{v.links} {v.rechts}".split()) <= {*df, "+", "-"})
    tabel = replace(tabel, totalen=(), kolommen=kolommen, verbanden=verbanden)
    return bescherm(tabel, df, None, [], REGELS, EIS)


def lijst(*maanden):
    """wachttijd_maand of one region: (wachtplekken, aangemeld, gestart, uitval) per month."""
    velden = ["wachtplekken", "aangemeld", "gestart", "uitval"]
    return pd.DataFrame(
        [
            {"maand": m, "iza_regio": "ZK01", "cluster": "klinisch", "fase": "totaal"}
            | dict(zip(velden, r, strict=True))
            for m, r in zip(pd.date_range("2026-01-01", periods=len(maanden), freq="MS"), maanden, strict=True)
        ]
    )


def test_what_a_cumulative_figure_gained_is_as_small_a_count_as_any():
    df = pd.DataFrame(
        {
            "prestatiemaand": pd.Timestamp("2026-01-01"),
            "aanlevermaand": pd.date_range("2026-01-01", periods=4, freq="MS"),
            "prestaties_cumulatief": [1000, 1400, 1403, 1500],
            "ontwikkelmaand": range(4),
        }
    )
    uit = beschermd("volledigheid", df)
    open_ = uit.tabel["prestaties_cumulatief"]
    assert open_.isna().any(), "1403 - 1400 is three"
    assert not (open_.notna()[1] and open_.notna()[2])
    toename = uit.cellen[uit.cellen["kolom"].str.startswith(TOENAME)]
    assert len(toename) and TOENAME not in " ".join(uit.tabel.columns)
    small = uit.cellen[(uit.cellen["onderdrukt"] == "primair")]
    breed = small["ten_minste_tot"] - small["ten_minste_van"]
    assert ((breed >= EIS.spanwijdte - 1e-6) | (small["ten_minste_tot"] >= EIS.drempel - 1e-6)).all()


@pytest.mark.parametrize(
    ("naam", "aantal"), [("wachttijd_maand", "wachtplekken"), ("wachttijd_retrospectief", "trajecten")]
)
def test_a_mean_and_quantiles_go_with_the_count_above_the_norm(naam, aantal):
    """With the 90th percentile below the norm at most a tenth is above it: of 30 that is 3."""
    tabel = REGELS.tabellen[naam]
    df = pd.DataFrame(
        [
            dict.fromkeys(tabel.sleutel, "x")
            | {"maand": pd.Timestamp("2026-01-01"), "iza_regio": r, aantal: 30, "boven_treeknorm": boven}
            | {"gemiddeld_weken": 9.04, "mediaan_weken": 8.0, "p90_weken": 12.0}
            for r, boven in (("ZK01", 3), ("ZK02", 12))
        ]
    )
    uit = beschermd(naam, df).tabel.set_index("iza_regio")
    assert uit.loc["ZK01", ["gemiddeld_weken", "mediaan_weken", "p90_weken"]].isna().all()
    assert uit.loc["ZK02", "gemiddeld_weken"] == 9.0


def test_no_mark_says_which_kind_of_withheld_a_row_has():
    uit = beschermd("wachttijd_maand", lijst((100, 30, 20, 10), (105, 30, 22, 3))).tabel
    assert set(uit["onderdrukt"].dropna()) == {"achtergehouden"}
