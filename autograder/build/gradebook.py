"""Telling nbgrader's gradebook of an assignment: its name, due date and cells."""

from __future__ import annotations

import os
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nbformat import NotebookNode
from nbgrader.api import Gradebook, MissingEntry
from sqlalchemy.exc import SQLAlchemyError

from autograder.build.release import release_notebook
from autograder.course import Course
from autograder.errors import BuildError
from autograder.notebook import load_notebook


def save_cells(course: Course, name: str, solution: NotebookNode | None = None) -> None:
    """Make the gradebook know the assignment `name` as its solution notebook describes it.

    Does nothing where it knows already. Raises BuildError where the notebook is not built,
    the gradebook cannot be written, or cells came or went after students handed in.
    """
    if solution is None:
        path = course.solution_dir(name) / f"{name}.ipynb"
        if not path.exists():
            raise BuildError(f"{path} is not there yet: run `autograder build {name}` first")
        solution = load_notebook(path)
    _make_folder(course.gradebook_url)
    try:
        with _nbgrader_commands(), Gradebook(course.gradebook_url, course.id) as gradebook:
            due = course.assignment(name).due
            gradebook.update_or_create_assignment(name, duedate=due, course_id=course.id)
            saved, handed_in = _saved(gradebook, name)
        _save(course, name, solution, saved, handed_in)
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or error)
        raise BuildError(
            f"the gradebook {course.gradebook} cannot be used: {reason}. If it was made by an "
            "older nbgrader, back it up and run `nbgrader db upgrade`"
        ) from error


def _save(
    course: Course, name: str, solution: NotebookNode, saved: dict[str, str], handed_in: bool
) -> None:
    wanted = _checksums(course, name, solution)
    if wanted == saved:
        return
    came, went = sorted(wanted.keys() - saved.keys()), sorted(saved.keys() - wanted.keys())
    if handed_in and (came or went):
        changes = [f"new: {', '.join(came)}"] * bool(came) + [f"gone: {', '.join(went)}"] * bool(
            went
        )
        raise BuildError(
            f"students have handed in `{name}`, so the gradebook's cells cannot come and go any "
            f"more ({'; '.join(changes)}). Keep the cells, or take the submissions out with "
            f"`nbgrader db assignment remove {name} --force`"
        )
    release_notebook(course, name, solution, save=True)


def _saved(gradebook: Gradebook, name: str) -> tuple[dict[str, str], bool]:
    """Return the checksums of the cells that the gradebook has, and whether anyone handed in."""
    try:
        notebook = gradebook.find_notebook(name, name)
    except MissingEntry:
        return {}, False
    cells = {cell.name: cell.checksum for cell in notebook.source_cells}
    return cells, bool(notebook.submissions)


def _checksums(course: Course, name: str, solution: NotebookNode) -> dict[str, str]:
    """Return the checksums as SaveCells stores them: answers cleared, hidden tests in place."""
    from nbgrader.utils import compute_checksum

    released = {
        cell.metadata.nbgrader.grade_id: cell
        for cell in release_notebook(course, name, solution).cells
        if "nbgrader" in cell.metadata
    }
    checksums = {}
    for cell in solution.cells:
        if "nbgrader" in cell.metadata:
            marks = cell.metadata.nbgrader
            as_saved = released[marks.grade_id] if marks.solution else cell
            checksums[marks.grade_id] = compute_checksum(as_saved)
    return checksums


def _make_folder(url: str) -> None:
    """Make the folder of a SQLite file: SQLite makes the file, but not the folder."""
    if url.startswith("sqlite:///"):
        Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)


@contextmanager
def _nbgrader_commands() -> Iterator[None]:
    """Let nbgrader find `alembic`, which it runs by name when it makes a new gradebook.

    It stands beside the running Python, but nobody has to have that folder on their PATH.
    """
    before = os.environ.get("PATH", os.defpath)
    os.environ["PATH"] = sysconfig.get_path("scripts") + os.pathsep + before
    try:
        yield
    finally:
        os.environ["PATH"] = before
