"""Marks into nbgrader's gradebook: one transaction a submission.

nbgrader's own API commits once per cell and opens the database nine times a notebook;
here its tables are filled through its models, so that its pages see nothing unusual.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from nbformat import NotebookNode
from nbgrader.api import (
    BaseCell,
    Comment,
    Grade,
    Gradebook,
    MissingEntry,
    Notebook,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
)
from nbgrader.utils import compute_checksum, is_solution

from autograder.build import save_cells
from autograder.course import Course
from autograder.grading.late import penalty
from autograder.grading.report import Report
from autograder.notebook import compact_bytes

_PICTURES = (".png", ".jpg", ".jpeg", ".gif")


@contextmanager
def open_gradebook(course: Course, name: str) -> Iterator[Gradebook]:
    """The course's gradebook, made if need be, with the assignment `name` in it."""
    save_cells(course, name)
    with Gradebook(course.gradebook_url, course.id) as gradebook:
        yield gradebook


def record(
    gradebook: Gradebook,
    course: Course,
    report: Report,
    notebooks: Mapping[str, NotebookNode],
    submitted: datetime | None,
) -> None:
    """Write one report into the gradebook; all of it or, on an error, nothing.

    A person's manual scores and comments stay; a machine score that changes under a
    manual one asks for another look, as nbgrader does.

    Args:
        gradebook: as `open_gradebook` gives it.
        course: for the late policy.
        report: what to record.
        notebooks: the marked notebooks by name, for which answers are untouched; without
            those that could not be read.
        submitted: naive UTC, or None when unknown.
    """
    database = gradebook.db
    try:
        submission = _submission(gradebook, report, submitted)
        tasks = {(task.notebook, task.cell): task for task in report.tasks}
        for entry in submission.notebooks:
            notebook = notebooks.get(entry.name)
            untouched = _untouched(notebook)
            names = {cell.id: cell.name for cell in _cells(entry.notebook)}
            for grade in entry.grades:
                task = tasks.get((entry.name, names[grade.cell_id]))
                grade.auto_score = task.points if task is not None else 0.0
                grade.needs_manual_grade = grade.auto_score is None or (
                    grade.manual_score is not None
                )
            for comment in entry.comments:
                comment.auto_comment = (
                    "No response."
                    if notebook is None or names[comment.cell_id] in untouched
                    else None
                )
        late = submission.total_seconds_late
        if late:
            database.flush()
        for entry in submission.notebooks:
            lost = 0.0
            if late:
                database.refresh(entry)  # its score is the database's sum
                lost = penalty(course.late_policy, entry.score, late)
            entry.late_submission_penalty = lost or None
        database.commit()
    except BaseException:
        database.rollback()
        raise


def _submission(
    gradebook: Gradebook, report: Report, submitted: datetime | None
) -> SubmittedAssignment:
    """The gradebook's entry for this submission, with a place for every cell of the notebook."""
    database = gradebook.db
    student = database.get(Student, report.student)
    if student is None:
        student = Student(id=report.student)
        database.add(student)
    assignment = gradebook.find_assignment(report.assignment)
    try:
        submission = gradebook.find_submission(report.assignment, report.student)
    except MissingEntry:
        with database.no_autoflush:
            submission = SubmittedAssignment(assignment=assignment, student=student)
            for notebook in assignment.notebooks:
                entry = SubmittedNotebook(notebook=notebook, assignment=submission)
                for cell in (*notebook.grade_cells, *notebook.task_cells):
                    Grade(cell_id=cell.id, notebook=entry)
                for cell in (*notebook.solution_cells, *notebook.task_cells):
                    Comment(cell_id=cell.id, notebook=entry)
            # Last: what hangs on a submission is only added along with it.
            database.add(submission)
    submission.timestamp = submitted
    return submission


def _cells(notebook: Notebook) -> Iterator[BaseCell]:
    """The cells of a notebook that can have a grade or a comment; some twice."""
    yield from (*notebook.grade_cells, *notebook.solution_cells, *notebook.task_cells)


def _untouched(notebook: NotebookNode | None) -> set[str]:
    """grade_ids of the solution cells that still read as they were released."""
    return {
        cell.metadata.nbgrader.grade_id
        for cell in (notebook.cells if notebook is not None else ())
        if is_solution(cell) and cell.metadata.nbgrader.get("checksum") == compute_checksum(cell)
    }


def write_autograded(course: Course, report: Report, notebooks: Mapping[str, NotebookNode]) -> None:
    """Put the marked notebooks where nbgrader's pages look for them, whole or not at all.

    One that was marked before and is missing now goes; pictures of a plain assignment come
    along, for its text shows them.
    """
    folder = course.autograded_dir / report.student / report.assignment
    for name in course.notebooks(report.assignment):
        if name not in notebooks:
            (folder / f"{name}.ipynb").unlink(missing_ok=True)
    for name, notebook in notebooks.items():
        write_atomically(folder / f"{name}.ipynb", compact_bytes(notebook))
    if course.is_plain(report.assignment):
        source = course.solution_dir(report.assignment)
        for path in source.rglob("*"):
            target = folder / path.relative_to(source)
            if path.suffix.lower() in _PICTURES and path.is_file() and not target.exists():
                write_atomically(target, path.read_bytes())


def remove_parts(folder: Path) -> None:
    """Remove the files that graders which were killed had begun to write under `folder`."""
    for part in folder.rglob(".*.part"):
        pid = part.name.split(".")[-2]
        if pid.isdigit() and not Path("/proc", pid).exists():
            part.unlink(missing_ok=True)


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file so that a reader, or a crash, never meets half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(content)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
