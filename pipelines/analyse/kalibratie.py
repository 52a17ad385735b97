"""How well the model repeats what was observed: the table ``doorrekening.scenario_kalibratie``.

Belongs here: the model without measures held against the last twelve months. Does not belong here: the model itself.
"""

import duckdb
import numpy as np
import pandas as pd

from pipelines.analyse.aannames import aannames
from pipelines.analyse.model import schat, speel
from pipelines.analyse.plan import Plan
from pipelines.analyse.waarneming import PLAATS, Waarneming, lees

NAGEBOOTST, VOORSPELD = "nagebootst", "voorspeld"


def reken(bron: duckdb.DuckDBPyConnection | Waarneming, threads: int = 1) -> pd.DataFrame:
    """Plays the last 12 months from the state before them and compares with what was observed.

    ``vorm`` nagebootst: parameters from those 12 months themselves; voorspeld: from the 12 months before (no row
    without those). A row per vorm x cluster x capaciteit_type x metriek: ``waargenomen`` and ``gesimuleerd`` (mean per cell and month),
    ``mae`` (of the median), ``bias`` (of the mean) in the unit of the metriek, and ``dekking``: the share of months
    within the interval.
    """
    w = bron if isinstance(bron, Waarneming) else lees(bron)
    begin = w.tot - aannames().basis_maanden
    delen = [
        _vergelijk(w, vorm, schat(w, tot), begin, threads) for vorm, tot in ((NAGEBOOTST, w.tot), (VOORSPELD, begin))
    ]
    return pd.concat(delen, ignore_index=True)


def _vergelijk(w: Waarneming, vorm: str, s: pd.DataFrame, begin: pd.Period, threads: int) -> pd.DataFrame:
    bezet = w.capaciteit.assign(bezetting=w.capaciteit["bezette_dagen"] / w.capaciteit["maand"].dt.days_in_month)
    reeksen = {
        "bezetting": _reeks(bezet, "bezetting", s.index),
        "wachtlijst": _reeks(w.wachtlijst, "wachtplekken", s.index),
    }
    maanden = pd.period_range(begin + 1, w.tot, freq="M")
    start = {naam: _stand(reeks, begin, maanden) for naam, reeks in reeksen.items()}
    plaatsen = _reeks(w.capaciteit, "plaatsen", s.index)
    plaatsen = plaatsen.reindex(maanden).ffill().bfill().fillna(0)
    weet_start = start["bezetting"].notna() & start["wachtlijst"].notna()
    s = s.assign(
        bezetting_nu=start["bezetting"],
        wachtlijst_nu=start["wachtlijst"],
        reden_wachtrij=s["reden_wachtrij"].where(weet_start, "geen_beginstand"),
    )
    plan = Plan.ongewijzigd(maanden, plaatsen.to_numpy())
    verloop = speel(s, plan, aannames().herhalingen, aannames().seed, threads).verloop
    staart = (1 - aannames().interval) / 2
    delen = []
    for metriek, reeks in reeksen.items():
        gezien = reeks.reindex(maanden).to_numpy()
        x = getattr(verloop, metriek)
        laag, midden, hoog = np.quantile(x, [staart, 0.5, 1 - staart], axis=2)
        lang = pd.DataFrame({
            **{kolom: np.tile(s.index.get_level_values(kolom), len(maanden)) for kolom in PLAATS[1:]},
            "cel": np.tile(np.arange(len(s)), len(maanden)),
            "waargenomen": gezien.ravel(),
            "gesimuleerd": x.mean(axis=2).ravel(),
            "mae": np.abs(midden - gezien).ravel(),
            "bias": (x.mean(axis=2) - gezien).ravel(),
            "dekking": ((laag <= gezien) & (gezien <= hoog)).astype(float).ravel(),
        })[np.tile(s["reden_wachtrij"].isna().to_numpy(), len(maanden)) & ~np.isnan(gezien.ravel())]  # fmt: skip
        groep = lang.groupby(PLAATS[1:], as_index=False)
        per_cluster = groep.mean().drop(columns="cel").merge(groep["cel"].nunique().rename(columns={"cel": "cellen"}))
        delen.append(per_cluster.assign(vorm=vorm, metriek=metriek))
    return pd.concat(delen, ignore_index=True)


def _reeks(frame: pd.DataFrame, kolom: str, cellen: pd.MultiIndex) -> pd.DataFrame:
    """Months as rows, cells as columns."""
    return frame.pivot(index="maand", columns=PLAATS, values=kolom).reindex(columns=cellen)


def _stand(reeks: pd.DataFrame, begin: pd.Period, maanden: pd.PeriodIndex) -> pd.Series:
    """The state at the end of ``begin``: the last one known then, else the first that is known after it."""
    erna = reeks.reindex(maanden).bfill().iloc[0]
    ervoor = reeks[reeks.index <= begin].ffill()
    return ervoor.iloc[-1].fillna(erna) if len(ervoor) else erna
