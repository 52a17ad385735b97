"""Chooses what is withheld: small counts first (primair), then as little else as makes them safe (secundair).

A cell that the audit of a reader finds too narrow must be able to move; whatever shown cell has to move along for that is a
candidate. The cheapest set of those is found by a linear programme, once more with cells that already move made cheaper, so
that one withheld cell serves many. Then the audit runs again, over the new cells too, until it finds nothing.
"""

from dataclasses import dataclass, field, replace
from typing import NamedTuple

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
    blokken,
    los_op,
    lp,
    tussen,
    zonder_lege,
)
from pipelines.publicatie.onthulling.stelsel import Stelsel

RONDES = 12
LOTINGEN = 2
"""Times that the tafels are divided anew: what one division cannot prove, another one may."""
OPENBAAR = "openbaar"


class Lek(NamedTuple):
    """A withheld cell that a reader (`openbaar` or the tafel of a region) pins down between ``laag`` and ``hoog``."""

    cel: int
    wie: str
    laag: float
    hoog: float


@dataclass
class Uitkomst:
    """``status`` per cell (getoond, primair, secundair), the proved interval, and the cells that fail with who finds them out.

    ``krap``: small counts that somebody who knew which cells are primair could pin down between 1 and the threshold. No choice
    of cells can always prevent that (nine regions of 1 with a total of 9), so it does not fail a publication; instead the
    public version does not say which cell of a row is the primary one.
    """

    status: np.ndarray
    laag: np.ndarray
    hoog: np.ndarray
    lekken: list[Lek] = field(default_factory=list)
    krap: list[int] = field(default_factory=list)


def primair(stelsel: Stelsel, eis: Eis) -> np.ndarray:
    """Counts above 0 and below the threshold are withheld; a true 0 stays 0."""
    w = stelsel.waarde
    return np.where((w > 0) & (w < eis.drempel), PRIMAIR, GETOOND)


def beveilig(
    stelsel: Stelsel, eis: Eis, status: np.ndarray | None = None, vast: np.ndarray | None = None, tafels: tuple = ()
) -> Uitkomst:
    """Withholds until every reader's audit is satisfied, or nothing more can be withheld.

    ``status``: what is withheld already (default: primair). ``vast``: cells that an earlier publication has shown or that carry
    no choice. ``tafels``: regions whose tafel reads along with its own figures.
    """
    status = primair(stelsel, eis) if status is None else status.copy()
    vast = np.zeros(len(stelsel), bool) if vast is None else vast
    # withholding more only widens what a reader found before: each keeps its intervals from round to round
    kenner = Lezer(stelsel, status, eis, merken=True)
    _sluit(kenner, vast, VENSTERS[0])
    _sluit_alles(Lezer(stelsel, status, eis), vast)
    lezers = Lezers(stelsel, status, eis, tafels)
    for _ in range(RONDES):
        voor, lekken = status.copy(), lezers.lekken()
        for wie in dict.fromkeys(lek.wie for lek in lekken):
            _sluit_alles(lezers.van[wie], vast)
        if (status == voor).all():
            break
    return _toon_wat_bekend_is(lezers.uitkomst(lekken))


def _toon_wat_bekend_is(uitkomst: Uitkomst) -> Uitkomst:
    """A secondary cell that every reader can work out to the last unit, from earlier publications, hides nothing: it is shown.

    It follows from what is shown, so showing it narrows no other interval.
    """
    bekend = {
        lek.cel
        for lek in uitkomst.lekken
        if lek.wie == OPENBAAR and uitkomst.status[lek.cel] == SECUNDAIR and lek.hoog - lek.laag < RUIMTE
    }
    status = uitkomst.status.copy()
    status[sorted(bekend)] = GETOOND
    return replace(uitkomst, status=status, lekken=[lek for lek in uitkomst.lekken if lek.cel not in bekend])


def audit(stelsel: Stelsel, status: np.ndarray, eis: Eis, tafels: tuple = ()) -> Uitkomst:
    """What every reader can derive from a finished publication; ``lekken`` is empty when it may be put in place."""
    lezers = Lezers(stelsel, status, eis, tafels)
    return lezers.uitkomst(lezers.lekken())


class Lezers:
    """Everybody whom a publication must hold against: who reads the public version, and the tafel of every region.

    A tafel knows its own cells. To prove a cell for thirty tafels one by one is slow, so halves come first: what holds for
    somebody who knows half of the regions holds for each tafel in it, and for who reads the public version. Every two regions are in
    different halves once or more.
    """

    def __init__(self, stelsel: Stelsel, status: np.ndarray, eis: Eis, tafels: tuple = ()):
        self.stelsel, self.status, self.eis = stelsel, status, eis
        self.van = {OPENBAAR: Lezer(stelsel, status, eis)} | {t: Lezer(stelsel, status, eis, (t,)) for t in tafels}
        loting = np.random.default_rng(len(tafels))
        self.helften = [
            half
            for volgorde in (tafels, *(loting.permutation(tafels) for _ in range(LOTINGEN)))
            for bit in range((len(tafels) - 1).bit_length())
            for kant in (0, 1)
            if (half := [str(t) for i, t in enumerate(volgorde) if i >> bit & 1 == kant])
        ]

    def lekken(self) -> list[Lek]:
        """The cells that somebody can derive, and who."""
        for half in self.helften:
            gevraagd = np.any([self.van[tafel].te_bewijzen for tafel in half], axis=0)
            if not gevraagd.any():
                continue
            lezer = Lezer(self.stelsel, self.status, self.eis, half)
            lezer.gevraagd = gevraagd
            lezer.verken(None)
            for wie in (OPENBAAR, *half):
                self.van[wie].neem_over(lezer)
        return [
            Lek(int(cel), wie, float(lezer.laag[cel]), float(lezer.hoog[cel]))
            for wie, lezer in self.van.items()
            for cel in lezer.audit()
        ]

    def uitkomst(self, lekken: list[Lek]) -> Uitkomst:
        openbaar = self.van[OPENBAAR]
        krap = Lezer(self.stelsel, self.status, self.eis, merken=True).verken(VENSTERS[0])
        return Uitkomst(self.status, openbaar.laag, openbaar.hoog, lekken, [int(cel) for cel in krap])


