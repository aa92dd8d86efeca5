"""The master script of an assignment as a notebook: metadata filled in, mistakes named by line."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from autograder.errors import BuildError
from autograder.notebook import (
    NOTEBOOK_METADATA,
    foreign_kernel,
    nbgrader_of,
    node,
    role_of,
    tasks_of,
)
from autograder.notebook.answers import ALL, HIDDEN_TESTS, MARK_SCHEME, SOLUTION, Region, regions

_MARKS = ("grade_id", "grade", "solution", "locked", "task", "points")
_KEPT = ("nbgrader", "tags", "jupyter", "slideshow")
_JUPYTEXT = ("title", "lines_to_next_cell", "lines_to_end_of_cell_marker", "cell_marker")
_GRADE_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")
_CHECK = re.compile(r"^check\(", re.MULTILINE)


@dataclass(frozen=True)
class Master:
    """A master script as a notebook without outputs; `lines` holds each cell's line numbers."""

    path: Path
    notebook: NotebookNode
    lines: tuple[tuple[int, ...], ...]

    def where(self, cell: int, line: int = 0) -> str:
        """Return the place in the script of a cell's line, both counted from 0."""
        numbers = self.lines[cell]
        return f"{self.path.name}, line {numbers[min(line, len(numbers) - 1)]}"


def read_master(path: Path) -> Master:
    """Read a jupytext percent script with nbgrader metadata on its cell lines.

    Metadata may be short: what is left out of grade, solution, locked and task is filled in.
    Raises BuildError with every mistake, one in a line.
    """
    import jupytext

    try:
        text = path.read_text(encoding="utf-8")
        notebook = jupytext.reads(text, fmt="py:percent")
    except FileNotFoundError:
        raise BuildError(f"there is no master {path}") from None
    except Exception as error:  # jupytext has no error of its own for a script it cannot read
        reason = str(error).strip().partition("\n")[0]
        raise BuildError(f"{path} cannot be read as a percent script: {reason}") from error
    kernel = foreign_kernel(notebook)
    if kernel is not None:
        raise BuildError(f"{path} is not in Python ({kernel}): only Python notebooks are marked")
    master = Master(path, notebook, _line_numbers(text, notebook))
    problems = [
        f"{master.where(index)}: {problem}"
        for index, cell in enumerate(notebook.cells)
        for problem in _complete(cell)
    ]
    if not problems:
        problems = [f"{master.where(i, line)}: {what}" for i, line, what in _mistakes(notebook)]
    if problems:
        raise BuildError("\n".join(problems))
    for number, cell in enumerate(notebook.cells, start=1):
        cell.id = nbgrader_of(cell).get("grade_id", f"cell-{number:03}")
    notebook.metadata = node(NOTEBOOK_METADATA)
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    return master


def _complete(cell: NotebookNode) -> Iterator[str]:
    """Fill in a cell's nbgrader metadata and drop jupytext's own; yield what is wrong with it."""
    metadata = cell.metadata
    wrong = metadata.get("incorrectly_encoded_metadata")
    title = str(metadata.get("title", ""))
    if wrong is not None or "=" in title or "{" in title:
        yield (
            f"the metadata `{wrong or title}` is not read: after `# %%` write JSON, as in "
            'nbgrader={"grade_id": "mlp", "solution": true}'
        )
        return
    for key in metadata:
        if key not in (*_KEPT, *_JUPYTEXT):
            yield f"unknown cell metadata `{key}`{_hint(key, _KEPT)}"
    marks = metadata.get("nbgrader")
    kept = {key: metadata[key] for key in _KEPT if key in metadata}
    if marks is not None:
        if not isinstance(marks, dict):
            yield 'nbgrader metadata is a mapping such as nbgrader={"grade_id": "mlp"}'
            return
        yield from _wrong_marks(marks)
        kept["nbgrader"] = _completed(marks, cell.cell_type)
    cell.metadata = node(kept)


def _wrong_marks(marks: dict[str, Any]) -> Iterator[str]:
    grade_id = marks.get("grade_id")
    if not (isinstance(grade_id, str) and _GRADE_ID.fullmatch(grade_id)):
        yield f"grade_id is 1 to 64 letters, digits, - or _, got {grade_id!r}"
    for key, value in marks.items():
        if key not in _MARKS:
            yield f"unknown nbgrader metadata `{key}`{_hint(key, _MARKS)}"
        elif key not in ("grade_id", "points") and not isinstance(value, bool):
            yield f"nbgrader metadata `{key}` is true or false, got {value!r}"
    points = marks.get("points")
    if marks.get("grade") or marks.get("task"):
        if isinstance(points, bool) or not isinstance(points, int | float) or points < 0:
            yield f"cell `{grade_id}` is graded, so it needs points of 0 or more, got {points!r}"
    elif points is not None:
        yield f'cell `{grade_id}` has points but no "grade": true'
    if not any(marks.get(key) is True for key in ("grade", "solution", "locked", "task")):
        yield f'cell `{grade_id}` is nothing: say "solution", "grade", "locked" or "task": true'


