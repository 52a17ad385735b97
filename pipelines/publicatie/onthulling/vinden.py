"""Relations that figures turn out to have: what any reader of tables could notice, without knowing what the columns mean.

Belongs here: numbers in, relations out. Does not belong here: which tables and columns there are, and what to do about what is
found (``pipelines.publicatie.verbanden``). A relation counts when it holds in more than ``AANDEEL`` of at least ``MINSTENS`` rows that
say something: rows of noughts fit everything.
"""

from typing import NamedTuple

import numpy as np

AANDEEL = 0.95
MINSTENS = 30
VERSCHILLEND = 10
"""Rows that say something must differ at least this much: the same line thirty times is one coincidence."""
LOTINGEN = 24
"""Draws of rows in which a sum may hold everywhere: of one that holds in 95% of the rows, nearly every time one or more do."""
EXTRA = 5
"""Rows in a draw beside as many as there are columns."""
BIJNA = 1e-6
RUIM = 0.005
"""Two figures are a fixed factor apart when they are so within this share: a year has 365 days or 366."""


class Som(NamedTuple):
    """``factoren`` (-1, 0, 1 per column) times the columns is nought in ``aandeel`` of the ``rijen`` that say something."""

    factoren: np.ndarray
    rijen: int
    aandeel: float


def sommen(x: np.ndarray) -> list[Som]:
    """Sums and differences of columns that are nought, as few columns in each as it takes; rows with NaN say nothing."""
    x = x[~np.isnan(x).any(axis=1)]
    x = x[(x != 0).any(axis=1)]
    mee = np.flatnonzero((x != x[:1]).any(axis=0)) if len(x) else np.array([], int)
    gezien: dict[bytes, Som | None] = {}
    for deel in _lotingen(x[:, mee]):
        for rij in _nulruimte(deel):
            factoren = np.zeros(x.shape[1])
            factoren[mee] = rij
            if (sleutel := factoren.tobytes()) not in gezien:
                gezien[sleutel] = _tel(x, factoren)
    gevonden = [s for s in gezien.values() if s]
    exact = [s for s in gevonden if s.aandeel == 1]
    return exact + [s for s in gevonden if s.aandeel < 1 and not any(_is_rest(x, s, e) for e in exact)]


def _lotingen(x: np.ndarray) -> list[np.ndarray]:
    """All rows, and draws of some: in a draw a relation may hold everywhere that has exceptions. Rich rows are drawn first."""
    n, aantal = len(x), x.shape[1] + EXTRA
    if n < max(aantal, MINSTENS) or x.shape[1] < 2:
        return []
    loting, gewicht = np.random.default_rng(n), (x != 0).sum(axis=1) ** 2.0
    gewicht /= gewicht.sum()
    aantal = min(aantal, int((gewicht > 0).sum()))
    return [x, *(x[loting.choice(n, aantal, replace=False, p=gewicht)] for _ in range(LOTINGEN))]


def _nulruimte(x: np.ndarray) -> list[np.ndarray]:
    """The combinations of columns that are nought in every row, reduced; those with factors -1 and 1 alone."""
    maat = np.abs(x).max(axis=0)
    vol = np.flatnonzero(maat > 0)
    if len(vol) < 2:
        return []
    _, s, v = np.linalg.svd(x[:, vol] / maat[vol], full_matrices=False)  # rows enough for all of v
    rang = int((s > s[0] * 1e-9).sum())
    uit = []
    for rij in _gereduceerd(v[rang:] / maat[vol]):
        factor = rij / np.abs(rij[np.abs(rij) > BIJNA * np.abs(rij).max()]).min()
        heel = np.round(factor)
        if np.allclose(factor, heel, atol=1e-4) and np.abs(heel).max() == 1 and np.abs(heel).sum() > 1:
            uit.append(np.zeros(x.shape[1]))
            uit[-1][vol] = heel * heel[np.flatnonzero(heel)[0]] + 0.0  # no -0
    return uit


def _gereduceerd(m: np.ndarray) -> np.ndarray:
    """The reduced row echelon form: relations with few columns each. The last columns are solved for first, the whole before its parts."""
    m = m / np.maximum(np.abs(m).max(axis=1, keepdims=True), 1e-300)
    rij = 0
    for kolom in range(m.shape[1]):
        if rij == len(m):
            break
        beste = rij + int(np.argmax(np.abs(m[rij:, kolom])))
        if abs(m[beste, kolom]) < 1e-7:
            continue
        m[[rij, beste]] = m[[beste, rij]]
        m[rij] /= m[rij, kolom]
        anderen = np.arange(len(m)) != rij
        m[anderen] -= np.outer(m[anderen, kolom], m[rij])
        rij += 1
    return m[:rij]


def klopt(x: np.ndarray, factoren: np.ndarray) -> np.ndarray:
    """Per row: is the sum nought, but for rounding?"""
    return np.abs(x @ factoren) <= BIJNA * (1 + np.abs(x) @ np.abs(factoren))


