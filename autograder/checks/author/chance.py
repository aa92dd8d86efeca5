"""How likely numbers are that a student's function drew.

chance.chi_square(counts, expected) <= 1e-6     they do not follow what is expected
chance.is_linked(draws)                         places depend on others, wherever those are
"""

from __future__ import annotations

from typing import Any

import numpy as np

# For each feature: independent draws reach it less than once in 10**9 cases.
_LINKED = 120.0


def of_square(statistic: float, freedom: int) -> float:
    """Return the chance that χ² of so many degrees of freedom is as large, or larger."""
    import torch

    half = torch.tensor([freedom / 2, statistic / 2], dtype=torch.float64)
    return float(torch.special.gammaincc(half[0], half[1]))


def chi_square(seen: Any, expected: Any) -> float:
    """Return the chance of counts as far from what is expected, or farther.

    Where 0 is expected, 0 must be; both add up to the same number.
    """
    seen, expected = np.ravel(seen), np.ravel(expected)
    some = expected > 0
    if np.any(seen[~some]):
        return 0.0
    statistic = np.sum((seen[some] - expected[some]) ** 2 / expected[some])
    return of_square(float(statistic), int(some.sum()) - 1)


def is_linked(draws: Any) -> bool:
    """Return whether places in a row of draws depend on those at a distance, or on their mirror.

    draws: (n, features), each of mean 0 and variance 1 where nothing is wrong. The products of all
    pairs of a distance, or of a centre of reflection, are added up, for all of these at once: where
    each pair is dependent, as of u and 1 - u, the sum is far out.
    """
    waves = np.fft.rfft(draws, axis=0)
    for other in (waves.conj(), waves):
        sums = np.fft.irfft(waves[:, :, None] * other[:, None], len(draws), axis=0)
        squares = np.sum(sums**2, axis=(1, 2)) / len(draws)
        if other is not waves:
            squares[0] = 0  # each with itself
        if squares.max() > _LINKED * draws.shape[1]:
            return True
    return False