def _completed(marks: dict[str, Any], cell_type: str) -> dict[str, Any]:
    grade, solution = bool(marks.get("grade")), bool(marks.get("solution"))
    full = {
        "cell_type": cell_type,
        "grade": grade,
        "grade_id": marks.get("grade_id"),
        "locked": marks.get("locked", grade and not solution),
        "schema_version": 3,
        "solution": solution,
        "task": bool(marks.get("task")),
    }
    return full | {"points": marks["points"]} if "points" in marks else full


def _hint(word: str, known: tuple[str, ...]) -> str:
    close = difflib.get_close_matches(word, known, n=1)
    return f"; did you mean `{close[0]}`?" if close else f"; known are {', '.join(known)}"


def _mistakes(notebook: NotebookNode) -> Iterator[tuple[int, int, str]]:
    """Yield cell, line in the cell and text of each mistake in roles, regions and tasks."""
    seen: set[str] = set()
    open_answers: dict[str, int] = {}
    for index, cell in enumerate(notebook.cells):
        role = role_of(cell)
        marks = nbgrader_of(cell)
        name = marks.get("grade_id")
        if name in seen:
            yield index, 0, f"the grade_id `{name}` is taken by the cell before it"
        elif name is not None:
            seen.add(name)
        try:
            found = [region for kind in ALL for region in regions(cell.source, kind)]
        except BuildError as error:
            yield index, 0, str(error)
        else:
            yield from ((index, line, what) for line, what in _misplaced(cell, found))
        if role == "solution":
            open_answers[str(name)] = index
        elif role == "test":
            open_answers.clear()
    for name, index in open_answers.items():
        yield index, 0, f"solution cell `{name}` is followed by no test cell"
    tasks = [task.id for task in tasks_of(notebook)]
    for twice in sorted({task for task in tasks if tasks.count(task) > 1}):
        yield 0, 0, f"the task `{twice}` has two test cells"
    if not tasks:
        yield 0, 0, 'no cell has points: a task ends with a cell that says "grade": true'


def _misplaced(cell: NotebookNode, found: list[Region]) -> Iterator[tuple[int, str]]:
    """Yield what does not fit together between a cell's type, its role and its regions."""
    role = role_of(cell)
    marks = nbgrader_of(cell)
    name = marks.get("grade_id")
    for region in found:
        if region.kind == SOLUTION and not marks.get("solution"):
            yield region.begin, 'a solution region outside a cell with "solution": true'
        elif region.kind == HIDDEN_TESTS and role != "test":
            yield region.begin, "a region of hidden tests outside a test cell"
        elif region.kind == MARK_SCHEME and role != "manual":
            yield region.begin, "a mark scheme outside a cell that a person marks"
    if role == "solution" and cell.cell_type != "code":
        yield 0, f'answer `{name}` is text: add "grade": true and points, a person marks it'
    elif role == "solution" and not any(region.kind == SOLUTION for region in found):
        # Without a region nbgrader blanks the whole cell, signature and contract included.
        yield (
            0,
            f"solution cell `{name}` has no ### BEGIN SOLUTION … ### END SOLUTION; students "
            "would get an empty cell (put the lines around everything if that is meant)",
        )
    elif role == "test" and cell.cell_type != "code":
        yield 0, f'graded text cell `{name}` needs "solution": true'
    elif marks.get("task") and cell.cell_type != "markdown":
        yield 0, f"task cell `{name}` has to be text"
    calls = role == "test" and _CHECK.search(cell.source)
    if calls and not any(task.kind == "checks" for task in tasks_of(node({"cells": [cell]}))):
        yield 0, f'test cell `{name}` calls check in another form than check("<task>")'


def _line_numbers(text: str, notebook: NotebookNode) -> tuple[tuple[int, ...], ...]:
    """Return the script's line number of every source line of every cell, counted from 1.

    Text lines stand in the script behind a `#`, as do magics; a line that is not found
    keeps the number of the one before.
    """
    script = text.splitlines()
    position = 0
    numbers = []
    for cell in notebook.cells:
        found = []
        for line in cell.source.split("\n"):
            wanted = {line.rstrip(), f"# {line}".rstrip(), f"#{line}".rstrip()}
            for ahead in range(position, len(script)):
                if script[ahead].rstrip() in wanted:
                    position = ahead + 1
                    break
            found.append(max(position, 1))
        numbers.append(tuple(found))
    return tuple(numbers)
