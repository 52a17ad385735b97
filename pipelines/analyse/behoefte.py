"""Load and need of spec 3.4 for months that are yet to come: the formulas of mart ``benodigde_capaciteit``, with measures.

Belongs here: what a plan does to load, unmet need and places. Does not belong here: need of observed months (SQL), and the queue
(``model``).
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipelines.analyse.erlang import benodigde_plaatsen
from pipelines.analyse.plan import Plan

BED = "bed"


@dataclass(frozen=True)
class Behoefte:
    """Per (maand, cel), in places; NaN where the mart has none. The first month is the last one that was observed."""

    belasting: np.ndarray
    onvervuld: np.ndarray
    plaatsen: np.ndarray


def reken(s: pd.DataFrame, plan: Plan) -> Behoefte:
    """Load, unmet need and places under a plan, the observed month first; ``s`` holds the estimates of ``model.schat``.

    A measure changes what a month asks from its own month on. The mart looks back over twelve months, so there the same change
    shows bit by bit.
    """
    belasting, onvervuld, uitgesteld, uniek, geweigerd, duur = (
        s[kolom].to_numpy(float)
        for kolom in (
            "belasting",
            "onvervuld",
            "uitgesteld",
            "aandeel_uniek",
            "geweigerd_per_dag",
            "verblijfsduur_dagen",
        )
    )
    vraag = plan.instroom * plan.duur
    # 3.4: belasting_tijdig = max(0, belasting - uitgesteld), for the share of the deferred days that is taken away or added
    met = np.maximum(belasting + (plan.uitgesteld - 1) * uitgesteld, 0) * vraag
    inhaal = plan.inhaal * np.where(np.isnan(uniek), 1, uniek)
    # who is no longer refused is in use instead: the load counts both
    zonder_plaats = np.maximum(onvervuld + (plan.geweigerd - 1) * geweigerd * uniek * duur, 0) * vraag
    return Behoefte(
        np.vstack([belasting, met + inhaal]),
        np.vstack([onvervuld, zonder_plaats]),
        np.vstack([s["beschikbaar"].to_numpy(float), plan.plaatsen]),
    )


def benodigd(belasting: np.ndarray, capaciteit_type: np.ndarray, norm: pd.Series) -> np.ndarray:
    """Places that a load needs: the larger of the norm of occupancy and, for a bed, Erlang-B; NaN where the load is.

    ``capaciteit_type`` broadcasts to ``belasting``.
    """
    bed = np.broadcast_to(capaciteit_type == BED, belasting.shape)
    bezettingsnorm = np.where(bed, norm["bezettingsnorm_bed"], norm["bezettingsnorm_ambulante_plek"])
    nodig = np.maximum(np.ceil(belasting / bezettingsnorm - norm["ceil_marge"]), 0)
    nodig[bed] = np.maximum(nodig[bed], benodigde_plaatsen(belasting[bed], norm["blokkeringsnorm"]))
    return nodig
