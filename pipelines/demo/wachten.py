"""How long somebody waited before a spell began: one draw, used by the waiting list and by the verwijsdatum of claims.

Belongs here: the wait per spell. Does not belong here: snapshots of lists.
"""

import numpy as np

from pipelines.demo.parameters import ACUUT, NUMMER, Parameters
from pipelines.demo.toeval import kies, uniform
from pipelines.demo.trajecten import Tijdvak, Zorg


def mengsel(parameters: Parameters, naam: str, seed: int, zout: int, sleutel: np.ndarray) -> np.ndarray:
    """Whole days from a mixture of exponentials. Slow ones are slow in both phases: intake and start share the draw."""
    deel, dagen = np.array(parameters["wachtlijst"][naam]).T
    gemiddelde = dagen[kies(np.cumsum(deel / deel.sum()), uniform(seed, 30, sleutel))]
    return np.floor(-gemiddelde * np.log1p(-uniform(seed, zout, sleutel))).astype(np.int32)


def wacht_dagen(
    parameters: Parameters, tijdvak: Tijdvak, seed: int, sleutel: np.ndarray, zorg: Zorg
) -> tuple[np.ndarray, np.ndarray]:
    """Days from aanmelding to intake and from intake to start, per spell (`sleutel` numbers the spells)."""
    rek = _rek(parameters, tijdvak, zorg)
    tot_intake = (mengsel(parameters, "tot_intake", seed, 31, sleutel) * rek).astype(np.int32)
    tot_start = (mengsel(parameters, "tot_start", seed, 32, sleutel) * rek).astype(np.int32)
    acuut = np.isin(zorg.soort, [NUMMER[s] for s in ACUUT])
    snel = np.floor(-parameters["wachtlijst"]["acuut_dagen"] * np.log1p(-uniform(seed, 33, sleutel))).astype(np.int32)
    return np.where(acuut, snel, tot_intake), np.where(acuut, 0, tot_start)


def _rek(parameters: Parameters, tijdvak: Tijdvak, zorg: Zorg) -> np.ndarray:
    """(n,) how many times as long as elsewhere people wait: longer by the year where places lack, shorter where there is room."""
    p = parameters["wachtlijst"]
    krap, ruim = (np.isin(parameters.regios, parameters["voorziening"][naam]) for naam in ("krap", "ruim"))
    jaren = np.maximum(zorg.van - tijdvak.begin, 0) / 365
    groei = 1 + p["langer_per_jaar_krap"] * jaren
    return np.where(krap[zorg.regio], groei, np.where(ruim[zorg.regio], p["korter_ruim"], 1.0))


def op_lijst(parameters: Parameters, seed: int, sleutel: np.ndarray, soort: np.ndarray) -> np.ndarray:
    """Who came over a waiting list, of those who come from outside care."""
    return uniform(seed, 34, sleutel) < parameters.per_soort("lijst")[soort]
