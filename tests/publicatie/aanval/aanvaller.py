"""What somebody can work out who has the public tables, and has seen enough of such tables to know how they hang together.

Nothing of the product is used here: relations are looked for in tables of which everything is seen, and what follows from them in those
of which not everything is seen is computed with HiGHS.
"""

from itertools import product
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.optimize import linprog


class Kolom(NamedTuple):
    """A counted column of a public table, with the key of its rows."""

    tabel: str
    kolom: str
    sleutel: tuple[str, ...]


class Som(NamedTuple):
    """``deel`` adds up to ``geheel``, per value of ``samen``. In one table: over ``as_``, of which ``label`` is the total."""

    geheel: Kolom
    deel: Kolom
    samen: tuple[str, ...]
    as_: str | None = None
    label: str | None = None


def vind(tabellen: dict[str, pd.DataFrame], kolommen: list[Kolom]) -> list[Som]:
    """The sums that hold wherever they can be seen, in one table and from one table to another."""
    sommen = []
    for k in kolommen:
        for as_ in k.sleutel:
            for label in tabellen[k.tabel][as_].unique():
                samen = tuple(s for s in k.sleutel if s != as_)
                sommen.append(Som(k, k, samen, as_, label))
    for geheel, deel in product(kolommen, repeat=2):
        if geheel.tabel != deel.tabel and set(geheel.sleutel) < set(deel.sleutel):
            sommen.append(Som(geheel, deel, geheel.sleutel))
    return [som for som in sommen if _klopt(tabellen, som)]


def _klopt(tabellen: dict[str, pd.DataFrame], som: Som) -> bool:
    gezien = [(geheel, delen) for geheel, delen in _paren(tabellen, som) if len(delen)]
    waarden = [
        (tabellen[som.geheel.tabel][som.geheel.kolom].iloc[g], tabellen[som.deel.tabel][som.deel.kolom].iloc[d].sum())
        for g, d in gezien
    ]
    return len(waarden) > 3 and all(geheel == delen for geheel, delen in waarden) and any(g for g, _ in waarden)


def _paren(tabellen: dict[str, pd.DataFrame], som: Som) -> list[tuple[int, np.ndarray]]:
    """Row numbers: of each whole, and of its parts."""
    heel, deel = tabellen[som.geheel.tabel].reset_index(drop=True), tabellen[som.deel.tabel].reset_index(drop=True)
    if som.as_:
        heel, deel = heel[heel[som.as_] == som.label], deel[deel[som.as_] != som.label]
    per_groep = deel.groupby(list(som.samen)).indices if som.samen else {(): np.arange(len(deel))}
    nummers = deel.index.to_numpy()
    uit = []
    for plek, rij in heel.iterrows():
        groep = tuple(rij[s] for s in som.samen)
        delen = per_groep.get(groep if len(groep) != 1 else groep[0], per_groep.get(groep, np.array([], int)))
        uit.append((plek, nummers[delen]))
    return uit


def reken(
    tabellen: dict[str, pd.DataFrame], kolommen: list[Kolom], sommen: list[Som], minst: dict[str, int]
) -> dict[tuple[str, int, str], tuple[float, float]]:
    """The lowest and highest value of every empty cell (table, row, column). ``minst``: what an empty cell of a table is at least."""
    cellen = {
        (k.tabel, rij, k.kolom): n
        for n, (k, rij) in enumerate((k, rij) for k in kolommen for rij in range(len(tabellen[k.tabel])))
    }
    waarde = np.array([tabellen[t][k].iloc[r] for t, r, k in cellen], float)
    rijen = [
        (cellen[s.geheel.tabel, g, s.geheel.kolom], [cellen[s.deel.tabel, d, s.deel.kolom] for d in delen])
        for s in sommen
        for g, delen in _paren(tabellen, s)
        if len(delen)
    ]
    verband = sparse.lil_matrix((len(rijen), len(cellen)))
    for n, (geheel, delen) in enumerate(rijen):
        verband[n, geheel] = 1
        verband[n, delen] = -1
    leeg = np.isnan(waarde)
    rechts = -(verband.tocsr() @ np.where(leeg, 0, waarde))
    onbekend = np.flatnonzero(leeg)
    links = verband.tocsc()[:, onbekend]
    namen = list(cellen)
    grenzen = [(minst[namen[c][0]], None) for c in onbekend]
    uit = {}
    for plek, cel in enumerate(onbekend):
        doel = np.zeros(len(onbekend))
        doel[plek] = 1
        laag, hoog = (linprog(teken * doel, A_eq=links, b_eq=rechts, bounds=grenzen) for teken in (1, -1))
        assert laag.status == 0, laag.message
        uit[namen[cel]] = laag.fun, np.inf if hoog.status == 3 else -hoog.fun
    return uit
