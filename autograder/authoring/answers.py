"""The solution's answers as a student would hand them in."""

from __future__ import annotations

from nbformat import NotebookNode

from autograder.nbgrader.regions import MARK_SCHEME, SOLUTION, regions
from autograder.notebook import grade_id_of, nbgrader_of


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
    lines = source.split("\n")
    inside: set[int] = set()
    dropped: set[int] = set()
    for region in regions(source, MARK_SCHEME):
        dropped.update(range(region.begin, region.end + 1))
    found = regions(source, SOLUTION)
    for region in found:
        inside.update(range(region.begin + 1, region.end))
        dropped |= {region.begin, region.end}
    kept = [(at, line) for at, line in enumerate(lines) if at not in dropped]
    ours = (number for number, (at, _) in enumerate(kept, 1) if at in inside or not found)
    return "\n".join(line for _, line in kept), frozenset(ours)
