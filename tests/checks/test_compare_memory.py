"""A large answer is compared without being copied many times over."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from fuzz.memory import FIXED, peak

from autograder.checks import CheckFailed, close, equal, gradient, repeatable, shaped
from autograder.checks.author import compare, values
from autograder.sandbox.wire import WireLimits

# A sixteenth of the default, and with it the limits of what is compared.
WIRE = WireLimits().bytes // 16
# As large as the wire lets through, in types that are small.
BYTES = np.zeros(WIRE, np.int8)
HALVES = np.zeros(WIRE // 2, np.float16)
WORDS = "ab " * (WIRE // 3)
# Numbers of which one in another type would make all of them sixteen times as large.
MIXED = [np.zeros(1 << 15, np.int8)] * 96 + [np.zeros(1 << 15, np.complex128)]

ASKED: dict[str, Callable[[Any], object]] = {
    "close to a number": lambda answer: close(answer, 1.0),
    "close to an array": lambda answer: close(answer, np.ones((2, 3))),
    "equal to a number": lambda answer: equal(answer, 1),
    "equal to a text": lambda answer: equal(answer, "yes"),
    "equal to parts": lambda answer: equal(answer, {"a": 1}),
    "of a shape": lambda answer: shaped(answer, (None,)),
    "of another shape": lambda answer: shaped(answer, (2, 3)),
    "repeatable": lambda answer: repeatable(lambda: answer),
    "a gradient": lambda answer: gradient.check(lambda x: (x**2).sum(), answer, np.ones(3)),
    "a function": lambda answer: gradient.numerical(lambda x: answer, np.ones(2)),
}
ANSWERS = {
    "bytes": BYTES,
    "truths": BYTES.view(np.bool_),
    "halves": HALVES,
    "a row": BYTES.reshape(1, -1),
    "a column": BYTES.reshape(-1, 1),
    "pairs": BYTES.reshape(-1, 2),
    "a tensor": torch.from_numpy(BYTES),
    "bfloat16": torch.from_numpy(HALVES.view(np.int16)).view(torch.bfloat16),
    "mixed": MIXED,
    "words": WORDS,
    "unprintable": "\0" * WIRE,
    "unprintable bytes": bytes(WIRE),
}


@pytest.fixture(autouse=True)
def a_sixteenth(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(values, "_MAX_COPY", values._MAX_COPY // 16)
    monkeypatch.setattr(compare, "_PIECE", compare._PIECE // 16)


@pytest.mark.parametrize("answer", ANSWERS)
@pytest.mark.parametrize("asked", ASKED)
def test_a_comparison_takes_at_most_four_times_the_limit_of_the_wire(
    answer: str, asked: str
) -> None:
    def ask() -> None:
        try:
            ASKED[asked](ANSWERS[answer])
        except (ValueError, TypeError):
            assert asked == "a function"  # the check's own to say

    assert peak(ask) < 4 * WIRE + FIXED


def test_large_answers_are_judged_as_small_ones_are() -> None:
    shaped(BYTES, (None,))
    shaped(HALVES, (WIRE // 2,))
    with pytest.raises(CheckFailed, match="still has to be summed"):
        close(BYTES + np.int8(1), float(WIRE))
    with pytest.raises(CheckFailed, match=f"NaN in {WIRE // 2} of {WIRE // 2}"):
        shaped(HALVES * np.float16("nan"), (None,))
    with pytest.raises(CheckFailed, match="is wrong"):
        equal(WORDS, "yes")
    with pytest.raises(CheckFailed, match="too many"):
        close(MIXED, 1.0)
    assert repeatable(lambda: BYTES) is BYTES
    again = iter([BYTES, np.concatenate([BYTES[:-1], [1]]).astype(np.int8)])
    with pytest.raises(CheckFailed, match="two calls"):
        repeatable(lambda: next(again))
