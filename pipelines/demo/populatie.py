"""Who the patients are: pseudonym, year of birth, municipality, insurer, privacy. All follow from the number of the person.

Belongs here: what is fixed for a person. Does not belong here: care, claims or lists.
"""

from functools import cached_property

import numpy as np
import pyarrow as pa

from pipelines.demo.parameters import Parameters
from pipelines.demo.toeval import bits, kies, uniform
from pipelines.fundament import seeds

_HEX = np.frombuffer(b"0123456789abcdef", dtype=np.uint8)


class Populatie:
    """Draws per person number; `woonregio` is the number of the region of residence per person."""

    def __init__(self, parameters: Parameters, woonregio: np.ndarray, seed: int):
        self.parameters, self.seed, self.woonregio = parameters, seed, woonregio
        self._gemeenten = [(rij["gemeente_code"], rij["iza_regio"]) for rij in seeds.lees("gemeente_iza_regio")]

    def pseudoniem(self, persoon: np.ndarray) -> pa.Array:
        """64 lower-case hex digits; made of random bits, never of a BSN."""
        woorden = np.stack([bits(self.seed, 10 + i, persoon) for i in range(4)], axis=1)
        bytes_ = woorden.astype(">u8").view(np.uint8).reshape(len(persoon), 32)
        return tekst_van(np.stack([_HEX[bytes_ >> 4], _HEX[bytes_ & 15]], axis=2).reshape(len(persoon), 64))

    def geboortejaar(self, persoon: np.ndarray) -> np.ndarray:
        u = uniform(self.seed, 20, persoon)
        return (2006 - 14 * u - 56 * u**2.2).astype(np.int64)

    def gemeente(self, persoon: np.ndarray) -> tuple[pa.Array, np.ndarray]:
        """Code of the municipality (null or outside the table for a few), and where the woonregio is unknown."""
        codes, begin, cumulatief = self._gemeente_tabel
        u = uniform(self.seed, 21, persoon)
        regio = self.woonregio[persoon]
        welke = np.empty(len(persoon), dtype=np.int32)
        for nummer in range(len(begin)):
            hier = regio == nummer
            welke[hier] = begin[nummer] + kies(cumulatief[nummer], u[hier])
        v = uniform(self.seed, 22, persoon)
        leeg, fout = self.parameters["declaratie"]["gemeente_onbekend"], self.parameters["declaratie"]["gemeente_fout"]
        welke[v < leeg + fout] = len(codes) - 1
        return pa.array(codes).take(pa.array(welke, mask=v < leeg)), v < leeg + fout

    @cached_property
    def _gemeente_tabel(self) -> tuple[list[str], list[int], list[np.ndarray]]:
        """Codes by region with one unknown code at the end, first position and cumulative share per region."""
        codes: list[str] = []
        begin, cumulatief = [], []
        for regio in self.parameters.regios:
            eigen = sorted(code for code, r in self._gemeenten if r == regio)
            gewicht = np.exp(1.2 * uniform(self.seed, 23, np.array([int(code[2:]) for code in eigen])) * 2)
            begin.append(len(codes))
            cumulatief.append(np.cumsum(gewicht / gewicht.sum()))
            codes += eigen
        return [*codes, "GM9999"], begin, cumulatief

    def verzekeraar(self, persoon: np.ndarray, aandeel: np.ndarray) -> np.ndarray:
        return kies(np.cumsum(aandeel / aandeel.sum()), uniform(self.seed, 24, persoon)).astype(np.int8)

    def privacy(self, persoon: np.ndarray) -> np.ndarray:
        return uniform(self.seed, 25, persoon) < self.parameters["declaratie"]["privacy_ja"]


def tekst_van(letters: np.ndarray) -> pa.Array:
    """(n, breedte) uint8 of ASCII -> n strings."""
    n, breedte = letters.shape
    offsets = np.arange(0, n * breedte + 1, breedte, dtype=np.int32)
    return pa.StringArray.from_buffers(n, pa.py_buffer(offsets), pa.py_buffer(np.ascontiguousarray(letters)))


def nummertekst(voorvoegsel: str, nummers: np.ndarray, cijfers: int) -> pa.Array:
    """Prefix and number with leading zeros, as strings."""
    letters = np.empty((len(nummers), len(voorvoegsel) + cijfers), dtype=np.uint8)
    letters[:, : len(voorvoegsel)] = np.frombuffer(voorvoegsel.encode(), dtype=np.uint8)
    rest = nummers.astype(np.int64)
    for plaats in range(letters.shape[1] - 1, len(voorvoegsel) - 1, -1):
        letters[:, plaats] = rest % 10 + 48
        rest = rest // 10
    return tekst_van(letters)
