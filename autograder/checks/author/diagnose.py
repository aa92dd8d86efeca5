"""Recognise wrong arrays: a constant factor off, transposed, only begun, zero.

Every diagnosis is worded as a teacher would put it and carries a slug. None is made of
two numbers that could agree by chance.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from autograder.checks.author.values import Array, same_values, wide, wide_type
from autograder.checks.results import told

# A factor has to be this exact to be named. Answers computed in float32 are not, and get
# the plain message rather than a guess.
_EXACT = 1e-6


@dataclass(frozen=True)
class Diagnosis:
    """A description of a wrong answer, to follow "your result"."""

    text: str
    misconception: str


def diagnose(
    actual: Array, expected: Array, *, N: int | None = None, rtol: float = 1e-7, atol: float = 1e-9
) -> Diagnosis | None:
    """Say what a wrong answer of the right shape looks like, or None.

    `N` is the batch size, where the mean over a batch could have been forgotten.
    """
    actual, expected = wide(actual), wide(expected)
    if not (np.isfinite(actual).all() and np.isfinite(expected).all()) or expected.size == 0:
        return None
    scale = float(np.abs(expected).max())
    if scale <= atol:
        return None
    if float(np.abs(actual).max()) <= atol:
        zero = "is zero" if expected.size == 1 else "is zero everywhere"
        return Diagnosis(f"{zero}: is it filled in, and not too small for a float?", "zeros")
    with np.errstate(all="ignore"):
        return (
            _factor(actual, expected, N=N, scale=scale)
            or _transposed(actual, expected, rtol=rtol, atol=atol)
            or _only_first(actual, expected, rtol=rtol, atol=atol)
            or _offset(actual, expected, scale=scale)
        )


def diagnose_shape(actual: Array, expected: Array, *, rtol: float, atol: float) -> Diagnosis:
    """Say how an array of another shape relates to the expected one."""
    got, want = actual.shape, expected.shape
    plain = f"has shape {got}, expected {want}"

    def agrees(array: Array) -> bool:
        if array.shape != want:
            return False
        return bool(same_values(wide(array), wide(expected), rtol=rtol, atol=atol).all())

    if actual.ndim >= 2 and got == want[::-1]:
        if agrees(actual.T):
            return Diagnosis(f"{plain}: this is its transpose", "transpose")
        return Diagnosis(f"{plain}: the axes are the other way round", "shape")
    if actual.size == expected.size:
        if actual.ndim < expected.ndim and agrees(actual.reshape(want)):
            return Diagnosis(f"{plain}: the numbers are right but flattened", "shape")
        if np.squeeze(actual).shape == np.squeeze(expected).shape:
            what = "an axis of length 1 too many" if len(got) > len(want) else "an axis is missing"
            return Diagnosis(f"{plain}: {what}", "shape")
    for axis in range(actual.ndim):
        rest = got[:axis] + got[axis + 1 :]
        if rest != want:
            continue
        # Summed in the wide type, not made wide: the axis too many may be millions long.
        total = np.asarray(actual.sum(axis, dtype=wide_type(actual)))
        if agrees(total) or agrees(total / max(got[axis], 1)):
            step = "summed" if agrees(total) else "averaged"
            where = "the batch (axis 0)" if axis == 0 else f"axis {axis}"
            return Diagnosis(f"{plain}: it still has to be {step} over {where}", "not-summed")
        return Diagnosis(f"{plain}: is a sum or mean over axis {axis} missing?", "shape")
    if actual.ndim == 0 and expected.ndim > 0:
        return Diagnosis(f"is a single number, expected shape {want}", "shape")
    return Diagnosis(plain, "shape")


def _factor(actual: Array, expected: Array, *, N: int | None, scale: float) -> Diagnosis | None:
    significant = np.abs(expected) > 1e-9 * scale
    if np.any(np.abs(actual[~significant]) > _EXACT * scale):
        return None
    top = expected[significant]
    ratios = actual[significant] / top
    ratio = complex(ratios[int(np.argmax(np.abs(top)))])
    if abs(ratio) < _EXACT or np.any(np.abs(ratios - ratio) > _EXACT * abs(ratio)):
        return None
    # One entry has a ratio to anything; a named one counts as meant unless both numbers
    # are round and may meet by chance, as 2 and 1 do.
    several = int(significant.sum()) > 1
    if not several and _is_round(expected[significant][0]):
        return None
    for factor, text, slug in _named_factors(N):
        if abs(ratio - factor) <= _EXACT * abs(factor):
            return Diagnosis(text, slug)
    distinct = several and np.ptp(np.abs(top)) > 1e-3 * scale
    if distinct and abs(ratio.imag) < _EXACT and abs(ratio.real - 1) > _EXACT:
        # In a hidden check the factor would spell what was put in.
        size = told(f": {ratio.real:.6g}")
        return Diagnosis(f"is the expected one times a constant{size}", "factor")
    return None


def _is_round(value: complex) -> bool:
    return abs(value) < 1e9 and complex(value * 4).real.is_integer()


def _named_factors(N: int | None) -> Iterator[tuple[float, str, str]]:
    """Yield factors with what is surely said of them: how an answer came by one, nobody knows."""
    times = "is the expected one times"
    yield -1.0, "has the opposite sign", "sign"
    batch = " or N, the size of the batch" if N == 2 else ""
    yield 2.0, f"{times} 2{batch}", "factor:2"
    yield 0.5, f"{times} ½{batch and ' or 1/N, N being the size of the batch'}", "factor:1/2"
    if N is not None and N not in (0, 1, 2):
        size = f", the size of the batch{told(f' (N={N})')}"
        yield float(N), f"{times} N{size}: is the mean over it missing?", "factor:N"
        yield 1 / N, f"{times} 1/N, N being{size[1:]}: is it divided by N too often?", "factor:1/N"
        yield -float(N), f"{times} −N{size}: look at the sign and the mean", "factor:-N"
        yield -1 / N, f"{times} −1/N, N being{size[1:]}: look at sign and mean", "factor:-1/N"
    yield -2.0, f"{times} −2: look at the sign, too", "factor:-2"
    yield -0.5, f"{times} −½: look at the sign, too", "factor:-1/2"


def _transposed(actual: Array, expected: Array, *, rtol: float, atol: float) -> Diagnosis | None:
    if expected.ndim != 2 or expected.shape[0] != expected.shape[1] or expected.shape[0] < 2:
        return None
    if same_values(actual.T, expected, rtol=rtol, atol=atol).all():
        return Diagnosis("is the transpose of what is expected", "transpose")
    return None


def _only_first(actual: Array, expected: Array, *, rtol: float, atol: float) -> Diagnosis | None:
    """Recognise an answer that is right for the first row (or column) and no other."""
    right = same_values(actual, expected, rtol=rtol, atol=atol)
    for axis, what in ((0, "row"), (1, "column")):
        if expected.ndim <= axis or expected.shape[axis] < 2:
            continue
        rows = np.moveaxis(right, axis, 0)
        values = np.moveaxis(expected, axis, 0)
        first_counts = bool(np.any(np.abs(values[0]) > atol))
        others_wrong = not rows[1:].reshape(len(rows) - 1, -1).all(axis=1).any()
        by_chance = len(rows) < 3 and values[0].size < 2
        if by_chance or not (rows[0].all() and first_counts and others_wrong):
            continue
        kind = "entry" if expected.ndim == 1 else what
        text = f"is right in the first {kind} only"
        # A loop is missing only where the others were never computed: left as they were made,
        # or copies of the first.
        first, *others = np.moveaxis(actual, axis, 0)
        made = np.reshape(others, -1)[0]
        if axis == 0 and (np.all(np.equal(others, made)) or np.all(np.equal(others, first))):
            text += f": is the loop over the {'others' if kind == 'entry' else 'batch'} missing?"
        return Diagnosis(text, f"first-{what}-only")
    return None


def _offset(actual: Array, expected: Array, *, scale: float) -> Diagnosis | None:
    difference = actual - expected
    shift = complex(difference.ravel()[0])
    if expected.size < 3 or np.ptp(np.abs(expected)) <= 1e-3 * scale:
        return None
    if abs(shift) <= _EXACT * scale or np.any(np.abs(difference - shift) > _EXACT * abs(shift)):
        return None
    return Diagnosis("differs from the expected one by the same amount everywhere", "offset")
