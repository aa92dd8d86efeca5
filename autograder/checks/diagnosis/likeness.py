"""Compare two notebooks' answers to a check, and weigh what they have in common.

Numbers are alike when they differ by no more than 1e-4 of the largest in their array, and by
no more than a thousandth of what the wrong answer is away from the right one: float32 and another
order of summation are let through, another mistake is not. What speaks for a mistake are numbers
that are wrong in the same way. Zeros, round numbers, NaN, truth values and exceptions can
be wrong for many reasons; they are counted apart.
"""

from __future__ import annotations

import math
from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.checks.author.values import Array, to_array, wide
from autograder.checks.diagnosis.record import Event, Unknown
from autograder.checks.results import CheckFailed

_CLOSE = 1e-4
_NEARER = 1e-3
# What is nearer to the right answer is right, for all that can be said here.
_SAME = 1e-9
_ROUNDING = 2e-14
_ABSENT = object()


@dataclass
class Evidence:
    """Counts of what is wrong in both alike: `numbers` that nobody guesses, and everything else."""

    numbers: int = 0
    others: int = 0

    def __bool__(self) -> bool:
        return bool(self.numbers or self.others)

    def __iadd__(self, other: Evidence) -> Evidence:
        self.numbers += other.numbers
        self.others += other.others
        return self


@np.errstate(all="ignore")
def likeness(
    answers: Sequence[Event], wrong: Sequence[Event], right: Sequence[Event]
) -> Evidence | None:
    """Compare the answers to one check with known wrong ones, given the right ones.

    Returns None where they differ, and else what they have in common that is not right.
    """
    if [(e.kind, e.label) for e in answers] != [(e.kind, e.label) for e in wrong]:
        return None
    evidence = Evidence()
    comparable = True
    truths: dict[tuple[str, str], deque[Event]] = defaultdict(deque)
    for event in right:
        truths[event.kind, event.label].append(event)
    for mine, theirs in zip(answers, wrong, strict=True):
        a, b = _plain(mine.value), _plain(theirs.value)
        # A loop may call back more often or less. After a wrong answer, though, a check may ask
        # something else than after the right one.
        alike = truths[theirs.kind, theirs.label]
        truth = alike.popleft() if alike else None
        comparable &= truth is not None
        found = Evidence()
        if not _alike(a, b, _plain(truth.value) if truth and comparable else b, found):
            return None
        if comparable:
            evidence += found
            comparable = not found
    if not evidence and not (comparable and len(wrong) == len(right)):
        evidence.others += 1
    return evidence


def _plain(value: Any) -> Any:
    """Return arrays in float64 for whatever is numbers, in tuples and dictionaries."""
    if isinstance(value, bool | np.bool_):
        return bool(value)
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    try:
        return wide(to_array(value))
    except CheckFailed:
        return Unknown()  # too large
    except TypeError:
        return tuple(map(_plain, value)) if isinstance(value, list | tuple) else value


def _alike(mine: Any, theirs: Any, truth: Any, evidence: Evidence) -> bool:
    """Compare two values, and add what both are wrong in to the evidence."""
    if isinstance(mine, tuple) or isinstance(theirs, tuple):
        a, b = _parts(mine), _parts(theirs)
        if a is None or b is None or len(a) != len(b):
            return False
        c = list(_parts(truth) or ())
        evidence.others += len(c) != len(b)
        c += [_ABSENT] * (len(b) - len(c))
        return all(_alike(*parts, evidence) for parts in zip(a, b, c, strict=False))
    if isinstance(mine, dict) and isinstance(theirs, dict):
        if mine.keys() != theirs.keys():
            return False
        known = truth if isinstance(truth, dict) else {}
        return all(
            _alike(mine[key], theirs[key], known.get(key, _ABSENT), evidence) for key in theirs
        )
    if isinstance(mine, np.ndarray) and isinstance(theirs, np.ndarray):
        return _alike_arrays(mine, theirs, truth, evidence)
    if type(mine) is not type(theirs) or mine != theirs:
        return False
    evidence.others += type(truth) is not type(theirs) or bool(truth != theirs)
    return True


def _parts(value: Any) -> Sequence[Any] | None:
    if isinstance(value, np.ndarray):
        return list(value) if value.ndim else None
    return value if isinstance(value, tuple) else None


def _alike_arrays(mine: Array, theirs: Array, truth: Any, evidence: Evidence) -> bool:
    if mine.shape != theirs.shape:
        return False
    finite = np.isfinite(theirs)
    if not np.array_equal(mine[~finite], theirs[~finite], equal_nan=True):
        return False
    if not np.isfinite(mine[finite]).all():
        return False
    gap = np.zeros(theirs.shape)
    gap[finite] = np.abs(mine[finite] - theirs[finite])
    size = float(np.abs(theirs[finite]).max(initial=0.0))
    scale = size
    far = np.full(theirs.shape, math.inf)
    if not isinstance(truth, np.ndarray):
        evidence.others += 1
        return bool(gap.max(initial=0.0) <= _CLOSE * size)
    if truth.shape != theirs.shape:
        evidence.others += 1
    if truth.size == theirs.size:
        truth = truth.reshape(theirs.shape)
        both = finite & np.isfinite(truth)
        far[both] = np.abs(theirs[both] - truth[both])
        far[~finite & ~np.isfinite(truth)] = 0.0
        scale = max(size, float(np.abs(truth[both]).max(initial=0.0)))
    off = far > _SAME * scale
    if truth.shape == theirs.shape:
        # Far smaller than the largest, but far from what they should be.
        off |= (far > _ROUNDING * scale) & (far > _NEARER * np.abs(truth))
    farthest = float(far[off & np.isfinite(far)].max(initial=0.0)) or math.inf
    if gap.max(initial=0.0) > min(_CLOSE * size, _NEARER * farthest):
        return False
    telling = off & finite & ~_round(theirs)
    telling &= gap <= _NEARER * np.minimum(far, np.abs(theirs))
    evidence.numbers += int(telling.sum())
    evidence.others += int((off & ~telling).sum())
    return True


def _round(array: Array) -> Array:
    """Return which entries are small round numbers, such as zero, that may be met by chance."""
    return np.asarray((np.abs(array) < 1e6) & (array * 4 == np.round(array * 4)))
