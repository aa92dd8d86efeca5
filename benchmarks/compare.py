"""Do the graders agree? Scores cell by cell, and a sentence for each that differs."""

from __future__ import annotations

from dataclasses import dataclass

from autograder.checks import number
from benchmarks.graders import Scores

# Scores pass through text with two decimals where a cell shows them.
_TOLERANCE = 0.0051


@dataclass(frozen=True)
class Comparison:
    """Two graders' scores of one class.

    `agree` counts the students whose cells all have the same points; `unmarked` are those
    whom the other grader gave no score. `public_agree` counts those that are alike when only
    what both have run is counted.
    """

    students: int
    agree: int
    public_agree: int
    unmarked: tuple[str, ...]
    differences: tuple[str, ...]


def compare(ours: Scores, public: Scores, theirs: Scores, name: str) -> Comparison:
    """Compare our scores with those of the grader `name`, for the students in `ours`.

    Cells that the other does not know are left out: they are not in its form of the assignment.
    """
    both = [student for student in ours if student in theirs]
    differences = []
    agree = public_agree = 0
    for student in both:
        different = _different(ours[student], theirs[student])
        agree += not different
        public_agree += not _different(public[student], theirs[student])
        differences += [
            f"{student}, {cell}: {_points(ours[student].get(cell))} from us, "
            f"{_points(theirs[student][cell])} from {name}"
            for cell in different
        ]
    unmarked = tuple(student for student in ours if student not in theirs)
    return Comparison(len(ours), agree, public_agree, unmarked, tuple(differences))


def _different(ours: dict[str, float | None], theirs: dict[str, float | None]) -> list[str]:
    return [cell for cell, points in theirs.items() if not _same(ours.get(cell), points)]


def _same(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) < _TOLERANCE


def _points(points: float | None) -> str:
    return "nothing yet" if points is None else number(points)