def zegt_iets(x: np.ndarray, factoren: np.ndarray) -> np.ndarray:
    """Per row: more in it than one term, or of two terms one: 5 and 0 are not the same."""
    mee = np.flatnonzero(factoren)
    return (x[:, mee] != 0).sum(axis=1) >= min(len(mee) - 1, 2)


def _tel(x: np.ndarray, factoren: np.ndarray) -> Som | None:
    """The relation with its share, or None where it is none. It must also hold where each of its terms is not nought."""
    gaat_op, mee = klopt(x, factoren), np.flatnonzero(factoren)
    rijen = zegt_iets(x, factoren)
    n = int(rijen.sum())
    if n < MINSTENS or gaat_op[rijen].mean() <= AANDEEL:
        return None
    if any(gaat_op[x[:, k] != 0].mean() <= AANDEEL for k in mee):
        return None
    if len(np.unique(x[rijen][:, mee] @ np.sqrt(2 + np.arange(len(mee))))) < VERSCHILLEND:
        return None
    return Som(factoren, n, float(gaat_op[rijen].mean()))


def _is_rest(x: np.ndarray, som: Som, heel: Som) -> bool:
    """Whether ``som`` is a relation that always holds with terms left out that are nearly always nought: a true 0 is shown, so that
    says nothing new."""
    for teken in (1, -1):
        verschil = np.flatnonzero(som.factoren - teken * heel.factoren)
        erbij = (x[:, verschil] != 0).any(axis=1)
        if erbij.mean() < 0.5 and (not erbij.any() or klopt(x[erbij], som.factoren).mean() <= AANDEEL):
            return True
    return False


def delen_van(x: np.ndarray) -> list[tuple[int, int, int]]:
    """Pairs of columns of which the first is never above the second, with the number of rows. Of two figures of another size that is chance:
    they must be equal, and not nought, often enough."""
    uit = []
    for a in range(x.shape[1]):
        for b in range(x.shape[1]):
            rijen = ~np.isnan(x[:, [a, b]]).any(axis=1) & (x[:, a] > 0)
            p, q = x[rijen, a], x[rijen, b]
            gelijk = p == q
            if a != b and len(p) >= MINSTENS and (p <= q).all() and not gelijk.all() and _raakt(p, gelijk):
                uit.append((a, b, len(p)))
    return uit


def _raakt(p: np.ndarray, gelijk: np.ndarray) -> bool:
    """Equality is seen often, and not in the smallest figures alone: one admission takes a day or more, but no more than chance says so."""
    return gelijk.sum() >= MINSTENS and len(np.unique(p[gelijk])) >= VERSCHILLEND / 2


def vaste_factor(s: np.ndarray, a: np.ndarray, b: np.ndarray, ruim: float = BIJNA) -> tuple[float, int, float] | None:
    """The factor with which ``s`` is ``a`` / ``b``, rows and share; None where it is no such thing."""
    rijen = (s > 0) & (a > 0) & (b > 0)
    if rijen.sum() < MINSTENS:
        return None
    s, v = s[rijen], a[rijen] / b[rijen]
    if len(np.unique(v)) < VERSCHILLEND:
        return None
    factor = float(np.median(s / v))
    aandeel = float((np.abs(s - factor * v) <= ruim * s).mean())
    return (factor, int(rijen.sum()), aandeel) if aandeel > AANDEEL else None


def gelijken(x: np.ndarray, y: np.ndarray) -> list[tuple[int, int, int, float]]:
    """Column of ``x``, column of ``y``, rows and share: where the two are the same figure."""
    uit = []
    for i in range(x.shape[1]):
        p = x[:, [i]]
        rijen = ~np.isnan(p) & ~np.isnan(y) & ((p != 0) | (y != 0))
        gelijk, aantal = ((p == y) & rijen).sum(axis=0), rijen.sum(axis=0)
        for j in np.flatnonzero((aantal >= MINSTENS) & (gelijk > AANDEEL * aantal)):
            if len(np.unique(y[rijen[:, j], j])) >= VERSCHILLEND:
                uit.append((i, int(j), int(aantal[j]), float(gelijk[j] / aantal[j])))
    return uit


def evenredig(x: np.ndarray, y: np.ndarray) -> list[tuple[int, int]]:
    """Pairs of columns that may be a fixed factor apart, as a first row of them shows."""
    vol = np.flatnonzero(~np.isnan(y).all(axis=1))[: 2 * MINSTENS]
    if len(vol) < MINSTENS:
        return []
    uit = []
    for i in range(x.shape[1]):
        with np.errstate(divide="ignore", invalid="ignore"):
            deel = x[vol][:, [i]] / y[vol]
        goed = np.isfinite(deel) & (deel > 0)
        # where much is unknown it is infinite, and the pair is none
        midden = np.median(np.where(goed, deel, np.inf), axis=0)
        with np.errstate(invalid="ignore"):
            dicht = (np.abs(deel - midden) <= RUIM * midden) & goed
        uit += [(i, int(j)) for j in np.flatnonzero(np.isfinite(midden) & (dicht.sum(axis=0) > 0.8 * goed.sum(axis=0)))]
    return uit
