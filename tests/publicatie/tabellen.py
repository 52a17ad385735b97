"""Small systems for the tests of disclosure control: a line or a table of counts with its totals."""

import numpy as np
import pandas as pd

from pipelines.publicatie.onthulling.stelsel import Stelsel, matrix


def stelsel(waarden, sommen=(), hoogstens=(), regio=None, maand=None) -> Stelsel:
    """``sommen``: (total, parts) by number of the cell; ``hoogstens``: (smaller, larger)."""
    n = len(waarden)
    cel = pd.DataFrame(
        {
            "tabel": "t",
            "sleutel": [str(i) for i in range(n)],
            "kolom": "aantal",
            "waarde": [float(w) for w in waarden],
            "maand": maand or 0,
            "regio": regio or "",
            "kosten": 1.0,
        }
    )
    gelijk = [(np.array([t, *d]), np.array([1.0] + [-1.0] * len(d))) for t, d in sommen]
    kleiner = [(np.array(paar), np.array([1.0, -1.0])) for paar in hoogstens]
    return Stelsel(cel, matrix(gelijk, n), matrix(kleiner, n), np.arange(len(gelijk)))


def kruistabel(binnen) -> Stelsel:
    """Cells row by row, then the row totals, the column totals and the grand total; columns belong to regions R0, R1, .."""
    binnen = np.asarray(binnen)
    r, k = binnen.shape
    waarden = [*binnen.ravel(), *binnen.sum(1), *binnen.sum(0), binnen.sum()]
    rij = [(r * k + i, [i * k + j for j in range(k)]) for i in range(r)]
    kolom = [(r * k + r + j, [i * k + j for i in range(r)]) for j in range(k)]
    alles = (r * k + r + k, [r * k + i for i in range(r)])
    regio = [f"R{j}" for _ in range(r) for j in range(k)] + [""] * r + [f"R{j}" for j in range(k)] + [""]
    return stelsel(waarden, [*rij, *kolom, alles], regio=regio)
