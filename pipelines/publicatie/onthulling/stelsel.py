"""The cells of a publication and the linear relations that every reader knows to hold between them.

Belongs here: the system as numbers, and joining the systems of several publications. Does not belong here: where relations
come from (``pipelines.publicatie.tabellen``), or what is withheld (``beveilig``).
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse

KOLOMMEN = ["tabel", "sleutel", "kolom", "waarde", "maand", "regio", "kosten"]


class TabellenOneens(ValueError):
    """The figures to publish contradict a relation that should hold: nothing can be proved about them."""


@dataclass
class Stelsel:
    """Cells x (counts, >= 0) with ``gelijk @ x = 0`` and ``hoogstens @ x <= 0``.

    ``cel`` has one row per cell: tabel, sleutel (text), kolom, waarde (the true figure), maand (number of the month, used to cut
    large systems), regio (whose tafel sees it unsuppressed, '' = nobody), kosten (what withholding it costs the reader).
    """

    cel: pd.DataFrame
    gelijk: sparse.csc_matrix
    hoogstens: sparse.csc_matrix

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


def verenig(stelsels: list[Stelsel]) -> tuple[Stelsel, list[np.ndarray]]:
    """One system over several publications, and per publication the number of each of its cells in it.

    A cell that has the same figure in two publications is one unknown: a reader may know that it did not change. A cell that
    changed is two. Relations that come out the same are kept once.
    """
    alle = pd.concat([s.cel for s in stelsels], ignore_index=True)
    nummer, _ = pd.factorize(pd.MultiIndex.from_frame(alle[["tabel", "sleutel", "kolom", "waarde"]]))
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
