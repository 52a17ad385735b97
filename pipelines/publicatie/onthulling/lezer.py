"""What a reader can derive about a withheld cell: linear bounds over everything that is shown.

The unknowns are the withheld cells; shown cells are constants. An interval found here is proved from both sides: every figure
inside it occurs in a table that agrees with all that is shown, so it is never wider than what a reader computes. Cells are
widened many at a time (one linear programme moves a whole month), and only a cell that stays too narrow gets two programmes of
its own, which give its exact interval.
"""

from collections.abc import Collection
from dataclasses import dataclass

import highspy
import numpy as np
import pandas as pd
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from pipelines.publicatie.onthulling.stelsel import Stelsel

GETOOND, PRIMAIR, SECUNDAIR = 0, 1, 2
RUIMTE = 1e-6
VENSTERS = (0, 2)
"""Months beside its own that may move along in a first proof. A narrow window is quick and never proves too much."""
BLOK = 500
"""Cells that may move in one programme, when there are months enough."""
VERGEEFS = 3
"""Draws in a row that may prove nothing before the rest is looked at one by one."""


@dataclass(frozen=True)
class Eis:
    """What protection asks (spec 5.3). Unit: the counted thing (persons, episodes, wachtplekken, prestaties, days).

    ``drempel``: smallest count that is shown. ``spanwijdte``: an interval this wide is always enough. ``speling_bij_merk``: the
    mark `primair` itself says 1 .. drempel - 1; between those bounds a withheld small count must keep at least this much play.
    """

    drempel: int = 10
    spanwijdte: int = 10
    speling_bij_merk: int = 3


