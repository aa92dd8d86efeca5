"""Submissions made from an assignment's released notebook, for tests."""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from autograder.course import Course
from autograder.notebook import grade_id_of, with_sources

RIGHT = {
    "double": "def double(x):\n    return 2 * x",
    "mean": "def mean(x):\n    return sum(x) / len(x)",
}


def released(course: Course, name: str = "tiny") -> NotebookNode:
    return nbformat.read(course.release_dir(name) / f"{name}.ipynb", as_version=4)


def answered(course: Course, name: str = "tiny", **sources: str) -> NotebookNode:
    """The released notebook with these cells answered."""
    return with_sources(released(course, name), sources)


def named(notebook: NotebookNode, grade_id: str) -> NotebookNode:
    """The cell of that name."""
    return next(cell for cell in notebook.cells if grade_id_of(cell) == grade_id)


def with_cell(notebook: NotebookNode, source: str, *, before: str) -> NotebookNode:
    """The notebook with a cell of the student's own before the cell called `before`."""
    changed = with_sources(notebook, {})
    changed.cells.insert(changed.cells.index(named(changed, before)), new_code_cell(source))
    return changed


def hand_in(
    course: Course, student: str, content: NotebookNode | str | bytes, name: str = "tiny"
) -> Path:
    """Put a notebook, or whatever bytes, where students hand in."""
    folder = course.submitted_dir / student / name
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.ipynb"
    if isinstance(content, bytes):
        path.write_bytes(content)
    elif isinstance(content, str):
        path.write_text(content, encoding="utf-8")
    else:
        nbformat.write(content, path)
    return path
