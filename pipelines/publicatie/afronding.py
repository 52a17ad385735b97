"""Rounding instead of withholding: every count to a multiple of a base, totals consistent with their parts.

Controlled rounding: a count becomes the multiple just below or just above it (a multiple stays), chosen so that all relations of
the table hold for the rounded figures too. Month by month, because one programme over all months is not solved in any
reasonable time; what the month before left is where the next one starts. Where no such choice exists, cells of that month may
be one multiple further away, and so on.
"""

import highspy
import numpy as np
import pandas as pd
from scipy import sparse

from pipelines.publicatie.onthulling.lezer import lp, zonder_lege
from pipelines.publicatie.onthulling.stelsel import Stelsel
from pipelines.publicatie.regels import REGIOS, Regels, Tabel
from pipelines.publicatie.tabellen import Cellen

VERSTE = 6
"""Multiples beside the nearest two that a cell may be off before giving up."""
GAT = 0.1
"""The sum of all deviations may be this share above the smallest possible one."""
SECONDEN = 60.0
"""For one month and one distance; a month of the whole country takes one or two."""


class AfrondenLuktNiet(Exception):
    """No choice of multiples near the figures keeps their relations."""


def rond(stelsel: Stelsel, basis: int) -> np.ndarray:
    """Per cell a multiple of ``basis``, near its figure, for which all relations hold; a 0 stays 0."""
    maanden = stelsel.cel["maand"].to_numpy()
    afgerond = np.full(len(stelsel), np.nan)
    for maand in np.unique(maanden):
        deel = np.flatnonzero(maanden == maand)
        for ruimte in range(VERSTE + 1):
            gevonden = _rond_maand(stelsel, deel, afgerond, basis, ruimte)
            if gevonden is not None:
                afgerond[deel] = gevonden
                break
        else:
            raise AfrondenLuktNiet(f"{stelsel.cel['sleutel'][deel[0]]} en wat daarmee samenhangt")
    return afgerond


def _rond_maand(stelsel: Stelsel, deel: np.ndarray, bekend: np.ndarray, basis: int, ruimte: int) -> np.ndarray | None:
    """The cells ``deel`` rounded, given those rounded before (not NaN); None when that cannot be done within ``ruimte``."""
    veelvoud, n = stelsel.waarde[deel] / basis, len(deel)
    gelijk, rest_gelijk = _verband(stelsel.gelijk, deel, bekend / basis)
    hoogstens, rest_hoogstens = _verband(stelsel.hoogstens, deel, bekend / basis)
    een, leeg = sparse.identity(n), sparse.csr_matrix
    # k whole, and e at least |k - veelvoud|: minimise the sum of e
    verband = sparse.bmat(
        [
            [sparse.vstack([gelijk, hoogstens]), leeg((gelijk.shape[0] + hoogstens.shape[0], n))],
            [een, -een],
            [een, een],
        ]
    )
    oneindig = np.full(n, np.inf)
    model = lp(
        np.r_[np.zeros(n), np.ones(n)],
        np.r_[np.maximum(np.floor(veelvoud) - ruimte, 0), np.zeros(n)],
        np.r_[np.where(veelvoud == 0, 0, np.ceil(veelvoud) + ruimte), oneindig],
        verband,
        np.r_[rest_gelijk, np.full(hoogstens.shape[0], -np.inf), -oneindig, veelvoud],
        np.r_[rest_gelijk, rest_hoogstens, veelvoud, oneindig],
    )
    model.changeColsIntegrality(n, np.arange(n, dtype=np.int32), np.full(n, highspy.HighsVarType.kInteger))
    model.setOptionValue("mip_rel_gap", GAT)
    model.setOptionValue("time_limit", SECONDEN)
    model.run()
    if model.getInfo().primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return None
    return np.rint(np.array(model.getSolution().col_value)[:n]) * basis


def _verband(matrix: sparse.csc_matrix, deel: np.ndarray, bekend: np.ndarray) -> tuple[sparse.csr_matrix, np.ndarray]:
    """The relations of the cells ``deel`` whose other cells are all known, and what is left of each after those."""
    binnen, rijen = zonder_lege(matrix[:, deel])
    buiten = matrix.tocsr()[rijen].tolil()
    buiten[:, deel] = 0
    buiten = buiten.tocsr()
    buiten.eliminate_zeros()
    heel = np.asarray(abs(buiten) @ np.isnan(bekend).astype(float)).ravel() == 0
    return binnen[heel], -(buiten[heel] @ np.nan_to_num(bekend))


def rond_af(tabel: Tabel, waar: pd.DataFrame, totaal: pd.DataFrame | None, regels: Regels, basis: int):
    """The public table and totals with rounded counts; derived columns are left out, they would give the counts away."""
    geheel = waar if totaal is None else pd.concat([waar, totaal], ignore_index=True)
    cellen = Cellen(tabel, geheel, regels)
    stelsel = cellen.stelsel()
    afgerond = rond(stelsel, basis)
    uit = geheel[[*tabel.sleutel, *(k.naam for k in tabel.kolommen), *(REGIOS if totaal is not None else [])]].copy()
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
        uit.iloc[:n].drop(columns=[*REGIOS], errors="ignore"),
        None
        if totaal is None
        else uit.iloc[n:]
        .reset_index(drop=True)
        .reindex(columns=[*totaal.columns, "onderdrukt", "onderdrukte_kolommen"]),
        verslag,
    )
