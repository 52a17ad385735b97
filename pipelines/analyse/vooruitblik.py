"""The multi-year view: how many people a month will begin care, one to five years ahead (``doorrekening.vooruitblik``).

Belongs here: the forecast, its backtest against the seasonal naive one, and when no forecast may be shown. Does not
belong here: what measures would change (``scenario``). docs/vooruitblik.md explains it in words.
"""

import warnings
from dataclasses import dataclass
from typing import NamedTuple

import duckdb
import numpy as np
import pandas as pd

from pipelines.analyse.aannames import aannames
from pipelines.analyse.waarneming import CEL, LANDELIJK, Waarneming, lees

METRIEK, EENHEID = "aankomsten", "begonnen episodes per maand"
SEIZOEN = 12  # months in a year
DAGEN_PER_MAAND = 365.25 / 12
MODELLEN = {"niveau": "llevel", "trend": "lldtrend"}

GEEN_HISTORIE = "geen_definitieve_maand"
TE_KORT = "historie_te_kort"
GEEN_AANKOMSTEN = "geen_aankomsten"
SLECHTER = "slechter_dan_naief"
TE_VER = "verder_dan_historie"


class Voorspelling(NamedTuple):
    """Per month ahead, in people a day."""

    midden: np.ndarray
    laag: np.ndarray
    hoog: np.ndarray


@dataclass(frozen=True)
class Toets:
    """Backtest of one model: mean absolute error (people a day) of model and seasonal naive, over ``punten`` forecasts;
    ``dekking`` is the share of them that fell within the interval of the model."""

    model: str
    mae: float
    mae_naief: float
    dekking: float
    punten: int


def reken(bron: duckdb.DuckDBPyConnection | Waarneming) -> pd.DataFrame:
    """Forecasts every cell, and per cluster the country (NL: the sum over the regions with enough history).

    A row per maand (``horizon_maanden`` after the last usable month) x iza_regio x cluster. Where nothing may be shown
    the figures are missing and ``reden`` says why. Only definitief months count: see docs/vooruitblik.md.
    """
    w = bron if isinstance(bron, Waarneming) else lees(bron)
    delen, per_cluster = [], {}
    for (regio, cluster), reeks in _reeksen(w).items():
        delen.append(_cel(regio, cluster, reeks, w.tot, 1))
        if len(reeks) >= aannames().vooruitblik_minimum_maanden:
            per_cluster.setdefault(cluster, []).append(reeks)
    for cluster in w.cellen.get_level_values("cluster").unique():
        regios = per_cluster.get(cluster, [])
        som = pd.concat(regios, axis=1, join="inner").sum(axis=1) if regios else pd.Series(dtype=float)
        delen.append(_cel(LANDELIJK, cluster, som, w.tot, len(regios)))
    return pd.concat(delen, ignore_index=True)


def _reeksen(w: Waarneming) -> dict[tuple[str, str], pd.Series]:
    """Per cell the arrivals a month of the last unbroken run of definitief months, without the run-in.

    In the first months of a source every person in care seems to arrive: until max_gat_dagen have gone by, a first day
    of care and a next one cannot be told apart.
    """
    definitief = w.definitief().pivot(index="maand", columns=CEL, values="aankomsten")
    eerste = w.stroom[w.stroom["geleverd"].astype(bool)].groupby(CEL)["maand"].min()
    uit = {}
    for cel in w.cellen:
        reeks = (
            definitief[cel].dropna()
            if cel in definitief
            else pd.Series(dtype=float, index=pd.PeriodIndex([], freq="M"))
        )
        if len(reeks):
            aanloop = int(np.ceil(w.max_gat_dagen.get(cel[1], 0) / DAGEN_PER_MAAND))
            nummer = reeks.index.year * 12 + reeks.index.month
            vast = np.arange(len(reeks)) > np.flatnonzero(np.diff(nummer, prepend=nummer[0]) > 1).max(initial=-1) - 1
            reeks = reeks[vast & (reeks.index >= eerste[cel] + aanloop)]
        uit[cel] = reeks
    return uit


