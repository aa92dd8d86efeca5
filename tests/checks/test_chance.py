"""What can be said of numbers that were drawn."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from autograder.checks import chance

HALF = np.random.default_rng(3).normal(size=(1000, 1))
LINKED = {
    "the second half is the first, negated": np.concatenate([HALF, -HALF]),
    "the second half is the first, backwards": np.concatenate([HALF, HALF[::-1]]),
    "each twice": HALF.repeat(2, axis=0),
    "each a part of the one before": HALF + 0.5 * np.roll(HALF, 1, axis=0),
}


@pytest.mark.parametrize("which", LINKED)
def test_draws_that_depend_on_others_are_found(which: str) -> None:
    assert chance.is_linked(LINKED[which])


@pytest.mark.parametrize("features", [1, 3])
@pytest.mark.parametrize("n", [999, 1000])
def test_independent_draws_are_not_linked(n: int, features: int) -> None:
    rng = np.random.default_rng(n)
    draws: list[Any] = [rng.normal(size=(n, features)) for _ in range(20)]
    assert not any(map(chance.is_linked, draws))
    assert not chance.is_linked(rng.choice([-1.0, 1.0], size=(n, 1)))


def test_counts_are_as_likely_as_tables_say() -> None:
    assert chance.of_square(3.841459, 1) == pytest.approx(0.05, rel=1e-5)
    assert chance.chi_square([60, 40], [50, 50]) == pytest.approx(0.0455003, rel=1e-5)
    assert chance.chi_square([[6, 4], [0, 0]], [[5, 5], [0, 0]]) > 0.5
    assert chance.chi_square([9, 1], [10, 0]) == 0
