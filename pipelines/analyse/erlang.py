"""Erlang-B and its inverse for many loads at once.

The mart ``benodigde_capaciteit`` is computed in SQL; here the same definition (spec 3.4) is needed for simulated loads.
"""

import numpy as np
from scipy import special

_HALVERINGEN = 60  # bisection of a double: more changes nothing


def erlang_b(plaatsen, belasting):
    """Chance that all places are taken (Erlang-B): Poisson mass at ``plaatsen`` over the mass up to it; load > 0."""
    plaatsen, belasting = np.asarray(plaatsen, float), np.asarray(belasting, float)
    log_massa = plaatsen * np.log(belasting) - belasting - special.gammaln(plaatsen + 1)
    return np.exp(log_massa) / special.gammaincc(plaatsen + 1, belasting)


def benodigde_plaatsen(belasting, kans_vol: float) -> np.ndarray:
    """Smallest number of places for which Erlang-B is at most ``kans_vol``; 0 for load 0, NaN for NaN.

    For each number of places the largest load that it can carry is found by bisection; the loads are then looked up in
    that row.
    """
    belasting = np.asarray(belasting, float)
    hoogste = np.nanmax(belasting, initial=0.0)
    n = np.arange(1, int(hoogste) + 11)
    while hoogste > 0 and erlang_b(n[-1], hoogste) > kans_vol:
        n = np.arange(1, 2 * n[-1] + 1)
    # of a load a the part a * (1 - chance) is carried, and n places cannot carry more than n
    laag, hoog = np.full(len(n), 1e-9), n / (1 - kans_vol)
    for _ in range(_HALVERINGEN):
        midden = (laag + hoog) / 2
        past = erlang_b(n, midden) <= kans_vol
        laag, hoog = np.where(past, midden, laag), np.where(past, hoog, midden)
    draagt = np.concatenate([[0.0], laag])
    return np.where(np.isnan(belasting), np.nan, np.searchsorted(draagt, np.nan_to_num(belasting) * (1 - 1e-12)))