def _cel(regio: str, cluster: str, reeks: pd.Series, tot: pd.Period, cellen: int) -> pd.DataFrame:
    """The rows of one cell, with or without figures."""
    a = aannames()
    toets, uit, reden = None, None, None
    if reeks.empty:
        reden = GEEN_HISTORIE
    elif len(reeks) < a.vooruitblik_minimum_maanden:
        reden = TE_KORT
    elif reeks.sum() == 0:
        reden = GEEN_AANKOMSTEN
    else:
        per_dag = reeks.to_numpy(float) / reeks.index.days_in_month.to_numpy()
        toets = min((toets_model(per_dag, model) for model in MODELLEN), key=lambda t: t.mae)
        if toets.mae > toets.mae_naief:
            reden = SLECHTER
        else:
            uit = voorspel(per_dag, toets.model, a.vooruitblik_maanden)
    begin = reeks.index[-1] if len(reeks) else tot
    maanden = pd.period_range(begin + 1, periods=a.vooruitblik_maanden, freq="M")
    horizon = np.arange(1, a.vooruitblik_maanden + 1)
    binnen = horizon <= len(reeks) * a.vooruitblik_maanden_per_maand_historie
    tonen = binnen if uit else np.zeros(len(horizon), bool)
    dagen = maanden.days_in_month.to_numpy()
    cijfers = {naam: np.where(tonen, x * dagen, np.nan) for naam, x in uit._asdict().items()} if uit else {}
    return pd.DataFrame({
        "maand": maanden.to_timestamp(),
        "iza_regio": regio,
        "cluster": cluster,
        "metriek": METRIEK,
        "horizon_maanden": horizon,
        "laag": cijfers.get("laag", np.nan),
        "midden": cijfers.get("midden", np.nan),
        "hoog": cijfers.get("hoog", np.nan),
        "eenheid": EENHEID,
        "reden": [reden or (None if b else TE_VER) for b in binnen],
        "model": toets.model if toets else None,
        "mae_model": toets.mae * DAGEN_PER_MAAND if toets else np.nan,
        "mae_naief": toets.mae_naief * DAGEN_PER_MAAND if toets else np.nan,
        "toets_dekking": toets.dekking if toets else np.nan,
        "toets_punten": toets.punten if toets else 0,
        "historie_maanden": len(reeks),
        "historie_tot": reeks.index[-1].to_timestamp() if len(reeks) else pd.NaT,
        "cellen": cellen,
    })  # fmt: skip


def voorspel(per_dag: np.ndarray, model: str, maanden: int) -> Voorspelling:
    """Forecast of ``maanden`` steps by a structural time series model (statsmodels UnobservedComponents).

    ``niveau`` is a drifting level; ``trend`` adds a straight line whose uncertain slope widens the interval with the
    horizon. A fixed seasonal pattern comes with ``vooruitblik_seizoen_minimum_maanden``. Nothing falls below 0.
    """
    return _vooruit(_pas(per_dag, model), maanden)


def _pas(per_dag: np.ndarray, model: str):
    from statsmodels.tsa.statespace.structural import UnobservedComponents  # heavy: not at the import of a command

    seizoen = SEIZOEN if len(per_dag) >= aannames().vooruitblik_seizoen_minimum_maanden else None
    reeks = UnobservedComponents(per_dag, level=MODELLEN[model], seasonal=seizoen, stochastic_seasonal=False)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a variance that is estimated at nought gives a warning, not a wrong forecast
        # Powell and not the usual L-BFGS: that one keeps every core busy with threads for matrices of three by three
        return reeks.fit(disp=0, cov_type="none", method="powell")


def _vooruit(uitslag, maanden: int) -> Voorspelling:
    vooruit = uitslag.get_forecast(maanden)
    grenzen = vooruit.conf_int(alpha=1 - aannames().interval)
    return Voorspelling(*(np.maximum(x, 0) for x in (vooruit.predicted_mean, grenzen[:, 0], grenzen[:, 1])))


def seizoensnaief(per_dag: np.ndarray, maanden: int) -> np.ndarray:
    """The same month of the last known year, again and again. Needs 12 months."""
    return np.resize(per_dag[-SEIZOEN:], maanden)


def toets_model(per_dag: np.ndarray, model: str) -> Toets:
    """Forecasts the end of the series from several earlier moments (rolling origin), as if it were not known yet.

    The variances are estimated at the first moment; at the later ones the months since then are only taken in.
    """
    a = aannames()
    eerste = max(SEIZOEN, len(per_dag) - a.vooruitblik_toets_maanden)
    fout, fout_naief, binnen = [], [], []
    uitslag = _pas(per_dag[:eerste], model)
    for start in range(eerste, min(eerste + a.vooruitblik_toets_starts, len(per_dag))):
        echt = per_dag[start:]
        if start > eerste:
            uitslag = uitslag.append(per_dag[start - 1 : start])
        uit = _vooruit(uitslag, len(echt))
        fout.append(np.abs(uit.midden - echt))
        fout_naief.append(np.abs(seizoensnaief(per_dag[:start], len(echt)) - echt))
        binnen.append((uit.laag <= echt) & (echt <= uit.hoog))
    alle = [np.concatenate(x) for x in (fout, fout_naief, binnen)]
    return Toets(model, *(float(x.mean()) for x in alle), len(alle[0]))
