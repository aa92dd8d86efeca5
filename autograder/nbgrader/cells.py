"""Telling nbgrader's gradebook of an assignment: its name, due date and cells."""

from __future__ import annotations

import os
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.utils import is_grade, is_locked, is_solution, is_task
from sqlalchemy.exc import SQLAlchemyError

from autograder.course import Course
from autograder.errors import BuildError
from autograder.nbgrader.plain import is_generated, plain_sources
from autograder.nbgrader.release import SAVE_CELLS, release_notebook
from autograder.notebook import read_built

# The checksum of a cell, and the points of a task, which nbgrader leaves out of it.
_Fingerprint = tuple[str | None, float | None]


def save_cells(course: Course, name: str, solution: NotebookNode | None = None) -> None:
    """Make the gradebook know the assignment `name` as its solution notebooks describe it.

    Does nothing where it knows already. Raises CourseError where a notebook is not built,
    BuildError where the gradebook cannot be written or cells came or went after students handed
    in.
    """
    sources = _sources(course, name, solution)
    if course.gradebook_url.startswith("sqlite:///"):  # SQLite makes the file, but not the folder
        file = Path(course.gradebook_url.removeprefix("sqlite:///"))
        file.parent.mkdir(parents=True, exist_ok=True)
    try:
        with _nbgrader_commands(), Gradebook(course.gradebook_url, course.id) as gradebook:
            gradebook.update_or_create_assignment(name, **_about(course, name))
            saved, handed_in = _saved(gradebook, name)
            gone = saved.keys() - sources.keys()
            if gone and handed_in:
                raise BuildError(
                    f"students have handed in `{name}`, so its notebooks cannot go any more "
                    f"(gone: {', '.join(sorted(gone))})"
                )
            for notebook in gone:
                gradebook.remove_notebook(notebook, name)
        for notebook, source in sources.items():
            _save(course, name, notebook, source, saved.get(notebook), handed_in)
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or error)
        raise BuildError(
            f"the gradebook {course.gradebook} cannot be used: {reason}. If it was made by an "
            "older nbgrader, back it up and run `nbgrader db upgrade`"
        ) from error


def saved_sources(course: Course, name: str, notebook: str) -> dict[str, str]:
    """Return the text of a notebook's cells as the gradebook has them, hidden tests included."""
    with Gradebook(course.gradebook_url, course.id) as gradebook:
        try:
            found = gradebook.find_notebook(notebook, name)
        except MissingEntry:
            return {}
        return {cell.name: cell.source for cell in found.source_cells}


def _sources(course: Course, name: str, solution: NotebookNode | None) -> dict[str, NotebookNode]:
    """Return the instructor's version of every notebook, by name."""
    if course.is_plain(name):
        return plain_sources(course, name)
    return {name: solution or read_built(course.solution_dir(name) / f"{name}.ipynb")}


def _about(course: Course, name: str) -> dict[str, Any]:
    """Return what the gradebook keeps of an assignment as such.

    Of a plain one nbgrader's own entry stays, but for a due date that course.yml gives.
    """
    due = course.assignment(name).due
    if course.is_plain(name):
        return {} if due is None else {"duedate": due}
    return {"duedate": due, "course_id": course.id}


def _save(
    course: Course,
    name: str,
    notebook: str,
    source: NotebookNode,
    saved: dict[str, _Fingerprint] | None,
    handed_in: bool,
) -> None:
    if saved and course.is_plain(name) and is_generated(source):
        return  # What nbgrader wrote into it is in the gradebook only.
    before_saving = release_notebook(course, name, source, notebook=notebook, until=SAVE_CELLS)
    wanted = _checksums(before_saving)
    if wanted == saved:
        return
    known = saved or {}
    came, went = sorted(wanted.keys() - known.keys()), sorted(known.keys() - wanted.keys())
    changes = [f"{how}: {', '.join(ids)}" for how, ids in (("new", came), ("gone", went)) if ids]
    if handed_in and changes:
        raise BuildError(
            f"students have handed in `{name}`, so the gradebook's cells cannot come and go any "
            f"more ({'; '.join(changes)}). Keep the cells, or take the submissions out with "
            f"`nbgrader db assignment remove {name} --force`"
        )
    release_notebook(course, name, source, notebook=notebook, save=True)


def _saved(gradebook: Gradebook, name: str) -> tuple[dict[str, dict[str, _Fingerprint]], bool]:
    """Return what the gradebook has of each notebook's cells, and whether anyone handed in."""
    notebooks = gradebook.find_assignment(name).notebooks
    saved = {}
    for notebook in notebooks:
        points = {cell.name: cell.max_score for cell in notebook.task_cells}
        saved[notebook.name] = {
            cell.name: (cell.checksum, points.get(cell.name)) for cell in notebook.source_cells
        }
    return saved, any(notebook.submissions for notebook in notebooks)


def _checksums(notebook: NotebookNode) -> dict[str, _Fingerprint]:
    """Return the same of a notebook: answers cleared, hidden tests in place."""
    found = {}
    for cell in notebook.cells:
        if is_grade(cell) or is_solution(cell) or is_locked(cell) or is_task(cell):
            marks = cell.metadata.nbgrader
            points = float(marks.points) if is_task(cell) else None
            found[marks.grade_id] = (marks.get("checksum"), points)
    return found


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
