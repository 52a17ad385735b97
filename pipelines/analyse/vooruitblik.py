"""The multi-year view: how many people a month will begin care, and how many places care will take up, one to five years ahead
(``doorrekening.vooruitblik``).

Belongs here: the forecast, its backtest against the seasonal naive one, and when no forecast may be shown. Does not
belong here: what measures would change (``scenario``). docs/vooruitblik.md explains it in words.
"""

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import NormalDist
from typing import NamedTuple

import duckdb
import numpy as np
import pandas as pd

from pipelines.analyse.aannames import aannames
from pipelines.analyse.waarneming import CEL, LANDELIJK, PLAATS, Waarneming, lees

SEIZOEN = 12  # months in a year
DAGEN_PER_MAAND = 365.25 / 12
MODELLEN = {"niveau": "llevel", "trend": "lldtrend"}

TE_KORT = "historie_te_kort"
SLECHTER = "slechter_dan_naief"
TE_VER = "verder_dan_historie"
_LEEG = pd.Series(dtype=float, index=pd.PeriodIndex([], freq="M"))


class Maat(NamedTuple):
    """What is forecast. ``per_dag``: it adds up over the days of a month, so that it is forecast by the day; the other two are the
    reasons when there is no month to go on, and when all of them are nought."""

    metriek: str
    eenheid: str
    per_dag: bool
    geen_maand: str
    alles_nul: str


AANKOMSTEN = Maat("aankomsten", "begonnen episodes per maand", True, "geen_definitieve_maand", "geen_aankomsten")
BELASTING = Maat("belasting", "plaatsen", False, "geen_geleverde_maand", "geen_belasting")


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
    """Forecasts every cell, and the country (NL: the sum over the regions with enough history).

    A row per maand (``horizon_maanden`` after the last usable month) x iza_regio x cluster for the arrivals, and per
    capaciteit_type too for the load in places. Where nothing may be shown the figures are missing and ``reden`` says why. Only
    definitief months count for what comes from claims: see docs/vooruitblik.md.
    """
    w = bron if isinstance(bron, Waarneming) else lees(bron)
    return pd.concat(
        [*_cellen(AANKOMSTEN, _aankomsten(w), w), *_cellen(BELASTING, _belasting(w), w)], ignore_index=True
    )


def _cellen(maat: Maat, reeksen: dict[tuple, pd.Series], w: Waarneming) -> Iterator[pd.DataFrame]:
    """The rows of every series, and of its country. A key is (iza_regio, cluster), with the capaciteit_type where it has one."""
    samen: dict[tuple, list[pd.Series]] = {}
    for (regio, *soort), reeks in reeksen.items():
        yield _cel(maat, (regio, *soort), reeks, w.tot, 1)
        regios = samen.setdefault(tuple(soort), [])
        if len(reeks) >= aannames().vooruitblik_minimum_maanden:
            regios.append(reeks)
    for soort, regios in samen.items():
        som = pd.concat(regios, axis=1, join="inner").sum(axis=1) if regios else pd.Series(dtype=float)
        yield _cel(maat, (LANDELIJK, *soort), som, w.tot, len(regios))


def _aankomsten(w: Waarneming) -> dict[tuple, pd.Series]:
    """Per cell the arrivals a month of the last unbroken run of usable months: delivered, definitief, and not of the run-in."""
    per_cel = w.stroom[w.stroom["bruikbaar"]].dropna(subset="aankomsten").set_index("maand").groupby(CEL)["aankomsten"]
    bekend = dict(list(per_cel))
    return {cel: _laatste_reeks(bekend.get(cel, _LEEG)) for cel in w.cellen}


def _belasting(w: Waarneming) -> dict[tuple, pd.Series]:
    """Per region, cluster and kind of place the load of the last unbroken run of delivered months; beds are not late as claims are."""
    geleverd = w.behoefte[w.behoefte["geleverd"]].dropna(subset="belasting")
    bekend = dict(list(geleverd.set_index("maand").groupby(PLAATS)["belasting"]))
    return {plaats: _laatste_reeks(bekend.get(plaats, _LEEG)) for plaats in w.plaatsen}


def _laatste_reeks(reeks: pd.Series) -> pd.Series:
    """The months since the last one that is missing."""
    if not len(reeks):
        return reeks
    nummer = reeks.index.year * 12 + reeks.index.month
    gat = np.flatnonzero(np.diff(nummer, prepend=nummer[0]) > 1).max(initial=0)
    return reeks.iloc[gat:]


def _cel(maat: Maat, cel: tuple, reeks: pd.Series, tot: pd.Period, cellen: int) -> pd.DataFrame:
    """The rows of one cell, with or without figures."""
    a = aannames()
    toets, uit, reden = None, None, None
    if reeks.empty:
        reden = maat.geen_maand
    elif len(reeks) < a.vooruitblik_minimum_maanden:
        reden = TE_KORT
    elif reeks.sum() == 0:
        reden = maat.alles_nul
    else:
        waarden = reeks.to_numpy(float) / (reeks.index.days_in_month.to_numpy() if maat.per_dag else 1)
        toets = min((toets_model(waarden, model) for model in MODELLEN), key=lambda t: t.mae)
        if toets.mae > toets.mae_naief:
            reden = SLECHTER
        else:
            uit = voorspel(waarden, toets.model, a.vooruitblik_maanden)
    begin = reeks.index[-1] if len(reeks) else tot
    maanden = pd.period_range(begin + 1, periods=a.vooruitblik_maanden, freq="M")
    horizon = np.arange(1, a.vooruitblik_maanden + 1)
    binnen = horizon <= len(reeks) * a.vooruitblik_maanden_per_maand_historie
    tonen = binnen if uit else np.zeros(len(horizon), bool)
    dagen = maanden.days_in_month.to_numpy() if maat.per_dag else 1
    fout_per = DAGEN_PER_MAAND if maat.per_dag else 1
    cijfers = {naam: np.where(tonen, x * dagen, np.nan) for naam, x in uit._asdict().items()} if uit else {}
    regio, cluster, *soort = cel
    return pd.DataFrame({
        "maand": maanden.to_timestamp(),
        "iza_regio": regio,
        "cluster": cluster,
        "capaciteit_type": soort[0] if soort else None,
        "metriek": maat.metriek,
        "horizon_maanden": horizon,
        "laag": cijfers.get("laag", np.nan),
        "midden": cijfers.get("midden", np.nan),
        "hoog": cijfers.get("hoog", np.nan),
        "eenheid": maat.eenheid,
        "reden": [reden or (None if b else TE_VER) for b in binnen],
        "model": toets.model if toets else None,
        "mae_model": toets.mae * fout_per if toets else np.nan,
        "mae_naief": toets.mae_naief * fout_per if toets else np.nan,
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
    # of a series that follows its model to the digit rounding leaves a variance just below nought, whose root is no number
    marge = NormalDist().inv_cdf(0.5 + aannames().interval / 2) * np.sqrt(np.maximum(vooruit.var_pred_mean, 0))
    midden = vooruit.predicted_mean
    return Voorspelling(*(np.maximum(x, 0) for x in (midden, midden - marge, midden + marge)))


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