class Lezer:
    """Somebody who knows all shown cells, all cells of the regions ``kent``, and that a withheld count is not 0.

    With ``merken`` the reader also uses that `primair` means 1 .. drempel - 1 and `secundair` means drempel or more.
    """

    def __init__(
        self, stelsel: Stelsel, status: np.ndarray, eis: Eis, kent: Collection[str] = (), merken: bool = False
    ):
        self.stelsel, self.status, self.eis, self.merken = stelsel, status, eis, merken
        self.waarde = stelsel.waarde
        self.maand = stelsel.cel["maand"].to_numpy()
        self.eigen = stelsel.cel["regio"].isin(list(kent)).to_numpy()
        # to a tafel a total of the country is no secret by itself: what is in it beside its own is cells of others
        self.van_anderen = ~self.eigen & ((stelsel.cel["regio"] != "").to_numpy() | (len(kent) == 0))
        self.gevraagd = np.ones(len(stelsel), bool)
        self.laag, self.hoog = self.waarde.copy(), self.waarde.copy()

    @property
    def doelen(self) -> np.ndarray:
        """Cells whose interval counts for this reader."""
        onbekend = (self.status != GETOOND) & self.van_anderen & self.gevraagd
        return onbekend & (self.status == PRIMAIR) if self.merken else onbekend

    def voldoet(self) -> np.ndarray:
        """Per cell: is the interval found so far wide enough?"""
        breed = self.hoog - self.laag
        if self.merken:
            return breed >= self.eis.speling_bij_merk - RUIMTE
        om_de_drempel = (self.laag <= self.eis.drempel - 1 + RUIMTE) & (self.hoog >= self.eis.drempel - RUIMTE)
        return om_de_drempel | (breed >= self.eis.spanwijdte - RUIMTE)

    def grenzen(self, cellen: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Lowest and highest change of each cell that the reader has no other reason to rule out."""
        w = self.waarde[cellen]
        # a true 0 is always shown
        laag, hoog = 1 - w, np.full(len(w), np.inf)
        if self.merken:
            klein = self.status[cellen] == PRIMAIR
            laag = np.where(klein, 1, self.eis.drempel) - w
            hoog = np.where(klein, self.eis.drempel - 1 - w, np.inf)
        return laag, hoog

    def wens(self, cellen: np.ndarray, omhoog: np.ndarray | bool = True) -> tuple[np.ndarray, np.ndarray]:
        """Per cell the change that would prove it: sign and size. A small count has one good direction, the others either."""
        w, eis = self.waarde[cellen], self.eis
        if self.merken:
            omhoog = w + eis.speling_bij_merk <= eis.drempel - 1
            return np.where(omhoog, 1, -1), np.full(len(w), float(eis.speling_bij_merk))
        klein = w < eis.drempel
        teken = np.where(klein | omhoog, 1, -1)
        omlaag = np.minimum(w - eis.drempel + 1, eis.spanwijdte)
        return teken, np.where(klein, eis.drempel - w, np.where(teken > 0, float(eis.spanwijdte), omlaag))

    def audit(self) -> np.ndarray:
        """Widens ``laag`` and ``hoog`` until every target is proved or known to fail; the numbers of those that fail."""
        self.verken(None)
        if self.te_bewijzen.any():
            self._exact(self.vrij)
        return np.flatnonzero(self.te_bewijzen)

    def verken(self, tot_venster: int | None) -> np.ndarray:
        """The quick part of the audit: the numbers of the targets that it could not prove (they need not fail)."""
        if not self.te_bewijzen.any():
            return np.array([], int)
        vrij = self.vrij[~vastgezet(self.stelsel, self.vrij)]
        kan = np.zeros(len(self.stelsel), bool)
        kan[vrij] = True
        eiland = np.full(len(self.stelsel), -1)
        eiland[vrij] = eilanden(self.stelsel, vrij)
        maanden = pd.Series(self.maand[vrij]).groupby(eiland[vrij]).agg(["min", "max"])
        lengte = np.r_[(maanden["max"] - maanden["min"]).to_numpy(), 0][eiland]
        gedekt = -1
        for venster in VENSTERS if tot_venster is None else [v for v in VENSTERS if v <= tot_venster]:
            for eerste, laatste in blokken(self.maand[self.te_bewijzen & kan & (lengte > gedekt)], self.maand[vrij]):
                doelen = np.flatnonzero(
                    self.te_bewijzen & kan & (lengte > gedekt) & tussen(self.maand, eerste, laatste)
                )
                dichtbij = tussen(self.maand[vrij], eerste - venster, laatste + venster)
                self._verbreed(vrij[dichtbij & np.isin(eiland[vrij], eiland[doelen])], doelen)
            gedekt = venster
        if tot_venster is None:
            doelen = np.flatnonzero(self.te_bewijzen & kan & (lengte > gedekt))
            self._verbreed(vrij[np.isin(eiland[vrij], eiland[doelen])], doelen)
        return np.flatnonzero(self.te_bewijzen)

    @property
    def vrij(self) -> np.ndarray:
        """Numbers of the cells that this reader does not know."""
        return np.flatnonzero((self.status != GETOOND) & ~self.eigen)

    @property
    def te_bewijzen(self) -> np.ndarray:
        return self.doelen & ~self.voldoet()

    def _verbreed(self, vrij: np.ndarray, doelen: np.ndarray) -> None:
        """Moves many targets at a time. Half of them by lot, so that the others can make room; until a draw proves nothing."""
        ruimte, loting, vergeefs = None, np.random.default_rng(len(vrij)), 0
        while vergeefs < VERGEEFS:
            te_doen = doelen[~self.voldoet()[doelen]]
            if not len(te_doen):
                return
            ruimte = ruimte or Speelruimte(self, vrij, np.searchsorted(vrij, te_doen), float(self.eis.spanwijdte))
            kop = loting.random(len(te_doen)) < 0.5
            teken, _ = self.wens(te_doen, kop)
            # a small count has no use for moving down: it is left free instead
            mee = kop | (teken < 0) if len(te_doen) > 1 else np.array([True])
            self.neem_op(vrij, ruimte.beweeg(np.searchsorted(vrij, te_doen[mee]), teken[mee]))
            vergeefs = 0 if self.voldoet()[te_doen].any() else vergeefs + 1

    def _exact(self, vrij: np.ndarray) -> None:
        """Both ends of what is left, one target of every island at a time: islands do not hinder each other."""
        vrij = vrij[~vastgezet(self.stelsel, vrij)]
        eiland = np.full(len(self.stelsel), -1)
        eiland[vrij] = eilanden(self.stelsel, vrij)
        rest = np.flatnonzero(self.te_bewijzen & (eiland >= 0))
        volgnummer = pd.Series(eiland[rest]).groupby(eiland[rest]).cumcount().to_numpy()
        for ronde in range(volgnummer.max(initial=-1) + 1):
            doelen = rest[(volgnummer == ronde) & self.te_bewijzen[rest]]
            deel = vrij[np.isin(eiland[vrij], eiland[doelen])]
            if not len(doelen):
                continue
            plaats = np.searchsorted(deel, doelen)
            ruimte = Speelruimte(self, deel, plaats, 2.0 * self.eis.spanwijdte + self.eis.drempel)
            for teken in (1, -1):
                self.neem_op(deel, ruimte.beweeg(plaats, np.full(len(doelen), teken)))

    def neem_over(self, ander: "Lezer") -> None:
        """What somebody who knows more cannot rule out, this reader cannot either."""
        self.laag, self.hoog = np.minimum(self.laag, ander.laag), np.maximum(self.hoog, ander.hoog)

    def neem_op(self, vrij: np.ndarray, verandering: np.ndarray) -> None:
        """A table that the reader cannot rule out: every cell of it widens its interval."""
        x = self.waarde[vrij] + verandering
        self.laag[vrij] = np.minimum(self.laag[vrij], x)
        self.hoog[vrij] = np.maximum(self.hoog[vrij], x)


class Speelruimte:
    """All changes of the cells ``vrij`` that leave every shown cell and every relation as they are.

    One HiGHS model per room: only the costs change between questions, so each starts where the one before ended.
    """

    def __init__(self, lezer: Lezer, vrij: np.ndarray, doelen: np.ndarray, verste: np.ndarray | float):
        """``doelen`` (places in ``vrij``) need not move further than ``verste``."""
        stelsel = lezer.stelsel
        laag, hoog = lezer.grenzen(vrij)
        laag[doelen] = np.maximum(laag[doelen], -verste)
        hoog[doelen] = np.minimum(hoog[doelen], verste)
        gelijk, _ = zonder_lege(stelsel.gelijk[:, vrij])
        hoogstens, rijen = zonder_lege(stelsel.hoogstens[:, vrij])
        rest = -(stelsel.hoogstens.tocsr()[rijen] @ lezer.waarde)
        self.kosten = np.zeros(len(vrij))
        # primal simplex below: "nothing changes" is a solution to start from, and stays one when only the costs change
        self.model = lp(self.kosten, laag, hoog, sparse.vstack([gelijk, hoogstens]),
                        np.r_[np.zeros(gelijk.shape[0]), np.full(len(rest), -np.inf)], np.r_[np.zeros(gelijk.shape[0]), rest])  # fmt: skip
        self.model.setOptionValue("simplex_strategy", 4)

    def beweeg(self, doelen: np.ndarray, teken: np.ndarray) -> np.ndarray:
        """The change that moves the targets, together, as far as possible in their direction."""
        kosten = np.zeros(len(self.kosten))
        kosten[doelen] = -teken
        anders = np.flatnonzero(kosten != self.kosten).astype(np.int32)
        self.model.changeColsCost(len(anders), anders, kosten[anders])
        self.kosten = kosten
        return los_op(self.model)


def blokken(maanden: np.ndarray, alle: np.ndarray) -> list[tuple[int, int]]:
    """The months to look at, as (first, last): so many at a time that each programme is worth starting.

    ``maanden``: of the targets; ``alle``: of all cells that may move.
    """
    uit, ruimte = [], 0
    for maand in np.unique(maanden):
        cellen = int((alle == maand).sum())
        if uit and ruimte + cellen <= BLOK:
            uit[-1] = (uit[-1][0], int(maand))
            ruimte += cellen
        else:
            uit.append((int(maand), int(maand)))
            ruimte = cellen
    return uit


def tussen(maand: np.ndarray, eerste: int, laatste: int) -> np.ndarray:
    return (maand >= eerste) & (maand <= laatste)


def vastgezet(stelsel: Stelsel, vrij: np.ndarray) -> np.ndarray:
    """Per cell of ``vrij``: does an equality give it away because all its other cells are known, one after the other?"""
    verband = stelsel.gelijk[:, vrij].tocsr()
    bekend = np.zeros(len(vrij), bool)
    aanwezig = (verband != 0).astype(int)
    while True:
        alleen = np.flatnonzero(aanwezig @ (~bekend).astype(int) == 1)
        nieuw = (aanwezig[alleen].sum(axis=0).A1 > 0) & ~bekend if len(alleen) else np.zeros(0, bool)
        if not nieuw.any():
            return bekend
        bekend |= nieuw


def eilanden(stelsel: Stelsel, vrij: np.ndarray) -> np.ndarray:
    """Per cell of ``vrij`` the number of the set of unknowns that hang together through relations."""
    verband = sparse.vstack([zonder_lege(stelsel.gelijk[:, vrij])[0], zonder_lege(stelsel.hoogstens[:, vrij])[0]])
    return connected_components(abs(verband.T) @ abs(verband), directed=False)[1]


def lp(kosten, laag, hoog, verband, onder, boven) -> highspy.Highs:
    """The cheapest x between its bounds with ``onder <= verband @ x <= boven``, as a model of HiGHS."""
    verband = verband.tocsc()
    programma = highspy.HighsLp()
    programma.num_row_, programma.num_col_ = verband.shape
    programma.col_cost_, programma.col_lower_, programma.col_upper_ = kosten, laag, hoog
    programma.row_lower_, programma.row_upper_ = onder, boven
    programma.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    programma.a_matrix_.start_, programma.a_matrix_.index_ = verband.indptr, verband.indices
    programma.a_matrix_.value_ = verband.data
    model = highspy.Highs()
    model.setOptionValue("output_flag", False)
    model.setOptionValue("threads", 1)
    model.passModel(programma)
    return model


def los_op(model: highspy.Highs) -> np.ndarray:
    model.run()
    if model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        raise RuntimeError(f"HiGHS: {model.modelStatusToString(model.getModelStatus())}")
    return np.array(model.getSolution().col_value)


def zonder_lege(m: sparse.csr_matrix) -> tuple[sparse.csr_matrix, np.ndarray]:
    m = m.tocsr()
    rijen = np.flatnonzero(np.diff(m.indptr))
    return m[rijen], rijen
