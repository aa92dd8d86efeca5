"""The errata of docs/sources.md, each shown to be right by one function.

Each returns three things: what the printed formula gives, what the right one gives, and the
truth, found another way (by torch, by differences, by trying it out).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

Three = tuple[object, object, object]
FOUND: dict[str, Callable[[], Three]] = {}


def erratum(number: str) -> Callable[[Callable[[], Three]], Callable[[], Three]]:
    """Enter what shows this erratum."""

    def enter(shown: Callable[[], Three]) -> Callable[[], Three]:
        assert number not in FOUND
        FOUND[number] = shown
        return shown

    return enter


def rng() -> np.random.Generator:
    return np.random.default_rng(0)


def logistic(z):
    return 1 / (1 + np.exp(-np.asarray(z)))


def softmax(z):
    e = np.exp(z - z.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)
