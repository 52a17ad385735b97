"""Rounding instead of withholding: every count to a multiple of a base, totals consistent with their parts.

Controlled rounding: a count becomes the multiple just below or just above it (a multiple stays), chosen so that all relations of
the table hold for the rounded figures too. Where no such choice exists for a set of cells that hang together, the programme
may take a multiple further away, at a price.
"""

import logging

import numpy as np
import pandas as pd
from scipy import optimize, sparse

from pipelines.publicatie.onthulling.lezer import eilanden
from pipelines.publicatie.regels import Regels, Tabel
from pipelines.publicatie.tabellen import Cellen

logger = logging.getLogger("ggz.publicatie")


def rond(waarde: np.ndarray, gelijk, hoogstens, basis: int, seconden: float = 60) -> np.ndarray:
    """Multiples of ``basis`` nearest to ``waarde`` for which ``gelijk @ x = 0`` and ``hoogstens @ x <= 0``."""
    n = len(waarde)
    veelvoud = waarde / basis
    # minimise sum of e with e >= |k - veelvoud|, k whole
    een = sparse.identity(n)
    leeg = sparse.csr_matrix
    verband = sparse.vstack([gelijk, hoogstens]).tocsr()
    eisen = sparse.vstack(
        [
            sparse.hstack([verband, leeg((verband.shape[0], n))]),
            sparse.hstack([een, -een]),
            sparse.hstack([een, een]),
        ]
    ).tocsr()
    onder = np.r_[np.zeros(gelijk.shape[0]), np.full(hoogstens.shape[0], -np.inf), np.full(n, -np.inf), veelvoud]
    boven = np.r_[np.zeros(verband.shape[0]), veelvoud, np.full(n, np.inf)]
    uitkomst = optimize.milp(
        np.r_[np.zeros(n), np.ones(n)],
        integrality=np.r_[np.ones(n), np.zeros(n)],
        bounds=optimize.Bounds(0, np.r_[np.where(waarde == 0, 0, np.inf), np.full(n, np.inf)]),
        constraints=optimize.LinearConstraint(eisen, onder, boven),
        options={"time_limit": seconden, "mip_rel_gap": 0.01},
    )
    if uitkomst.x is None:
        raise RuntimeError(f"afronden lukt niet: {uitkomst.message}")
    return np.rint(uitkomst.x[:n]) * basis


def rond_af(tabel: Tabel, waar: pd.DataFrame, totaal: pd.DataFrame | None, regels: Regels, basis: int):
    """The public table and totals with rounded counts; derived columns are left out, they would give the counts away."""
    geheel = waar if totaal is None else pd.concat([waar, totaal], ignore_index=True)
    cellen = Cellen(tabel, geheel, regels)
    stelsel = cellen.stelsel()
    afgerond = stelsel.waarde.copy()
    groep = eilanden(stelsel, np.arange(len(stelsel)))
    for eiland in np.split(np.argsort(groep, kind="stable"), np.cumsum(np.bincount(groep))[:-1]):
        deel = np.sort(eiland)
        gelijk, hoogstens = stelsel.gelijk[:, deel].tocsr(), stelsel.hoogstens[:, deel].tocsr()
        afgerond[deel] = rond(
            stelsel.waarde[deel], gelijk[np.diff(gelijk.indptr) > 0], hoogstens[np.diff(hoogstens.indptr) > 0], basis
        )
    uit = geheel[
        [*tabel.sleutel, *(k.naam for k in tabel.kolommen), *(["regios_geleverd"] if totaal is not None else [])]
    ].copy()
    waarden = np.full(cellen.nummer.shape, np.nan)
    waarden[cellen.rij, cellen.kolom] = afgerond
    uit[cellen.tellingen] = waarden
    uit[tabel.van_soort("afgeleid")] = np.nan
    uit["onderdrukt"], uit["onderdrukte_kolommen"] = None, None
    verslag = {
        "cellen": len(stelsel),
        "afgerond_op": basis,
        "grootste_afwijking": float(np.abs(afgerond - stelsel.waarde).max(initial=0)),
    }
    n = len(waar)
    return (
        uit.iloc[:n],
        None
        if totaal is None
        else uit.iloc[n:]
        .reset_index(drop=True)
        .reindex(columns=[*totaal.columns, "onderdrukt", "onderdrukte_kolommen"]),
        verslag,
    )
