"""A notebook as tasks: which cells answer, test or explain what."""

from __future__ import annotations

import copy
import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from nbformat import NotebookNode

from autograder.errors import CourseError

Role = Literal["provided", "solution", "added", "test", "manual"]

_LONGEST = 2000
_CHECK = re.compile(r"""^check\(\s*(["'])(?P<task>[^"'\\]+)\1\s*\)[ \t;]*(?:#.*)?$""", re.MULTILINE)


@dataclass(frozen=True)
class Problem:
    """Something about a submission that its student should know.

    `cell` is a label such as `"cell 7 (mlp)"`, or None where it is about the whole file;
    `kind` is a short slug; `message` is for the student and says what it costs. `notebook`
    names the notebook of an assignment that has several.
    """

    cell: str | None
    kind: str
    message: str
    notebook: str = ""
    costs_nothing: bool = False

    def __post_init__(self) -> None:
        # It may repeat what a student wrote, and ends on terminals as well as on pages.
        text = self.message[:_LONGEST]
        line = "".join(c if c.isprintable() else " " for c in text)
        object.__setattr__(self, "message", line)


@dataclass(frozen=True)
class Task:
    """One task: its points, the cell that shows them, the cells that answer.

    `kind` is `"checks"` for a test cell that reads `check("<id>")`, `"asserts"` for a plain
    nbgrader test cell, `"manual"` for an answer that a person marks.
    """

    id: str
    points: float
    test_cell: str
    solution_cells: tuple[str, ...]
    kind: Literal["checks", "manual", "asserts"]


def tasks_of(notebook: NotebookNode) -> tuple[Task, ...]:
    """Return the tasks of a released or solution notebook, in its order.

    A solution cell belongs to the first test cell after it.
    """
    tasks = []
    answers: list[str] = []
    for cell in notebook.cells:
        marks = nbgrader_of(cell)
        role = role_of(cell)
        name = str(marks.get("grade_id", ""))
        points = float(marks.get("points", 0))
        if role == "solution":
            answers.append(name)
        elif role == "manual":
            cells = (name,) if marks.get("solution") else ()
            tasks.append(Task(name, points, name, cells, "manual"))
        elif role == "test":
            checked = _CHECK.search(cell.source)
            task = checked["task"] if checked else name
            kind: Literal["checks", "asserts"] = "checks" if checked else "asserts"
            tasks.append(Task(task, points, name, tuple(answers), kind))
            answers = []
    return tuple(tasks)


def with_sources(notebook: NotebookNode, sources: Mapping[str, str]) -> NotebookNode:
    """Return a copy of `notebook` in which the cells named in `sources` have that text.

    Raises CourseError for a name that no cell has.
    """
    changed = copy.deepcopy(notebook)
    cells = {name: cell for cell in changed.cells if (name := grade_id_of(cell)) is not None}
    for name, source in sources.items():
        if name not in cells:
            close = difflib.get_close_matches(name, cells, n=1)
            hint = f"did you mean {close[0]!r}? " if close else ""
            raise CourseError(
                f"no cell is called {name!r}; {hint}the notebook has: {', '.join(cells)}"
            )
        cells[name].source = source
    return changed


def nbgrader_of(cell: NotebookNode) -> Mapping[str, Any]:
    """Return a cell's nbgrader metadata, empty where it has none."""
    marks = cell.metadata.get("nbgrader")
    return marks if isinstance(marks, Mapping) else {}


def grade_id_of(cell: NotebookNode) -> str | None:
    """Return the name that nbgrader knows a cell by, or None."""
    return nbgrader_of(cell).get("grade_id") if role_of(cell) is not None else None


def role_of(cell: NotebookNode) -> Role | None:
    """Return what a cell of a released notebook is for; None where nbgrader does not know it."""
    marks = nbgrader_of(cell)
    if not marks.get("grade_id"):
        return None
    if marks.get("task"):
        return "manual"
    if marks.get("solution"):
        return "manual" if marks.get("grade") else "solution"
    if marks.get("grade"):
        return "test"
    return "provided" if marks.get("locked") else None


def is_demo(cell: NotebookNode) -> bool:
    """Return whether a locked cell has the tag `demo`: it only shows something.

    No answer and no check needs it, so that it is run where its output is wanted and
    nowhere else.
    """
    tags = cell.metadata.get("tags")
    locked = nbgrader_of(cell).get("locked") and not nbgrader_of(cell).get("solution")
    return bool(locked) and isinstance(tags, list) and "demo" in tags
