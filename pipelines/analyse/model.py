"""The model of a cell (iza_regio x cluster x capaciteit_type): its parameters estimated from the marts, and the cell played forward.

Belongs here: from observation to ``simulatie.Proces``. Does not belong here: what a scenario changes (``scenario``),
how well the model fits (``kalibratie``). docs/scenarios.md explains the formulas in words.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import ndtr

from pipelines.analyse.aannames import aannames
from pipelines.analyse.plan import Plan
from pipelines.analyse.simulatie import Proces, Verloop, simuleer
from pipelines.analyse.waarneming import PLAATS, Waarneming

GEEN_BEDDEN, GEEN_WACHTLIJST = "geen_bedden", "geen_wachtlijst"
GEEN_PLAATSEN, GEEN_OPNAMES = "geen_plaatsen", "geen_opnames"


@dataclass(frozen=True)
class Uitkomst:
    """The queue per (maand, cel, herhaling), and per (cel, herhaling) how far the load may lie from its estimate (a factor)."""

    verloop: Verloop
    spreiding: np.ndarray


def venster(frame: pd.DataFrame, tot: pd.Period) -> pd.DataFrame:
    """The rows of the ``basis_maanden`` months up to and including ``tot``."""
    return frame[(frame["maand"] > tot - aannames().basis_maanden) & (frame["maand"] <= tot)]


def schat(w: Waarneming, tot: pd.Period) -> pd.DataFrame:
    """Parameters per cell from the window that ends with ``tot``; index (iza_regio, cluster, capaciteit_type).

    Load and need are those of ``benodigde_capaciteit`` in ``tot`` itself. ``reden_wachtrij`` and ``reden_vraag`` are None where
    the queue and the need are known, else they say why not.
    """
    s = pd.concat([_plaatsen(w, tot), _lijst(w, tot)], axis=1).reindex(w.plaatsen)
    behoefte = w.behoefte[w.behoefte["maand"] == tot].set_index(PLAATS)
    s = s.join(behoefte.drop(columns=["maand", "geleverd", "bezet", "benodigd"]))
    clusters = s.index.get_level_values("cluster")
    s["instroom_aandeel"] = clusters.map(_instroom_aandeel(w, tot)).astype(float).fillna(1)
    s["variatie2"] = clusters.map(w.duurspreiding.set_index("cluster")["variatie2"]).astype(float).fillna(1.0)
    # people and a place can both be there without a start yet: by Little's law the shorter of the two rows, in days
    leeg = (s["plaatsen"] - s["bezetting"]).clip(lower=0)
    s["vulduur"] = _kleinste(s["wachtlijst"], leeg, s["wachtlijst"] + np.minimum(leeg, s["bezetting"])) / s["doorloop"]
    # the balance of the list: who joins is who starts, who gives up, and what the list grew by
    s["aankomst"] = (s["doorloop"] + s["uitval_per_dag"] + s["groei_per_dag"]).clip(lower=0)
    s["uitval"] = _deel(s["uitval_per_dag"], s["wachtlijst"])
    s["aandeel_geweigerd"] = _deel(s["geweigerd_per_dag"], s["uitval_per_dag"])
    # above 100% occupancy more people are cared for than there are places: the model may use that many
    s["benutting"] = np.maximum(s["bezetting"] / s["plaatsen"].where(s["plaatsen"] > 0), 1).fillna(1)
    minimum = aannames().basis_minimum_maanden
    s["reden_wachtrij"] = np.select(
        [~(s["maanden_bedden"] >= minimum), ~(s["maanden_lijst"] >= minimum), s["plaatsen"] == 0, ~(s["doorloop"] > 0)],
        [GEEN_BEDDEN, GEEN_WACHTLIJST, GEEN_PLAATSEN, GEEN_OPNAMES],
        None,
    )
    s["reden_vraag"] = np.where(s["belasting"].isna(), GEEN_BEDDEN, None)
    return s


def _deel(teller: pd.Series, noemer: pd.Series) -> pd.Series:
    """A share between 0 and 1; 0 where there is nothing to take a share of."""
    return (teller / noemer.where(noemer > 0)).fillna(0).clip(upper=1)


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
    g = v.groupby(PLAATS)
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
        "aandeel_uitgesteld": uitgesteld.fillna(0).clip(upper=1),
    })  # fmt: skip


def _lijst(w: Waarneming, tot: pd.Period) -> pd.DataFrame:
    v = venster(w.wachtlijst, tot)
    v = v.assign(dagen=v["maand"].dt.days_in_month, dag=v["maand"].dt.end_time.dt.normalize())
    g = v.groupby(PLAATS)
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


def _instroom_aandeel(w: Waarneming, tot: pd.Period) -> pd.Series:
    """Per cluster the share of the arrivals that comes from outside, over the usable months of the window, all regions together.

    Only claims tell outside arrivals from doorstroom; without them all count as instroom.
    """
    som = venster(w.stroom[w.stroom["bruikbaar"]], tot).groupby("cluster")[["instroom", "aankomsten"]].sum()
    return som["instroom"] / som["aankomsten"].where(som["aankomsten"] > 0)


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
    return Uitkomst(Verloop(**verloop), np.concatenate([d.spreiding for d in delen]))


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
    return Uitkomst(verloop, _spreiding(s, herhalingen, rng))


def _proces(s: pd.DataFrame, plan: Plan, onzeker) -> Proces:
    def kolom(naam: str) -> np.ndarray:
        return s[naam].to_numpy(float)[:, None]

    gestart, uitgevallen, variatie2 = (s[naam].to_numpy(float) for naam in ("gestart", "uitgevallen", "variatie2"))
    ligduur = onzeker(kolom("ligduur"), gestart / np.maximum(variatie2, 1))
    korter = plan.duur * (1 + (plan.uitgesteld - 1) * s["aandeel_uitgesteld"].to_numpy())
    aankomst = onzeker(kolom("aankomst"), gestart + uitgevallen)
    # of who leaves the list without a start a share was refused
    blijft = 1 + (plan.geweigerd - 1) * s["aandeel_geweigerd"].to_numpy()
    plaatsen = np.nan_to_num(plaatsen_in_rij(s, plan)) * s["benutting"].to_numpy()
    return Proces(
        aankomst=aankomst * plan.instroom[:, :, None],
        ligduur=np.maximum(ligduur * korter[:, :, None], 1.0),
        plaatsen=np.rint(plaatsen).astype(np.int64)[:, :, None],
        variatie2=variatie2[:, None],
        uitval=np.minimum(onzeker(kolom("uitval"), uitgevallen) * blijft[:, :, None], 1.0),
        vulduur=kolom("vulduur"),
        bezetting=np.rint(kolom("bezetting_nu")).astype(np.int64),
        wachtlijst=np.rint(kolom("wachtlijst_nu")).astype(np.int64),
    )


def plaatsen_in_rij(s: pd.DataFrame, plan: Plan) -> np.ndarray:
    """Places that the queue is played with, per (maand, cel): those of the plan, and what its goal for the list asks. Of a place
    on top a part stands empty too, between one stay and the next."""
    leeg = (s["vulduur"] / s["ligduur"]).fillna(0).to_numpy(float)
    return plan.plaatsen + np.rint((plan.inhaal + plan.bijhoud) * (1 + leeg))


def _spreiding(s: pd.DataFrame, herhalingen: int, rng: np.random.Generator) -> np.ndarray:
    """A factor around 1 on the load: it was measured on so many admissions of such uneven stays, and the year to come is as uneven.

    Of n stays with squared variation c the days add up to their mean with a squared variation of (1 + c) / n; twice, for the year
    that was measured and the year to come.
    """
    opnames = np.maximum((s["opnames_per_dag"] * s["dagen"]).fillna(0).to_numpy(float), 1.0)
    vorm = (opnames / (2 * (1 + s["variatie2"].to_numpy(float))))[:, None]
    return rng.gamma(vorm, 1 / vorm, (len(s), herhalingen))
