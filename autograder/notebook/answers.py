"""The solution's answers as a student would hand them in.

What only instructors see in a cell stands in regions, between a BEGIN and an END line.
"""

from __future__ import annotations

from dataclasses import dataclass

from nbformat import NotebookNode

from autograder.errors import BuildError
from autograder.notebook import grade_id_of, nbgrader_of

SOLUTION = "SOLUTION"
HIDDEN_TESTS = "HIDDEN TESTS"
MARK_SCHEME = "MARK SCHEME"
ALL = (SOLUTION, HIDDEN_TESTS, MARK_SCHEME)


@dataclass(frozen=True)
class Region:
    """The lines of a cell from its BEGIN line to its END line, both included, from 0."""

    kind: str
    begin: int
    end: int


def answers_of(solution: NotebookNode) -> dict[str, str]:
    """Return the answers of a solution notebook by their grade_id."""
    return {
        grade_id: answer_of(cell.source)[0]
        for cell in solution.cells
        if nbgrader_of(cell).get("solution") and (grade_id := grade_id_of(cell)) is not None
    }


def answer_of(source: str) -> tuple[str, frozenset[int]]:
    """Return a solution cell as a student would hand it in, and the lines that are the answer's.

    The mark scheme and the marks of the solution are left out. The lines count from 1; in a
    cell without such marks they are all the answer's.
    """
    found = regions(source, SOLUTION)
    inside = {at for region in found for at in range(region.begin + 1, region.end)}
    dropped = {at for region in found for at in (region.begin, region.end)}
    for region in regions(source, MARK_SCHEME):
        dropped.update(range(region.begin, region.end + 1))
    kept = [(at, line) for at, line in enumerate(source.split("\n")) if at not in dropped]
    ours = (number for number, (at, _) in enumerate(kept, 1) if at in inside or not found)
    return "\n".join(line for _, line in kept), frozenset(ours)


def regions(source: str, kind: str) -> list[Region]:
    """Return the regions of one kind; BuildError where BEGIN and END do not pair up."""
    found = []
    begin: int | None = None
    for number, line in enumerate(source.split("\n")):
        if f"BEGIN {kind}" in line:
            if begin is not None:
                raise BuildError(f"BEGIN {kind} within BEGIN {kind}")
            begin = number
        elif f"END {kind}" in line:
            if begin is None:
                raise BuildError(f"END {kind} without BEGIN {kind}")
            found.append(Region(kind, begin, number))
            begin = None
    if begin is not None:
        raise BuildError(f"BEGIN {kind} without END {kind}")
    return found
