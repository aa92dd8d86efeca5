"""Marks into nbgrader's gradebook: one transaction a submission.

nbgrader's own API commits once per cell and opens the database nine times a notebook, and
its models cost more than the marking of a small notebook when each mark becomes one. Here
its tables are filled row by row, so that its pages see nothing unusual.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader.api import (
    Comment,
    Grade,
    Gradebook,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
    new_uuid,
)
from nbgrader.utils import compute_checksum, is_solution
from sqlalchemy import Connection, Table, bindparam, insert, select, update

from autograder.course import Course
from autograder.files import write_atomically
from autograder.nbgrader.cells import save_cells
from autograder.nbgrader.late import penalty
from autograder.notebook import compact_bytes, grade_id_of, load_notebook, role_of, tasks_of

_PICTURES = (".png", ".jpg", ".jpeg", ".gif")

_STUDENT = Student.__table__
_SUBMISSION = SubmittedAssignment.__table__
_ENTRY = SubmittedNotebook.__table__
_GRADE = Grade.__table__
_COMMENT = Comment.__table__
_Values = dict[str, Any]
# Points of cells by the names of their notebook and their own; None waits for a person.
Points = Mapping[tuple[str, str], float | None]


@contextmanager
def open_gradebook(course: Course, name: str) -> Iterator[AssignmentGradebook]:
    """Yield the gradebook of assignment `name`, made if need be."""
    save_cells(course, name)
    with Gradebook(course.gradebook_url, course.id) as gradebook:
        yield AssignmentGradebook(gradebook, course, name)


@dataclass(frozen=True)
class _NotebookCells:
    """One notebook in a gradebook: its name, and cells' names by their ids."""

    name: str
    graded: Mapping[str, str]
    commented: Mapping[str, str]


class AssignmentGradebook:
    """The part of a gradebook that is about one assignment, whose cells stay as they are."""

    def __init__(self, gradebook: Gradebook, course: Course, name: str) -> None:
        self._database = gradebook.db
        self._policy = course.late_policy
        self._name = name
        self._autograded = course.autograded_dir
        assignment = gradebook.find_assignment(name)
        self._assignment: str = assignment.id
        self._due: datetime | None = assignment.duedate
        self._sheets = {
            notebook.id: _NotebookCells(
                notebook.name,
                {cell.id: cell.name for cell in (*notebook.grade_cells, *notebook.task_cells)},
                {cell.id: cell.name for cell in (*notebook.solution_cells, *notebook.task_cells)},
            )
            for notebook in assignment.notebooks
        }
        self._database.rollback()

    def record(
        self,
        student: str,
        points: Points,
        notebooks: Mapping[str, NotebookNode],
        submitted: datetime | None,
    ) -> None:
        """Write one submission into the gradebook; all of it or, on an error, nothing.

        A person's manual scores and comments stay; an answer or a machine score that changes
        under a manual one asks for another look. `notebooks` are the marked ones by name, without
        those that could not be read, and tell which answers are untouched; those that were marked
        before lie where `write_autograded` will put them. `submitted` is in naive UTC, or None
        when unknown.
        """
        with self._database.begin():
            connection = self._database.connection()
            submission, extension = self._submission(connection, student)
            _change(connection, _SUBMISSION, [(submission, {"timestamp": submitted})])
            late = _seconds_late(submitted, self._due, extension)
            entries = select(_ENTRY.c.id, _ENTRY.c.notebook_id).where(
                _ENTRY.c.assignment_id == submission
            )
            for entry, sheet_id in connection.execute(entries).all():
                sheet = self._sheets[sheet_id]
                scores = {
                    id: points.get((sheet.name, cell), 0.0) for id, cell in sheet.graded.items()
                }
                path = self._autograded / student / self._name / f"{sheet.name}.ipynb"
                notebook = notebooks.get(sheet.name)
                changed = partial(_changed, sheet, path, notebook)
                _put_scores(connection, entry, scores, changed)
                # Who is asked to look for an answer elsewhere is not told that there is none.
                asked = {cell for id, cell in sheet.graded.items() if scores[id] is None}
                silent = _unanswered(sheet, notebook)
                silent = {id for id in silent if sheet.commented[id] not in asked}
                _put_comments(connection, entry, silent)
                lost = 0.0
                if late:
                    # Its score is the database's sum.
                    score = select(SubmittedNotebook.score).where(SubmittedNotebook.id == entry)
                    lost = penalty(self._policy, self._database.execute(score).scalar_one(), late)
                _change(connection, _ENTRY, [(entry, {"late_submission_penalty": lost or None})])

    def _submission(self, connection: Connection, student: str) -> tuple[str, timedelta | None]:
        """Return a submission's id and the time it was given; make a new one if need be."""
        found = connection.execute(
            select(_SUBMISSION.c.id, _SUBMISSION.c.extension).where(
                _SUBMISSION.c.assignment_id == self._assignment, _SUBMISSION.c.student_id == student
            )
        ).first()
        if found is not None:
            return found.id, found.extension
        known = select(_STUDENT.c.id).where(_STUDENT.c.id == student)
        if connection.execute(known).first() is None:
            connection.execute(insert(_STUDENT), {"id": student})
        submission: str = new_uuid()
        row = {"id": submission, "assignment_id": self._assignment, "student_id": student}
        connection.execute(insert(_SUBMISSION), row)
        # Every cell that has a mark or a comment gets its place.
        for notebook, sheet in self._sheets.items():
            entry = new_uuid()
            row = {"id": entry, "assignment_id": submission, "notebook_id": notebook}
            connection.execute(insert(_ENTRY), row)
            for table, cells in ((_GRADE, sheet.graded), (_COMMENT, sheet.commented)):
                if cells:
                    rows = [{"notebook_id": entry, "cell_id": cell} for cell in cells]
                    connection.execute(insert(table), rows)
        return submission, None


