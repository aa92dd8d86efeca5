"""The errata of docs/sources.md, computed: what is printed fails, what is right holds."""

from __future__ import annotations

import numpy as np
import pytest
from errata import FOUND, attention, networks, recurrence, training, windows, words
from test_sources import ERRATA

MODULES = (networks, training, windows, recurrence, words, attention)


@pytest.mark.parametrize("number", FOUND)
def test_what_is_printed_fails_and_what_is_right_holds(number: str) -> None:
    printed, right, truth = (np.asarray(each, dtype=float) for each in FOUND[number]())
    assert np.allclose(right, truth, rtol=1e-6, atol=1e-9)
    assert printed.shape != truth.shape or not np.allclose(printed, truth, rtol=1e-3, atol=1e-9)


def test_the_page_has_these_in_bold() -> None:
    assert {shown.__module__ for shown in FOUND.values()} == {module.__name__ for module in MODULES}
    numbers = [row[0] for rows in ERRATA.values() for row in rows]
    assert set(FOUND) == {number.strip("*") for number in numbers if number.startswith("**")}
