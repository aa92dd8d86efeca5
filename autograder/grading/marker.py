"""Mark submissions of one assignment: everything that is set up once, and then each in turn."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from nbformat import NotebookNode
from threadpoolctl import threadpool_limits

from autograder.checks import Suite, run_suite
from autograder.course import Course
from autograder.errors import CourseError, SubmissionError
from autograder.grading.marking import Marking
from autograder.grading.report import Report, TaskReport
from autograder.grading.solution import reference_session
from autograder.notebook import (
    Cell,
    Problem,
    grade_id_of,
    load_notebook,
    node,
    read_notebook,
    splice,
    tasks_of,
)
from autograder.sandbox import Session, Zygote

T = TypeVar("T")


@dataclass(frozen=True)
class Marked:
    """A report, and the notebook to show beside it (None when the file held none)."""

    report: Report
    notebook: NotebookNode | None


class Marker:
    """Marks submissions of one assignment; made by `with_marker`."""

    def __init__(self, course: Course, name: str, suite: Suite, zygote: Zygote) -> None:
        self.name = name
        self.limits = course.limits_for(name)
        self.suite = suite
        self.zygote = zygote
        self.released = _read_built(course.release_dir(name) / f"{name}.ipynb")
        self._solution = _read_built(course.solution_dir(name) / f"{name}.ipynb")
        self.reference = reference_session(
            self._solution, course.solution_dir(name), suite.variants("reference")
        )
        self.tasks = tasks_of(self.released)
        self._whole = {
            grade_id: str(cell.source)
            for cell in self._solution.cells
            if (grade_id := grade_id_of(cell)) is not None
        }
        data = course.release_dir(name) / "data"
        self._data = data if data.is_dir() else None

    @property
    def max_score(self) -> float:
        """Points of the whole assignment, those marked by hand included."""
        return sum(task.points for task in self.tasks)

    @cached_property
    def hides_something(self) -> bool:
        """Whether there is a check, or a line of a plain test, that students may not see."""
        hidden = any(check.visibility == "hidden" for check in self.suite.checks)
        plain = {task.test_cell for task in self.tasks if task.kind == "asserts"}
        return hidden or any(
            self._whole[grade_id] != cell.source
            for cell in self.released.cells
            if (grade_id := grade_id_of(cell)) in plain and grade_id in self._whole
        )

    def mark_file(self, path: Path, student: str) -> Marked:
        """Mark a submitted file; one that cannot be read scores 0 and says why."""
        if not path.exists():
            message = f"no notebook was handed in: {path.name} was expected"
            others = [other.name for other in sorted(path.parent.glob("*.ipynb"))]
            if others:
                message += f", and which of {', '.join(others)} is meant is not clear"
            return self._nothing_to_mark(student, [Problem(None, "missing", message)])
        try:
            notebook, problems = read_notebook(path)
        except SubmissionError as error:
            return self._nothing_to_mark(student, [Problem(None, error.kind, str(error))])
        return self.mark(notebook, student, problems)

    def mark(
        self, notebook: NotebookNode, student: str, problems: list[Problem] | None = None
    ) -> Marked:
        """Mark a notebook that was read; the report never depends on earlier submissions."""
        start = time.monotonic()
        spliced = splice(self.released, notebook)
        found = [*(problems or []), *spliced.problems]
        if not spliced.recognised:
            return self._nothing_to_mark(student, found)
        tasks, shown, seen = Marking(self, spliced, student).run()
        report = Report(
            assignment=self.name,
            student=student,
            max_score=self.max_score,
            sandbox=self.zygote.level,
            seconds=time.monotonic() - start,
            tasks=tuple(tasks),
            problems=(*found, *seen),
        )
        return Marked(report, node({**self.released, "cells": shown}))

    def _nothing_to_mark(self, student: str, problems: list[Problem]) -> Marked:
        """The report of a student who handed in nothing that can be marked, and why."""
        tasks = tuple(
            TaskReport(
                t.id, t.test_cell, 0.0, t.points, sealed=t.kind != "asserts", note="nothing to mark"
            )
            for t in self.tasks
        )
        level = self.zygote.level
        report = Report(self.name, student, self.max_score, level, 0.0, tasks, tuple(problems))
        return Marked(report, None)

    def fork(self, student: str) -> Session:
        """A fresh session, in which `variant(...)` answers with this student's numbers."""
        session = self.zygote.session(data_dir=self._data, student=student)
        session.set_variants(self.suite.variants(student))
        return session

    def hidden_source(self, cell: Cell) -> str:
        """A plain nbgrader test with its hidden part, which only the solution has."""
        return self._whole.get(cell.grade_id or "", cell.source)


def open_zygote(course: Course, name: str, sandbox: str = "auto") -> Zygote:
    """The process that sessions for assignment `name` are forked from; close it when done.

    Raises:
        SandboxError: this machine has no walls and `sandbox` is not `"none"`.
    """
    return Zygote(
        preload=course.preload,
        level=sandbox,
        limits=course.limits_for(name),
        hidden=[course.root, course.solution_dir(name), course.submitted_dir],
    )


def with_marker(
    course: Course,
    name: str,
    body: Callable[[Marker], T],
    *,
    sandbox: str = "auto",
    zygote: Zygote | None = None,
) -> T:
    """Set up all that marking `name` needs once, and return what `body(marker)` returns.

    Args:
        course: the course that holds the assignment.
        name: the assignment.
        body: called with the marker; the marker is of no use after it returns.
        sandbox: the rung of the walls, `"auto"` for the strongest this machine has.
        zygote: one that is open already, for callers that mark again and again.

    Raises:
        SandboxError: this machine has no walls and `sandbox` is not `"none"`.
        CourseError: the assignment is unknown or not built.
    """
    course.assignment(name)
    folder = course.solution_dir(name)
    with ExitStack() as stack:
        source = zygote or stack.enter_context(open_zygote(course, name, sandbox))

        def mark(suite: Suite) -> T:
            # One thread: sums come out the same every time, and small matrices sooner.
            with threadpool_limits(limits=1):
                return body(Marker(course, name, suite, source))

        hidden = folder / "hidden_checks.py"
        return run_suite(
            folder / "checks.py", hidden if hidden.exists() else None, mark, assignment=name
        )


def _read_built(path: Path) -> NotebookNode:
    if not path.exists():
        raise CourseError(f"{path} does not exist: run `autograder build {path.stem}` first")
    return load_notebook(path)