def _put_scores(
    connection: Connection,
    entry: str,
    scores: Mapping[str, float | None],
    changed: Callable[[], Collection[str]],
) -> None:
    """Set the machine's scores of a notebook, given by the cells' ids.

    Of the cells with a manual score those that `changed` returns, and those whose score changes,
    need another look; the others keep what a person said of that.
    """
    rows = _rows(connection, _GRADE, entry, "manual_score", "auto_score", "needs_manual_grade")
    new = changed() if any(by_hand is not None for _, _, by_hand, _, _ in rows) else ()
    changes = []
    for row, cell, by_hand, before, look in rows:
        score = scores[cell]
        if by_hand is None:
            look = score is None
        elif score != before or cell in new:
            look = True
        changes.append((row, {"auto_score": score, "needs_manual_grade": look}))
    _change(connection, _GRADE, changes)


def _put_comments(connection: Connection, entry: str, unanswered: Collection[str]) -> None:
    """Say of the cells with these ids that there is no answer, and of no other."""
    changes = []
    for row, cell, said in _rows(connection, _COMMENT, entry, "auto_comment"):
        say = "No response." if cell in unanswered else None
        if say != said:
            changes.append((row, {"auto_comment": say}))
    _change(connection, _COMMENT, changes)


def _rows(connection: Connection, table: Table, entry: str, *columns: str) -> Sequence[Any]:
    """Return the id, the cell's id and these columns of every row of a notebook."""
    wanted = select(table.c.id, table.c.cell_id, *(table.c[column] for column in columns))
    return connection.execute(wanted.where(table.c.notebook_id == entry)).all()


def _change(connection: Connection, table: Table, rows: Sequence[tuple[str, _Values]]) -> None:
    """Set columns of rows, each named by its id."""
    if rows:
        query = update(table).where(table.c.id == bindparam("row"))
        connection.execute(query, [{"row": row, **values} for row, values in rows])


def _seconds_late(
    submitted: datetime | None, due: datetime | None, extension: timedelta | None
) -> float:
    if submitted is None or due is None:
        return 0.0
    return max(0.0, (submitted - due - (extension or timedelta())).total_seconds())


def _unanswered(sheet: _NotebookCells, notebook: NotebookNode | None) -> set[str]:
    """Return the ids of the cells that still read as they were released.

    Where there is no notebook these are all of them.
    """
    if notebook is None:
        return set(sheet.commented)
    untouched = {
        cell.metadata.nbgrader.grade_id
        for cell in notebook.cells
        if is_solution(cell) and cell.metadata.nbgrader.get("checksum") == compute_checksum(cell)
    }
    return {id for id, cell in sheet.commented.items() if cell in untouched}


def _changed(sheet: _NotebookCells, path: Path, notebook: NotebookNode | None) -> set[str]:
    """Return the ids of the graded cells whose answer is not the one that was marked before."""
    before, now = _answers(_marked_before(path)), _answers(notebook)
    return {id for id, cell in sheet.graded.items() if before.get(cell) != now.get(cell)}


def _marked_before(path: Path) -> NotebookNode | None:
    try:
        return load_notebook(path)
    except Exception:  # nbformat lets many kinds through; a person looks once more
        return None


def _answers(notebook: NotebookNode | None) -> dict[str, list[str]]:
    """Return the text of the cells that may answer each graded cell: its own and the student's."""
    if notebook is None:
        return {}
    named = {name: cell.source for cell in notebook.cells if (name := grade_id_of(cell))}
    own = [cell.source for cell in notebook.cells if role_of(cell) is None]
    return {
        task.test_cell: [*(named[cell] for cell in task.solution_cells), *own]
        for task in tasks_of(notebook)
    }


def write_autograded(
    course: Course, assignment: str, student: str, notebooks: Mapping[str, NotebookNode]
) -> None:
    """Put the marked notebooks where nbgrader's pages look for them, whole or not at all.

    One that was marked before and is missing now goes; pictures of a plain assignment come
    along, for its text shows them.
    """
    folder = course.autograded_dir / student / assignment
    for name in course.notebooks(assignment):
        if name not in notebooks:
            (folder / f"{name}.ipynb").unlink(missing_ok=True)
    for name, notebook in notebooks.items():
        write_atomically(folder / f"{name}.ipynb", compact_bytes(notebook))
    if course.is_plain(assignment):
        source = course.solution_dir(assignment)
        for path in source.rglob("*"):
            target = folder / path.relative_to(source)
            if path.suffix.lower() in _PICTURES and path.is_file() and not target.exists():
                write_atomically(target, path.read_bytes())
