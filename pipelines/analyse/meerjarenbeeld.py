"""One line per year: what was in use, needed and there, what is expected, and what was agreed (``marts.meerjarenbeeld``, spec 3.19).

Belongs here: bringing months to years, and need of an expected load. Does not belong here: the forecast (``vooruitblik``), reading
what was agreed (``afspraken``), and need of observed months (mart ``benodigde_capaciteit``).
"""

import numpy as np
import pandas as pd

from pipelines.analyse.behoefte import benodigd
from pipelines.analyse.vooruitblik import BELASTING
from pipelines.analyse.waarneming import LANDELIJK, PLAATS, Waarneming

JAREN_VOORUIT = 5
WAARGENOMEN, VERWACHT = "waargenomen", "verwacht"
_JAAR = [*PLAATS, "jaar"]
_SOMMEN = ["bezet", "belasting", "benodigd", "beschikbaar", "afgesproken", "verschil_afspraak", "tekort_bij_afspraak"]
_KOLOMMEN = [
    "jaar", *PLAATS, "soort", "maanden", "bezet", "belasting", "belasting_laag", "belasting_hoog", "benodigd", "beschikbaar",
    "afgesproken", "verschil_afspraak", "tekort_bij_afspraak", "maanden_onder_afspraak", "reden", "regios",
]  # fmt: skip


def reken(w: Waarneming, vooruit: pd.DataFrame, afspraken: pd.DataFrame) -> pd.DataFrame:
    """A row per jaar x iza_regio (and NL) x cluster x capaciteit_type: years with a delivered month, and the five after the last.

    ``vooruit`` is the outcome of ``vooruitblik``, ``afspraken`` that of ``afspraken.lees``. All figures in places.
    """
    alles = pd.concat([_waargenomen(w, afspraken), _verwacht(w, vooruit)], ignore_index=True)
    alles = _met_afspraken(alles, afspraken)
    alles = pd.concat([alles, _land(w, alles, vooruit)], ignore_index=True)
    return alles.reindex(columns=_KOLOMMEN).sort_values(
        ["iza_regio", "cluster", "capaciteit_type", "jaar"], ignore_index=True
    )


def _waargenomen(w: Waarneming, afspraken: pd.DataFrame) -> pd.DataFrame:
    """Means over the delivered months of a year, and which of them had fewer places than agreed."""
    geleverd = w.behoefte[w.behoefte["geleverd"]]
    maanden = geleverd.assign(jaar=geleverd["maand"].dt.year)
    maanden = _met_plaatsen(maanden, afspraken)
    maanden["onder"] = maanden["maand"].astype(str).where(maanden["beschikbaar"] < maanden["afgesproken"])
    per_jaar = maanden.groupby(_JAAR, as_index=False).agg(
        maanden=("maand", "nunique"),
        **{kolom: (kolom, "mean") for kolom in ("bezet", "belasting", "benodigd", "beschikbaar")},
        maanden_onder_afspraak=("onder", lambda onder: ", ".join(onder.dropna()) or None),
    )
    return per_jaar.assign(soort=WAARGENOMEN)


def _verwacht(w: Waarneming, vooruit: pd.DataFrame) -> pd.DataFrame:
    """The forecast of the load as a mean over the months of a year, and what it would need.

    The bounds are means of the bounds of the months: on the wide side, since months do not all err to one side.
    """
    jaren = pd.DataFrame({"jaar": range(w.tot.year + 1, w.tot.year + JAREN_VOORUIT + 1)})
    belasting = vooruit[(vooruit["metriek"] == BELASTING.metriek) & (vooruit["iza_regio"] != LANDELIJK)]
    per_jaar = jaren.merge(belasting[PLAATS].drop_duplicates(), how="cross").merge(
        _jaren(belasting), on=_JAAR, how="left"
    )
    per_jaar["benodigd"] = benodigd(
        per_jaar["belasting"].to_numpy(float), per_jaar["capaciteit_type"].to_numpy(), w.norm
    )
    return per_jaar.assign(soort=VERWACHT, maanden=per_jaar["maanden"].fillna(0).astype(int))


def _jaren(belasting: pd.DataFrame) -> pd.DataFrame:
    maanden = belasting.assign(jaar=pd.to_datetime(belasting["maand"]).dt.year)
    return maanden.groupby(_JAAR, as_index=False).agg(
        maanden=("midden", "count"),
        belasting=("midden", "mean"),
        belasting_laag=("laag", "mean"),
        belasting_hoog=("hoog", "mean"),
        reden=("reden", "first"),
        regios=("cellen", "max"),
    )


def _met_afspraken(jaren: pd.DataFrame, afspraken: pd.DataFrame) -> pd.DataFrame:
    jaren = _met_plaatsen(jaren, afspraken)
    return jaren.assign(
        verschil_afspraak=jaren["beschikbaar"] - jaren["afgesproken"],
        tekort_bij_afspraak=jaren["benodigd"] - jaren["afgesproken"],
        regios=1,
    )


def _met_plaatsen(frame: pd.DataFrame, afspraken: pd.DataFrame) -> pd.DataFrame:
    per_jaar = afspraken.set_index(_JAAR)["plaatsen"].astype(float).rename("afgesproken").reset_index()
    return frame.merge(per_jaar.astype({"jaar": int}), on=_JAAR, how="left")


def _land(w: Waarneming, regios: pd.DataFrame, vooruit: pd.DataFrame) -> pd.DataFrame:
    """The country: sums over the regions. The load that is expected is a forecast of its own; it needs as many places for each
    place in load as in the last year that was observed (the need of the country is the sum of that of its regions)."""
    groep = ["jaar", "cluster", "capaciteit_type", "soort"]
    som = regios.groupby(groep, as_index=False).agg(
        maanden=("maanden", "max"),
        regios=("belasting", "count"),
        **{k: (k, lambda x: x.sum(min_count=1)) for k in _SOMMEN},
    )
    verwacht = som[som["soort"] == VERWACHT].drop(columns=["maanden", "belasting", "benodigd", "regios"])
    som = som[som["soort"] == WAARGENOMEN]
    laatste = som.sort_values("jaar").drop_duplicates(groep[1:3], keep="last")
    laatste = laatste.assign(per_plaats=laatste["benodigd"] / laatste["belasting"])[[*groep[1:3], "per_plaats"]]
    belasting = vooruit[(vooruit["metriek"] == BELASTING.metriek) & (vooruit["iza_regio"] == LANDELIJK)]
    verwacht = verwacht.merge(_jaren(belasting), on=groep[:3], how="left").merge(laatste, on=groep[1:3], how="left")
    verwacht["benodigd"] = np.ceil(verwacht["belasting"] * verwacht["per_plaats"] - w.norm["ceil_marge"])
    verwacht[["maanden", "regios"]] = verwacht[["maanden", "regios"]].fillna(0).astype(int)
    return pd.concat([som, verwacht.drop(columns="per_plaats")], ignore_index=True).assign(iza_regio=LANDELIJK)
