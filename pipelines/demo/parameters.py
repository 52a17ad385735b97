"""The settings of the generator: reads ``parameters.yaml`` and derives arrival rates from stock, stay and transitions.

Belongs here: reading and deriving parameters. Does not belong here: drawing anything at random.
"""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import yaml

PAD = Path(__file__).with_name("parameters.yaml")
SOORTEN = (
    "crisis", "hic", "iht", "klinisch", "beveiligd", "topklinisch",
    "topambulant", "mpu", "fact", "ambulant", "forensisch", "wlz", "wmo",
)  # fmt: skip
NUMMER = {soort: nummer for nummer, soort in enumerate(SOORTEN)}
MET_BED = ("hic", "klinisch", "beveiligd", "topklinisch", "mpu")
ACUUT = ("crisis", "hic", "iht")


@dataclass(frozen=True)
class Parameters:
    """``tekst``: the YAML as read; everything else follows from it. Rates are per day, for the nation at schaal 1.0."""

    tekst: dict

    @classmethod
    def lees(cls) -> "Parameters":
        return cls(yaml.safe_load(PAD.read_text(encoding="utf-8")))

    def __getitem__(self, naam: str):
        return self.tekst[naam]

    def per_soort(self, naam: str) -> np.ndarray:
        return np.array([self["zorg"][soort][naam] for soort in SOORTEN], dtype=float)

    @cached_property
    def regios(self) -> list[str]:
        return list(self["regio"])

    @cached_property
    def overgang(self) -> np.ndarray:
        """(soort, soort): chance that care of the row is followed straight away by care of the column."""
        matrix = np.zeros((len(SOORTEN), len(SOORTEN)))
        for soort in SOORTEN:
            for volgende, kans in self["zorg"][soort]["daarna"].items():
                matrix[NUMMER[soort], NUMMER[volgende]] = kans
        return matrix

    @cached_property
    def terugkeer_naar(self) -> np.ndarray:
        return np.array([self["terugkeer_naar"].get(soort, 0.0) for soort in SOORTEN])

    @cached_property
    def tijdens_fact(self) -> np.ndarray:
        """(soort,): admissions per day of a patient in FACT."""
        return np.array([self["opname_tijdens_fact_per_jaar"].get(soort, 0.0) for soort in SOORTEN]) / 365

    @cached_property
    def gemiddelde_duur(self) -> np.ndarray:
        """(soort,): mean days in care; whole days, so half a day is added to the mixture of exponentials."""
        return np.array([sum(deel * dagen for deel, dagen in self["zorg"][s]["duur"]) + 0.5 for s in SOORTEN])

    @cached_property
    def aankomst_totaal(self) -> np.ndarray:
        """(soort,): all arrivals per day in a steady state: stock / mean stay."""
        return self.per_soort("stand") / self.gemiddelde_duur

    @cached_property
    def aankomst_extern(self) -> np.ndarray:
        """(soort,): arrivals per day of people who were not in care. Raises ValueError where transitions alone bring more."""
        totaal = self.aankomst_totaal
        einde = totaal * (1 - self.overgang.sum(axis=1)) * self.per_soort("terugkeer")
        intern = (
            totaal @ self.overgang
            + einde.sum() * self.terugkeer_naar
            + self.per_soort("stand")[NUMMER["fact"]] * self.tijdens_fact
        )
        extern = totaal - intern
        if (extern < 0).any():
            te_veel = [SOORTEN[i] for i in np.flatnonzero(extern < 0)]
            raise ValueError(f"parameters.yaml: more patients flow to {te_veel} than their stand and duur allow")
        return extern

    def verdichting(self, schaal: float) -> float:
        """Factor on cruciale zorg at small schaal, so that every region keeps a HIC with somebody in it; 1 at large schaal."""
        hic_regios = len(self.regios) - len(self["voorziening"]["zonder_hic"])
        return max(1.0, self["minimum_hic_bezet_per_regio"] * hic_regios / (self["zorg"]["hic"]["stand"] * schaal))

    def schaal_per_soort(self, schaal: float) -> np.ndarray:
        factor = np.array([self.verdichting(schaal) if self["zorg"][s]["cruciaal"] else 1.0 for s in SOORTEN])
        return schaal * factor


def kansen(tabel: dict) -> tuple[list, np.ndarray]:
    """Keys and cumulative chances (normalised) of a mapping value -> share."""
    gewicht = np.array(list(tabel.values()), dtype=float)
    return list(tabel), np.cumsum(gewicht / gewicht.sum())