def _sluit_alles(lezer: Lezer, vast: np.ndarray) -> None:
    """Withholds until this reader's proof finds nothing, or nothing more can be withheld."""
    for _ in range(RONDES):
        voor = lezer.status.copy()
        for venster in (*VENSTERS, 6, None):
            _sluit(lezer, vast, venster)
        if (lezer.status == voor).all():
            _sluit_een_voor_een(lezer, vast)
        if (lezer.status == voor).all():
            break


def _sluit_een_voor_een(lezer: Lezer, vast: np.ndarray) -> None:
    """Targets can stand in each other's way: what one wins, another loses. Alone each gets the room that there is."""
    for doel in lezer.verken(VENSTERS[-1]):
        for omhoog in (True, False):
            if lezer.te_bewijzen[doel]:
                maand = lezer.maand[doel]
                dichtbij = tussen(lezer.maand, maand - VENSTERS[-1], maand + VENSTERS[-1])
                lezer.status[_mee(lezer, np.array([doel]), vast, dichtbij, omhoog)] = SECUNDAIR
                lezer.verken(VENSTERS[0])


def _sluit(lezer: Lezer, vast: np.ndarray, venster: int | None) -> None:
    """Withholds, month by month, what the targets need that this reader finds too narrow."""
    te_nauw = lezer.verken(venster)
    for eerste, laatste in blokken(lezer.maand[te_nauw], lezer.maand[lezer.waarde > 0]):
        doelen = te_nauw[tussen(lezer.maand[te_nauw], eerste, laatste)]
        dichtbij = venster is None or tussen(lezer.maand, eerste - venster, laatste + venster)
        lezer.status[_mee(lezer, doelen, vast, dichtbij)] = SECUNDAIR


def _mee(
    lezer: Lezer, doelen: np.ndarray, vast: np.ndarray, dichtbij: np.ndarray | bool, omhoog: bool = True
) -> np.ndarray:
    """The shown cells to withhold so that the targets can move: as cheap as possible."""
    keuze = (lezer.status == GETOOND) & ~vast & (lezer.waarde >= lezer.eis.drempel)
    vrij = np.flatnonzero(dichtbij & ~lezer.eigen & (keuze | (lezer.status != GETOOND)))
    kan = keuze[vrij]
    prijs = lezer.stelsel.cel["kosten"].to_numpy(float)[vrij[kan]]
    keus = Keus(lezer, vrij, np.searchsorted(vrij, doelen), kan, prijs, omhoog)
    eerst = keus.goedkoopst(prijs)
    dan = keus.goedkoopst(prijs / (0.1 + np.abs(eerst)))
    return vrij[kan][np.abs(dan) > RUIMTE]


class Keus:
    """min sum prijs * |change of a shown cell| + a high price for every unit that a target falls short of its wish.

    Unknowns: the change of every cell, the size of the change of every shown cell, the shortfall of every target.
    """

    def __init__(
        self, lezer: Lezer, vrij: np.ndarray, doelen: np.ndarray, kan: np.ndarray, prijs: np.ndarray, omhoog: bool
    ):
        n, m, k = len(vrij), int(kan.sum()), len(doelen)
        teken, grootte = lezer.wens(vrij[doelen], omhoog)
        laag, hoog = lezer.grenzen(vrij)
        gelijk, _ = zonder_lege(lezer.stelsel.gelijk[:, vrij])
        hoogstens, rijen = zonder_lege(lezer.stelsel.hoogstens[:, vrij])
        rest = -(lezer.stelsel.hoogstens.tocsr()[rijen] @ lezer.waarde)
        kies = sparse.csr_matrix((np.ones(m), (np.arange(m), np.flatnonzero(kan))), shape=(m, n))
        doel = sparse.csr_matrix((teken.astype(float), (np.arange(k), doelen)), shape=(k, n))
        een, leeg = sparse.identity, sparse.csr_matrix
        verband = sparse.bmat(
            [
                [
                    sparse.vstack([gelijk, hoogstens]),
                    leeg((gelijk.shape[0] + len(rest), m)),
                    leeg((gelijk.shape[0] + len(rest), k)),
                ],
                [kies, -een(m), None],
                [kies, een(m), None],
                [doel, None, een(k)],
            ]
        )
        oneindig = np.inf
        onder = np.r_[np.zeros(gelijk.shape[0]), np.full(len(rest) + m, -oneindig), np.zeros(m), grootte]
        boven = np.r_[np.zeros(gelijk.shape[0]), rest, np.zeros(m), np.full(m + k, oneindig)]
        tekort = np.full(k, 1e4 * prijs.max(initial=1.0))
        self.model = lp(
            np.r_[np.zeros(n), prijs, tekort],
            np.r_[laag, np.zeros(m + k)],
            np.r_[hoog, np.full(m + k, oneindig)],
            verband, onder, boven,
        )  # fmt: skip
        self.van, self.kan = n, kan

    def goedkoopst(self, prijs: np.ndarray) -> np.ndarray:
        """The change of every shown cell at these prices."""
        plaats = np.arange(self.van, self.van + len(prijs), dtype=np.int32)
        self.model.changeColsCost(len(prijs), plaats, prijs.astype(float))
        return los_op(self.model)[: self.van][self.kan]
