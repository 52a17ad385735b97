"""The model of a cell (iza_regio x cluster): its parameters estimated from the marts, and the cell played forward.

Belongs here: from observation to ``simulatie.Proces``. Does not belong here: what a scenario changes (``scenario``),
how well the model fits (``kalibratie``). docs/scenarios.md explains the formulas in words.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import ndtr

from pipelines.analyse.aannames import aannames
from pipelines.analyse.simulatie import Proces, Verloop, simuleer
from pipelines.analyse.waarneming import CEL, Waarneming

GEEN_BEDDEN, GEEN_WACHTLIJST = "geen_bedden", "geen_wachtlijst"
GEEN_PLAATSEN, GEEN_OPNAMES = "geen_plaatsen", "geen_opnames"
GEEN_DEFINITIEVE_MAAND, GEEN_DUUR = "geen_definitieve_maand", "geen_duur"


@dataclass(frozen=True)
class Plan:
    """What is given from outside, per (maand, cel): factors on the estimate, and the number of places."""

    maanden: pd.PeriodIndex
    instroom: np.ndarray
    ligduur: np.ndarray
    zorgduur: np.ndarray
    plaatsen: np.ndarray

    def van(self, cellen: np.ndarray) -> "Plan":
        """The plan for some of its cells, chosen by number or by mask."""
        return Plan(self.maanden, *(x[:, cellen] for x in (self.instroom, self.ligduur, self.zorgduur, self.plaatsen)))


@dataclass(frozen=True)
class Uitkomst:
    """Per (maand, cel, herhaling): the queue, and the offered load of claims in erlang as spec 3.4 defines it."""

    verloop: Verloop
    belasting: np.ndarray


def venster(frame: pd.DataFrame, tot: pd.Period) -> pd.DataFrame:
    """The rows of the ``basis_maanden`` months up to and including ``tot``."""
    return frame[(frame["maand"] > tot - aannames().basis_maanden) & (frame["maand"] <= tot)]


def schat(w: Waarneming, tot: pd.Period) -> pd.DataFrame:
    """Parameters per cell from the window that ends with ``tot``; index (iza_regio, cluster).

    ``reden_wachtrij`` and ``reden_vraag`` are None where the queue and the demand can be estimated, else they say why
    not.
    """
    s = pd.concat([_plaatsen(w, tot), _lijst(w, tot), _vraag(w, tot)], axis=1).reindex(w.cellen)
    s["variatie2"] = (
        s.index.get_level_values("cluster").map(w.duurspreiding.set_index("cluster")["variatie2"]).fillna(1.0)
    )
    # people and a place can both be there without a start yet: by Little's law the shorter of the two rows, in days
    leeg = (s["plaatsen"] - s["bezetting"]).clip(lower=0)
    s["vulduur"] = _kleinste(s["wachtlijst"], leeg, s["wachtlijst"] + np.minimum(leeg, s["bezetting"])) / s["doorloop"]
    # the balance of the list: who joins is who starts, who gives up, and what the list grew by
    s["aankomst"] = (s["doorloop"] + s["uitval_per_dag"] + s["groei_per_dag"]).clip(lower=0)
    s["uitval"] = (s["uitval_per_dag"] / s["wachtlijst"].where(s["wachtlijst"] > 0)).fillna(0).clip(upper=1)
    # above 100% occupancy more people are cared for than there are places: the model may use that many
    s["benutting"] = np.maximum(s["bezetting"] / s["plaatsen"].where(s["plaatsen"] > 0), 1).fillna(1)
    minimum = aannames().basis_minimum_maanden
    s["reden_wachtrij"] = np.select(
        [~(s["maanden_bedden"] >= minimum), ~(s["maanden_lijst"] >= minimum), s["plaatsen"] == 0, ~(s["doorloop"] > 0)],
        [GEEN_BEDDEN, GEEN_WACHTLIJST, GEEN_PLAATSEN, GEEN_OPNAMES],
        None,
    )
    s["reden_vraag"] = np.select(
        [s["maanden_bedden"].isna(), s["vraag_tot"].isna(), s["duur"].isna()],
        [GEEN_BEDDEN, GEEN_DEFINITIEVE_MAAND, GEEN_DUUR],
        None,
    )
    return s


def _kleinste(a: pd.Series, b: pd.Series, variantie: pd.Series) -> pd.Series:
    """Mean of the lesser of two counts around ``a`` and ``b`` whose difference has ``variantie``.

    It lies below the lesser of the means, most so where these are near. Source: Clark (1961), Operations Research 9,
    145-162.
    """
    breedte = np.sqrt(variantie.clip(lower=1e-9))
    ver = (a - b) / breedte
    return (a * ndtr(-ver) + b * ndtr(ver) - breedte * np.exp(-(ver**2) / 2) / np.sqrt(2 * np.pi)).clip(lower=0)


def _plaatsen(w: Waarneming, tot: pd.Period) -> pd.DataFrame:
    v = venster(w.capaciteit, tot)
    v = v.assign(dagen=v["maand"].dt.days_in_month, bezet=v["bezette_dagen"] / v["maand"].dt.days_in_month)
    g = v.groupby(CEL)
    som, laatste = g[["dagen", "bezette_dagen", "uitgestelde_dagen", "opnames", "ontslagen"]].sum(), g.last()
    # admissions and discharges measure one flow twice; their mean is the steadier figure
    doorloop = (som["opnames"] + som["ontslagen"]) / 2 / som["dagen"]
    bezetting = som["bezette_dagen"] / som["dagen"]
    uitgesteld = som["uitgestelde_dagen"] / som["bezette_dagen"].where(som["bezette_dagen"] > 0)
    return pd.DataFrame({
        "maanden_bedden": g.size(),
        "plaatsen": g["plaatsen"].mean(),
        "plaatsen_nu": laatste["plaatsen"],
        "gesloten_nu": laatste["gesloten"],
        "bezetting": bezetting,
        "bezetting_nu": laatste["bezet"],
        "doorloop": doorloop,
        "gestart": doorloop * som["dagen"],
        "ligduur": (bezetting / doorloop.where(doorloop > 0)).clip(lower=1),
        "uitgesteld": uitgesteld.fillna(0).clip(upper=1),
    })  # fmt: skip


def _lijst(w: Waarneming, tot: pd.Period) -> pd.DataFrame:
    v = venster(w.wachtlijst, tot)
    v = v.assign(dagen=v["maand"].dt.days_in_month, dag=v["maand"].dt.end_time.dt.normalize())
    g = v.groupby(CEL)
    eerste, laatste = g.first(), g.last()
    tussen = (laatste["dag"] - eerste["dag"]).dt.days
    return pd.DataFrame({
        "maanden_lijst": g.size(),
        "wachtlijst": g["wachtplekken"].mean(),
        "wachtlijst_nu": laatste["wachtplekken"],
        "uitval_per_dag": g["uitval"].sum() / g["dagen"].sum(),
        "uitgevallen": g["uitval"].sum(),
        "groei_per_dag": (laatste["wachtplekken"] - eerste["wachtplekken"]) / tussen.where(tussen > 0),
    })  # fmt: skip


def _vraag(w: Waarneming, tot: pd.Period) -> pd.DataFrame:
    """Demand from claims: the newest definitief month up to ``tot``; its mart row covers a window."""
    definitief = w.definitief()
    definitief = definitief[definitief["maand"] <= tot]
    laatste = definitief.merge(w.vraag, on=["maand", *CEL]).drop_duplicates(CEL, keep="last").set_index(CEL)
    per_cluster = venster(definitief, tot).groupby("cluster")[["instroom", "aankomsten"]].sum()
    aandeel = (per_cluster["instroom"] / per_cluster["aankomsten"].where(per_cluster["aankomsten"] > 0)).reindex(
        w.cellen.get_level_values("cluster")
    )
    vraag = pd.DataFrame({
        "vraag_tot": laatste["maand"],
        "aankomst_zorg": laatste["aankomsten_per_dag"],
        "duur": laatste["gemiddelde_duur_dagen"],
    }).reindex(w.cellen)  # fmt: skip
    # without claims nothing tells outside arrivals from doorstroom: all count as instroom
    return vraag.assign(instroom_aandeel=aandeel.fillna(1).to_numpy())


def speel(s: pd.DataFrame, plan: Plan, herhalingen: int, seed: int, threads: int = 1) -> Uitkomst:
    """Plays all cells of ``s`` through the months of ``plan``.

    Each region has a random stream of its own (seed and region number): the outcome does not depend on threads or other
    regions.
    """
    regios = s.index.get_level_values("iza_regio").unique()

    def een_regio(regio: str) -> Uitkomst:
        rng = np.random.default_rng([seed, int(regio.removeprefix("ZK"))])
        waar = np.flatnonzero(s.index.get_level_values("iza_regio") == regio)
        return _speel_regio(s.iloc[waar], plan.van(waar), herhalingen, rng)

    with ThreadPoolExecutor(threads) as pool:
        delen = list(pool.map(een_regio, regios))
    verloop = {
        naam: np.concatenate([getattr(d.verloop, naam) for d in delen], axis=1) for naam in Verloop.__dataclass_fields__
    }
    return Uitkomst(Verloop(**verloop), np.concatenate([d.belasting for d in delen], axis=1))


def _speel_regio(s: pd.DataFrame, plan: Plan, herhalingen: int, rng: np.random.Generator) -> Uitkomst:
    def onzeker(schatting: np.ndarray, waarnemingen) -> np.ndarray:
        """The estimate with its own uncertainty: a mean of so many events, drawn once per repetition."""
        vorm = np.maximum(np.nan_to_num(waarnemingen), 1.0)[:, None]
        return schatting * rng.gamma(vorm, 1 / vorm, (len(vorm), herhalingen))

    dagen = plan.maanden.days_in_month.to_numpy()
    # a cell without a queue stays at nought, and costs nothing
    kan = s["reden_wachtrij"].isna().to_numpy()
    verloop = Verloop(*(np.zeros((len(dagen), len(s), herhalingen)) for _ in Verloop.__dataclass_fields__))
    if kan.any():
        gespeeld = simuleer(_proces(s[kan], plan.van(kan), onzeker), dagen, rng)
        for naam in Verloop.__dataclass_fields__:
            getattr(verloop, naam)[:, kan] = getattr(gespeeld, naam)
    return Uitkomst(verloop, _belasting(s, plan, dagen, onzeker, rng))


def _proces(s: pd.DataFrame, plan: Plan, onzeker) -> Proces:
    def kolom(naam: str) -> np.ndarray:
        return s[naam].to_numpy(float)[:, None]

    gestart, uitgevallen, variatie2 = (s[naam].to_numpy(float) for naam in ("gestart", "uitgevallen", "variatie2"))
    ligduur = onzeker(kolom("ligduur"), gestart / np.maximum(variatie2, 1))
    aankomst = onzeker(kolom("aankomst"), gestart + uitgevallen)
    plaatsen = np.rint(np.nan_to_num(plan.plaatsen) * s["benutting"].to_numpy()).astype(np.int64)
    return Proces(
        aankomst=aankomst * plan.instroom[:, :, None],
        ligduur=np.maximum(ligduur * plan.ligduur[:, :, None], 1.0),
        plaatsen=plaatsen[:, :, None],
        variatie2=variatie2[:, None],
        uitval=np.minimum(onzeker(kolom("uitval"), uitgevallen), 1.0),
        vulduur=kolom("vulduur"),
        bezetting=np.rint(kolom("bezetting_nu")).astype(np.int64),
        wachtlijst=np.rint(kolom("wachtlijst_nu")).astype(np.int64),
    )


def _belasting(s: pd.DataFrame, plan: Plan, dagen: np.ndarray, onzeker, rng: np.random.Generator) -> np.ndarray:
    """Load in the window of spec 3.4; the months of the window before the plan hold the estimate itself."""
    eerder = aannames().basis_maanden - 1
    per_dag, duur = (np.nan_to_num(s[k].to_numpy(float))[:, None] for k in ("aankomst_zorg", "duur"))
    dagen_eerder = pd.period_range(end=plan.maanden[0] - 1, periods=eerder, freq="M").days_in_month.to_numpy()
    geteld = per_dag[:, 0] * (dagen_eerder.sum() + dagen[0])
    verwacht = onzeker(per_dag, geteld)[None] * plan.instroom[:, :, None] * dagen[:, None, None]
    historie = np.broadcast_to(per_dag * dagen_eerder[:, None, None], (eerder, *verwacht.shape[1:]))
    aankomsten = np.concatenate([historie, rng.poisson(verwacht)])
    factor = np.concatenate([np.ones((eerder, len(s))), plan.zorgduur])[:, :, None]
    duur = onzeker(duur, geteld / np.maximum(s["variatie2"].to_numpy(float), 1))
    belasting = _schuivend(aankomsten, eerder + 1) / _schuivend(
        np.concatenate([dagen_eerder, dagen])[:, None, None], eerder + 1
    )
    belasting = belasting * duur * _schuivend(factor, eerder + 1) / (eerder + 1)
    belasting[:, s["reden_vraag"].notna().to_numpy()] = np.nan
    return belasting


def _schuivend(x: np.ndarray, breedte: int) -> np.ndarray:
    """Moving sum along the first axis, over full windows only."""
    totaal = np.concatenate([np.zeros((1, *x.shape[1:])), np.cumsum(x, axis=0)])
    return totaal[breedte:] - totaal[:-breedte]
