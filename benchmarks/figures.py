"""From single runs to figures: per notebook, per further notebook, and how many times less."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.checks import number
from benchmarks.usage import Usage

KINDS = ("cpu_seconds", "wall_seconds")
Seconds = NDArray[np.float64]
"""Seconds of CPU and seconds by the clock."""
Spread = dict[str, float]
# Points by student and by the grade_id of the cell that shows them; None waits for a person.
Scores = dict[str, dict[str, float | None]]
# Scores pass through text with two decimals where a cell shows them.
_TOLERANCE = 0.0051


@dataclass(frozen=True)
class Run:
    """One class marked once by one grader; `marked` is for how many it found a score."""

    repeat: int
    notebooks: int
    marked: int
    usage: Usage

    @property
    def seconds(self) -> Seconds:
        """The seconds of the whole run."""
        return np.array([self.usage.cpu_seconds, self.usage.wall_seconds])

    def to_dict(self) -> dict[str, Any]:
        """Return the raw figures."""
        about = {"repeat": self.repeat, "notebooks": self.notebooks, "marked": self.marked}
        return {**about, "cpu_seconds": self.usage.cpu_seconds, **asdict(self.usage)}


def summary(runs: Sequence[Run]) -> dict[str, Any]:
    """Return one grader's figures.

    `per_notebook` is the whole run divided by the notebooks, for each size of a class.
    `marginal` is what a further notebook costs and `fixed` what remains for none: the line
    through the smallest and the largest class of each repeat.
    """
    repeats = _repeats(runs)
    lines = [_line(repeat) for repeat in repeats]
    return {
        "per_notebook": [
            {"notebooks": size, **_spreads(repeat[size] / size for repeat in repeats)}
            for size in sorted(repeats[0])
        ],
        "marginal": _spreads(each for _, each in lines),
        "fixed": _spreads(fixed for fixed, _ in lines),
    }


def overhead(ours: Sequence[Run], cells: Sequence[Run]) -> Spread | None:
    """Return CPU seconds of ours for a further notebook beyond those of its cells."""
    pairs = zip(_repeats(ours), _repeats(cells), strict=True)
    return _spreads(_line(us)[1] - _line(them)[1] for us, them in pairs)["cpu_seconds"]


def ratios(ours: Sequence[Run], theirs: Sequence[Run]) -> dict[str, Any]:
    """Return how many times as much the other grader uses; each ratio within one repeat.

    `per_notebook` compares classes of one size, both measured. `class` compares our largest
    class as measured with the other's line (fixed + notebooks × marginal) at that size.
    """
    pairs = list(zip(_repeats(ours), _repeats(theirs), strict=True))
    us, them = pairs[0]
    common, largest = sorted(us.keys() & them.keys()), max(us)
    predicted, marginal = [], []
    for us, them in pairs:
        fixed, each = _line(them)
        predicted.append((fixed + largest * each) / us[largest])
        own = _line(us)[1]
        marginal.append(np.divide(each, own, out=np.full(2, np.nan), where=own > 0))
    return {
        "per_notebook": [
            {"notebooks": size, **_spreads(them[size] / us[size] for us, them in pairs)}
            for size in common
        ],
        "marginal": _spreads(marginal),
        "class": {
            "notebooks": largest,
            "extrapolated": largest not in common,
            **_spreads(predicted),
        },
    }


def compare(ours: Scores, public: Scores, theirs: Scores, name: str) -> dict[str, Any]:
    """Return how our scores compare with those of the grader `name`, for the students in `ours`.

    `agree` counts the students whose cells all have the same points; `public_agree` those that
    are alike when only our `public` checks count; `unmarked` are those whom the other gave no
    score. Cells that the other does not know are left out: its form of the assignment lacks them.
    """
    both = [student for student in ours if student in theirs]
    different = {student: _different(ours[student], theirs[student]) for student in both}
    return {
        "students": len(ours),
        "agree": sum(not cells for cells in different.values()),
        "public_agree": sum(not _different(public[each], theirs[each]) for each in both),
        "unmarked": [student for student in ours if student not in theirs],
        "differences": [
            f"{student}, {cell}: {_points(ours[student].get(cell))} from us, "
            f"{_points(theirs[student][cell])} from {name}"
            for student, cells in different.items()
            for cell in cells
        ],
    }


def _repeats(runs: Sequence[Run]) -> list[dict[int, Seconds]]:
    """Return the seconds of each repeat by the size of the class."""
    numbers = sorted({run.repeat for run in runs})
    return [{r.notebooks: r.seconds for r in runs if r.repeat == number} for number in numbers]


def _line(repeat: dict[int, Seconds]) -> tuple[Seconds, Seconds]:
    """Return what no notebook and what each further one costs, within one repeat.

    A grader that was run on one size of class starts anew for each notebook: all is marginal.
    """
    small, large = min(repeat), max(repeat)
    if small == large:
        return np.zeros(2), repeat[large] / large
    each = (repeat[large] - repeat[small]) / (large - small)
    return repeat[small] - small * each, each


def _spreads(values: Iterable[Seconds]) -> dict[str, Spread | None]:
    """Return smallest, middle and largest of each kind; None where no value is a number."""
    columns = zip(KINDS, np.array(list(values)).T.tolist(), strict=True)
    numbers = {kind: [v for v in column if not math.isnan(v)] for kind, column in columns}
    return {
        kind: {"min": min(found), "median": median(found), "max": max(found)} if found else None
        for kind, found in numbers.items()
    }


def _different(ours: dict[str, float | None], theirs: dict[str, float | None]) -> list[str]:
    return [cell for cell, points in theirs.items() if not _same(ours.get(cell), points)]


def _same(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) < _TOLERANCE


def _points(points: float | None) -> str:
    return "nothing yet" if points is None else number(points)
