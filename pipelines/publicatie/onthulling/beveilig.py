"""Chooses what is withheld: small counts first (primair), then as little else as makes them safe (secundair).

A cell that the audit of a reader finds too narrow must be able to move; whatever shown cell has to move along for that is a
candidate. The cheapest set of those is found by a linear programme, once more with cells that already move made cheaper, so
that one withheld cell serves many. Then the audit runs again, over the new cells too, until it finds nothing.
"""

from dataclasses import dataclass, field

import numpy as np
from scipy import sparse

from pipelines.publicatie.onthulling.lezer import (
    GETOOND,
    PRIMAIR,
    RUIMTE,
    SECUNDAIR,
    VENSTERS,
    Eis,
    Lezer,
    Speelruimte,
    los_op,
)
from pipelines.publicatie.onthulling.stelsel import Stelsel

RONDES = 12


@dataclass
class Uitkomst:
    """``status`` per cell (getoond, primair, secundair), the proved interval, and the cells that fail with who finds them out."""

    status: np.ndarray
    laag: np.ndarray
    hoog: np.ndarray
    lekken: list[tuple[int, str]] = field(default_factory=list)


def primair(stelsel: Stelsel, eis: Eis) -> np.ndarray:
    """Counts above 0 and below the threshold are withheld; a true 0 stays 0."""
    w = stelsel.waarde
    return np.where((w > 0) & (w < eis.drempel), PRIMAIR, GETOOND)


def beveilig(
    stelsel: Stelsel, eis: Eis, status: np.ndarray | None = None, vast: np.ndarray | None = None, regios: tuple = ()
) -> Uitkomst:
    """Withholds until every reader's audit is satisfied, or nothing more can be withheld.

    ``status``: what is withheld already (default: primair). ``vast``: cells that an earlier publication has shown or that carry
    no choice. ``regios``: tafels that read along with their own figures.
    """
    status = primair(stelsel, eis) if status is None else status.copy()
    vast = np.zeros(len(stelsel), bool) if vast is None else vast
    # withholding more only widens what a reader found before: each keeps its intervals from round to round
    lezers = [Lezer(stelsel, status, eis, r, m) for r in ("", *regios) for m in (False, True)]
    for _ in range(RONDES):
        voor = status.copy()
        for lezer in lezers:
            for venster in (*VENSTERS, None):
                te_nauw = lezer.verken(venster)
                for maand in np.unique(lezer.maand[te_nauw]):
                    status[_mee(lezer, te_nauw[lezer.maand[te_nauw] == maand], vast, venster)] = SECUNDAIR
        if (status == voor).all():
            break
    return audit(stelsel, status, eis, regios)


def audit(stelsel: Stelsel, status: np.ndarray, eis: Eis, regios: tuple = ()) -> Uitkomst:
    """What every reader can derive from a finished publication; ``lekken`` is empty when it may be put in place."""
    uitkomst = Uitkomst(status, np.full(len(stelsel), -np.inf), np.full(len(stelsel), np.inf))
    for regio in ("", *regios):
        for merken in (False, True):
            lezer = Lezer(stelsel, status, eis, regio, merken)
            uitkomst.lekken += [(int(cel), _naam(regio, merken)) for cel in lezer.audit()]
            if not regio and not merken:
                uitkomst.laag, uitkomst.hoog = lezer.laag, lezer.hoog
    return uitkomst


def _naam(regio: str, merken: bool) -> str:
    return (f"regiotafel {regio}" if regio else "openbaar") + (", met de merken" if merken else "")


def _mee(lezer: Lezer, doelen: np.ndarray, vast: np.ndarray, venster: int | None) -> np.ndarray:
    """The shown cells to withhold so that the targets can move: as cheap as possible."""
    dichtbij = np.ones(len(vast), bool) if venster is None else np.abs(lezer.maand - lezer.maand[doelen[0]]) <= venster
    keuze = (lezer.status == GETOOND) & ~vast & (lezer.waarde >= lezer.eis.drempel)
    vrij = np.flatnonzero(dichtbij & ~lezer.eigen & (keuze | (lezer.status != GETOOND)))
    kan = keuze[vrij]
    ruimte = Speelruimte(lezer, vrij)
    teken, grootte = lezer.wens(doelen)
    prijs = lezer.stelsel.cel["kosten"].to_numpy(float)[vrij[kan]]
    beweging = _goedkoopst(ruimte, np.searchsorted(vrij, doelen), teken, grootte, kan, prijs)
    beweging = _goedkoopst(
        ruimte, np.searchsorted(vrij, doelen), teken, grootte, kan, prijs / (0.1 + np.abs(beweging[kan]))
    )
    return vrij[kan][np.abs(beweging[kan]) > RUIMTE]


def _goedkoopst(ruimte: Speelruimte, doelen, teken, grootte, kan, prijs) -> np.ndarray:
    """min sum prijs * |change of a shown cell| + a high price for every unit that a target falls short."""
    n, m, k = len(kan), int(kan.sum()), len(doelen)
    vrije = np.flatnonzero(kan)
    kies = sparse.csr_matrix((np.ones(m), (np.arange(m), vrije)), shape=(m, n))
    doel = sparse.csr_matrix((-teken.astype(float), (np.arange(k), doelen)), shape=(k, n))
    een, leeg = sparse.identity, sparse.csr_matrix
    boven = sparse.bmat(
        [
            [ruimte.hoogstens if ruimte.hoogstens.shape[0] else leeg((0, n)), leeg((len(ruimte.rest), m)), leeg((len(ruimte.rest), k))],
            [kies, -een(m), None],
            [-kies, -een(m), None],
            [doel, None, -een(k)],
        ]
    )
    rest = np.r_[ruimte.rest, np.zeros(2 * m), -grootte]
    gelijk = sparse.hstack([ruimte.gelijk, leeg((ruimte.gelijk.shape[0], m + k))])
    grenzen = np.column_stack([np.r_[ruimte.laag, np.zeros(m + k)], np.r_[ruimte.hoog, np.full(m + k, np.inf)]])
    te_kort = 1e4 * max(prijs.max(initial=1.0), 1.0)
    return los_op(np.r_[np.zeros(n), prijs, np.full(k, te_kort)], boven, rest, gelijk, grenzen)[:n]
