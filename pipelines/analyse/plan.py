"""The measures of a scenario as figures per month and kind of place: what the queue and the need are played with.

Belongs here: from knobs to factors and places. Does not belong here: the form of a scenario (``maatregel``), what the factors
do to the load (``behoefte``) or to the queue (``model``).
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
import pandas as pd

from pipelines.analyse.aannames import aannames
from pipelines.analyse.maatregel import Maatregel
from pipelines.analyse.waarneming import PLAATS

DAGEN_PER_WEEK = 7
# knob -> factor of the plan; the others are places or a goal
_FACTOREN = {
    "instroom_procent": "instroom",
    "duur_procent": "duur",
    "uitgestelde_dagen_procent": "uitgesteld",
    "geweigerd_procent": "geweigerd",
}


@dataclass(frozen=True)
class Plan:
    """Given from outside, per (maand, cel): factors on the estimate, the places that there are, and what a goal for the list asks:
    places in use by who starts on top of today's starts (``inhaal``, in places on the list: 3.4 counts them per person), and by who
    starts so that the list does not grow on (``bijhoud``: the load counts these already, as unmet)."""

    maanden: pd.PeriodIndex
    instroom: np.ndarray
    duur: np.ndarray
    uitgesteld: np.ndarray
    geweigerd: np.ndarray
    plaatsen: np.ndarray
    inhaal: np.ndarray
    bijhoud: np.ndarray

    @classmethod
    def ongewijzigd(cls, maanden: pd.PeriodIndex, plaatsen: np.ndarray) -> "Plan":
        """No measures; ``plaatsen`` per (maand, cel)."""
        een, nul = np.ones(plaatsen.shape), np.zeros(plaatsen.shape)
        return cls(maanden, een, een, een, een, plaatsen, nul, nul)

    def van(self, cellen: np.ndarray) -> "Plan":
        """The plan for some of its cells, chosen by number or by mask."""
        return Plan(self.maanden, *(getattr(self, f.name)[:, cellen] for f in fields(self)[1:]))


def maak_plan(s: pd.DataFrame, maatregelen: Sequence[Maatregel], tot: pd.Period) -> Plan:
    """The measures over the horizon that begins after ``tot``; ``s`` holds the estimates of ``model.schat``."""
    maanden = pd.period_range(tot + 1, periods=aannames().horizon_maanden, freq="M")
    vorm = (len(maanden), len(s))
    factoren = {naam: np.ones(vorm) for naam in _FACTOREN.values()}
    plaatsen = np.tile(s["plaatsen_nu"].to_numpy(float), (len(maanden), 1))
    starts, met_doel = np.zeros(vorm), np.zeros(vorm, bool)  # a day, in places on the list
    for m in maatregelen:
        waar = _geldt_voor(m, s)
        vak = np.ix_(np.arange(len(maanden)) + 1 >= m.vanaf_maand, waar)
        eigen = s[waar]
        p = m.waarde / 100
        if m.knop == "instroom_procent":
            factoren["instroom"][vak] *= 1 + p * eigen["instroom_aandeel"].to_numpy()
        elif m.knop in _FACTOREN:
            factoren[_FACTOREN[m.knop]][vak] *= 1 + p
        elif m.knop == "extra_plaatsen":
            plaatsen[vak] += m.waarde
        elif m.knop == "heropenen_procent":
            plaatsen[vak] += np.rint(eigen["gesloten_nu"].fillna(0).to_numpy() * p)
        else:
            termijn = slice(m.vanaf_maand - 1, m.vanaf_maand - 1 + m.maanden)
            dagen = (
                pd.period_range(maanden[0] + m.vanaf_maand - 1, periods=m.maanden, freq="M")
                .days_in_month.to_numpy()
                .sum()
            )
            met_doel[vak] = True
            starts[termijn, waar] = np.maximum(starts[termijn, waar], _extra_starts(eigen, m.waarde, dagen))
    nul = np.zeros(vorm)
    plan = Plan(maanden, **factoren, plaatsen=np.maximum(plaatsen, 0), inhaal=nul, bijhoud=nul)
    groei = s["groei_per_dag"].fillna(0).to_numpy() + (plan.instroom - 1) * s["aankomst"].fillna(0).to_numpy()
    groei = np.where(met_doel, np.maximum(groei, 0), 0)
    return replace(plan, inhaal=_nog_in_zorg(s, plan, starts), bijhoud=_nog_in_zorg(s, plan, groei))


def _geldt_voor(m: Maatregel, s: pd.DataFrame) -> np.ndarray:
    """Which cells a measure is for."""
    waar = np.full(len(s), True)
    soorten = (m.capaciteit_type,) if m.capaciteit_type else None
    for kolom, waarden in zip(PLAATS, (m.regios, m.clusters, soorten), strict=True):
        if waarden:
            waar &= s.index.get_level_values(kolom).isin(waarden)
    return waar


def _extra_starts(s: pd.DataFrame, weken: float, dagen: int) -> np.ndarray:
    """Starts a day on top of today's that bring the list to a mean wait of ``weken`` within ``dagen``: the formula of
    ``extra_capaciteit_per_week`` in wachttijd_maand. A list that grows asks for more, but that is in the load already."""
    doel = s["doorloop"] * DAGEN_PER_WEEK * weken
    krimp = s["groei_per_dag"].fillna(0).clip(upper=0)
    return ((s["wachtlijst_nu"] - doel) / dagen + krimp).clip(lower=0).fillna(0).to_numpy()


def _nog_in_zorg(s: pd.DataFrame, plan: Plan, starts: np.ndarray) -> np.ndarray:
    """How many of those who started on top are still in a place at the end of each month, by an exponential stay: never more than
    have started, and in the long run starts x stay (Little's law)."""
    duur = s["verblijfsduur_dagen"].fillna(s["ligduur"]).clip(lower=1).fillna(1).to_numpy() * plan.duur
    nog = np.zeros(starts.shape)
    stand = np.zeros(starts.shape[1])
    for maand, dagen in enumerate(plan.maanden.days_in_month):
        blijft = np.exp(-dagen / duur[maand])
        stand = stand * blijft + starts[maand] * duur[maand] * (1 - blijft)
        nog[maand] = stand
    return nog
