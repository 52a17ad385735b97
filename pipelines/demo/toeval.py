"""Chance that depends on keys alone: the same key gives the same draw, whatever the order or the thread that asks.

Belongs here: seeded streams and draws. Does not belong here: what is drawn.
"""

import numpy as np

_STAP = np.uint64(0x9E3779B97F4A7C15)
_MENG1 = np.uint64(0xBF58476D1CE4E5B9)
_MENG2 = np.uint64(0x94D049BB133111EB)


def stroom(seed: int, *deel: int) -> np.random.Generator:
    """A generator of its own for one part of the work (numbers name the part)."""
    return np.random.default_rng([seed, *deel])


def bits(seed: int, zout: int, sleutel: np.ndarray) -> np.ndarray:
    """(n,) uint64: splitmix64 of the keys; `zout` tells draws on the same key apart."""
    with np.errstate(over="ignore"):
        x = sleutel.astype(np.uint64) + _STAP * np.uint64((seed * 1_000_003 + zout) % 2**63)
        for _ in range(2):
            x = x + _STAP
            x = (x ^ (x >> np.uint64(30))) * _MENG1
            x = (x ^ (x >> np.uint64(27))) * _MENG2
            x = x ^ (x >> np.uint64(31))
    return x


def uniform(seed: int, zout: int, sleutel: np.ndarray) -> np.ndarray:
    """(n,) float64 in [0, 1) per key."""
    return (bits(seed, zout, sleutel) >> np.uint64(11)).astype(np.float64) * 2.0**-53


def kies(cumulatief: np.ndarray, u: np.ndarray) -> np.ndarray:
    """Index per draw into cumulative chances."""
    return np.minimum(np.searchsorted(cumulatief, u, side="right"), len(cumulatief) - 1)
