"""The cells of a publication and the linear relations that every reader knows to hold between them.

Belongs here: the system as numbers, and joining the systems of several publications. Does not belong here: where relations
come from (``pipelines.publicatie.tabellen``), or what is withheld (``beveilig``).
"""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from scipy import sparse

NIVEAUS = 4
"""Totals of totals go no deeper: over fasen, clusters, groups of clusters and regions."""
MENG = np.uint64(0x9E3779B97F4A7C15)
KOLOMMEN = ["tabel", "sleutel", "kolom", "waarde", "maand", "regio", "kosten"]


class TabellenOneens(ValueError):
    """The figures to publish contradict a relation that should hold: nothing can be proved about them."""


@dataclass
class Stelsel:
    """Cells x (counts, >= 0) with ``gelijk @ x = 0`` and ``hoogstens @ x <= 0``.

    ``cel`` has one row per cell: tabel, sleutel (text), kolom, waarde (the true figure), maand (number of the month, used to cut
    large systems), regio (whose tafel sees it unsuppressed, '' = nobody), kosten (what withholding it costs the reader).
    ``sommen``: the rows of ``gelijk`` that add up a dimension, a total with factor 1 over parts with factor -1.
    """

    cel: pd.DataFrame
    gelijk: sparse.csc_matrix
    hoogstens: sparse.csc_matrix
    sommen: np.ndarray = field(default_factory=lambda: np.array([], int))

    def __post_init__(self):
        self.cel = self.cel.reset_index(drop=True)
        # column-wise: every proof takes the columns of some cells
        self.gelijk, self.hoogstens = self.gelijk.tocsc(), self.hoogstens.tocsc()
        for soort, matrix in (("gelijk", self.gelijk), ("hoogstens", self.hoogstens)):
            rest = matrix @ self.waarde
            fout = np.flatnonzero(np.abs(rest) > 1e-6 if soort == "gelijk" else rest > 1e-6)
            if len(fout):
                delen = self.cel.iloc[matrix.tocsr()[fout[0]].indices][["tabel", "sleutel", "kolom", "waarde"]]
                raise TabellenOneens(f"{len(fout)} verbanden kloppen niet, het eerste:\n{delen.to_string(index=False)}")

    @property
    def waarde(self) -> np.ndarray:
        return self.cel["waarde"].to_numpy(float)

    def __len__(self) -> int:
        return len(self.cel)


def matrix(rijen: list[tuple[np.ndarray, np.ndarray]], aantal: int) -> sparse.csr_matrix:
    """Sparse matrix from (cell numbers, coefficients) per relation, over ``aantal`` cells."""
    lengtes = [len(cellen) for cellen, _ in rijen]
    if not rijen:
        return sparse.csr_matrix((0, aantal))
    return sparse.csr_matrix(
        (
            np.concatenate([c for _, c in rijen]),
            (np.repeat(np.arange(len(rijen)), lengtes), np.concatenate([k for k, _ in rijen])),
        ),
        shape=(len(rijen), aantal),
    )


def _met_delen(stelsels: list[Stelsel], nummer: np.ndarray) -> list[np.ndarray]:
    """Per publication a number of each cell that differs where its figure or, for a total, one of its parts does."""
    loting = np.random.default_rng(0).integers(0, 2**64, nummer.max(initial=0) + 1, dtype=np.uint64)
    uit = []
    for stelsel, eigen in zip(
        stelsels, np.split(loting[nummer], np.cumsum([len(s) for s in stelsels])[:-1]), strict=True
    ):
        som = stelsel.gelijk.tocsr()[stelsel.sommen].tocoo()
        totaal, deel = som.data > 0, som.data < 0
        totaal_van = np.zeros(len(stelsel.sommen), int)
        totaal_van[som.row[totaal]] = som.col[totaal]
        merk = eigen
        for _ in range(NIVEAUS):
            delen = np.zeros(len(stelsel.sommen), np.uint64)
            np.add.at(delen, som.row[deel], merk[som.col[deel]])
            merk = eigen.copy()
            np.add.at(merk, totaal_van, delen * MENG)
        uit.append(merk)
    return uit


def verenig(stelsels: list[Stelsel]) -> tuple[Stelsel, list[np.ndarray]]:
    """One system over several publications, and per publication the number of each of its cells in it.

    A cell that has the same figure in two publications is one unknown: a reader may know that it did not change. A cell that
    changed is two, and so is a total of which a part changed: that it came out the same is chance, which no reader knows.
    Relations that come out the same are kept once.
    """
    alle = pd.concat([s.cel for s in stelsels], ignore_index=True)
    nummer, _ = pd.factorize(pd.MultiIndex.from_frame(alle[["tabel", "sleutel", "kolom", "waarde"]]))
    nummer, _ = pd.factorize(np.concatenate(_met_delen(stelsels, nummer)))
    cel = alle.loc[~pd.Series(nummer).duplicated().to_numpy()]
    plaats = np.split(nummer, np.cumsum([len(s) for s in stelsels])[:-1])

    def samen(naam: str) -> sparse.csr_matrix:
        delen = []
        for stelsel, waar in zip(stelsels, plaats, strict=True):
            coo = getattr(stelsel, naam).tocoo()
            delen.append(sparse.csr_matrix((coo.data, (coo.row, waar[coo.col])), shape=(coo.shape[0], len(cel))))
        geheel = sparse.vstack(delen).tocsr()
        geheel.sort_indices()
        rijen = pd.Series(
            [
                geheel.indices[a:b].tobytes() + geheel.data[a:b].tobytes()
                for a, b in zip(geheel.indptr, geheel.indptr[1:], strict=False)
            ]
        )
        return geheel[np.flatnonzero(~rijen.duplicated())] if len(rijen) else geheel

    return Stelsel(cel, samen("gelijk"), samen("hoogstens")), plaats
