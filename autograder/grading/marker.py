"""Mark submissions of one assignment: everything that is set up once, and then each in turn."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_output
from nbgrader.utils import determine_grade
from threadpoolctl import threadpool_limits

from autograder.checks import Suite, number, results_table, run_suite, score
from autograder.course import Course
from autograder.errors import CourseError, SubmissionError
from autograder.grading.attempt import Attempt
from autograder.grading.outputs import clean_outputs, harmless_markdown
from autograder.grading.report import Report, TaskReport
from autograder.grading.solution import reference_session
from autograder.notebook import Cell, Problem, Spliced, Task, read_notebook, splice, tasks_of
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
        # Plain nbgrader tests are run with their hidden part, which only the solution has.
        self._solution = _read_built(course.solution_dir(name) / f"{name}.ipynb")
        self._reference = reference_session(
            self._solution, course.solution_dir(name), suite.variants("reference")
        )
        self.tasks = tasks_of(self.released)
        data = course.release_dir(name) / "data"
        self._data = data if data.is_dir() else None

    @property
    def max_score(self) -> float:
        """Points of the whole assignment, those marked by hand included."""
        return sum(task.points for task in self.tasks)

    def mark_file(self, path: Path, student: str) -> Marked:
        """Mark a submitted file; one that cannot be read scores 0 and says why."""
        if not path.exists():
            message = f"no notebook was handed in: {path.name} was expected"
            others = [other.name for other in sorted(path.parent.glob("*.ipynb"))]
            if others:
                message += f", and which of {', '.join(others)} is meant is not clear"
            return Marked(self.nothing_to_mark(student, Problem(None, "missing", message)), None)
        try:
            notebook, problems = read_notebook(path)
        except SubmissionError as error:
            problem = Problem(cell=None, kind=error.kind, message=str(error))
            return Marked(self.nothing_to_mark(student, problem), None)
        return self.mark(notebook, student, problems)

    def nothing_to_mark(self, student: str, problem: Problem) -> Report:
        """The report of a student who handed in nothing that can be marked."""
        tasks = tuple(
            TaskReport(
                t.id, t.test_cell, 0.0, t.points, sealed=t.kind != "asserts", note="nothing to mark"
            )
            for t in self.tasks
        )
        return Report(self.name, student, self.max_score, self.zygote.level, 0.0, tasks, (problem,))

    def mark(
        self, notebook: NotebookNode, student: str, problems: list[Problem] | None = None
    ) -> Marked:
        """Mark a notebook that was read; the report never depends on earlier submissions."""
        start = time.monotonic()
        spliced = splice(self.released, notebook)
        found = [*(problems or []), *spliced.problems]
        if not spliced.recognised:
            foreign = found.pop() if found else Problem(None, "foreign", "not this assignment")
            report = self.nothing_to_mark(student, foreign)
            return Marked(replace(report, problems=(*found, foreign)), None)
        attempt = Attempt(lambda: self._fork(student), self.limits)
        try:
            tasks, shown = self._run(spliced, attempt, student)
        finally:
            attempt.close()
        report = Report(
            assignment=self.name,
            student=student,
            max_score=self.max_score,
            sandbox=self.zygote.level,
            seconds=time.monotonic() - start,
            tasks=tuple(tasks),
            problems=(*found, *attempt.problems),
        )
        return Marked(report, shown)

    def _fork(self, student: str) -> Session:
        session = self.zygote.session(data_dir=self._data, student=student)
        session.set_variants(self.suite.variants(student))
        return session

    def _run(
        self, spliced: Spliced, attempt: Attempt, student: str
    ) -> tuple[list[TaskReport], NotebookNode]:
        by_cell = {task.test_cell: task for task in self.tasks}
        reports: dict[str, TaskReport] = {}
        shown = []
        count = 0
        for cell in spliced.cells:
            node = _shown_cell(cell)
            shown.append(node)
            task = by_cell.get(cell.grade_id or "") if cell.role in ("test", "manual") else None
            if task is not None and task.kind == "manual":
                reports[task.id] = _by_hand(task, cell)
            if cell.cell_type != "code":
                continue
            count += 1
            node.execution_count = count
            if task is not None and task.kind == "checks":
                report = self._check(task, attempt, student)
                reports[task.id] = report
                node.outputs = _score_output(report, count)
            elif task is not None and task.kind == "asserts":
                node.outputs = clean_outputs(attempt.run(cell, self._hidden_source(cell)))
                reports[task.id] = _by_asserts(task, node)
            else:
                node.outputs = clean_outputs(attempt.run(cell))
            for output in node.outputs:
                if output.output_type == "execute_result":
                    output.execution_count = count
        notebook = nbformat.from_dict({**self.released, "cells": shown})
        return [reports[task.id] for task in self.tasks], notebook

    def _check(self, task: Task, attempt: Attempt, student: str) -> TaskReport:
        results = self.suite.run(
            task.id,
            attempt.session(),
            self._reference,
            student=student,
            check_seconds=self.limits.check_seconds,
            budget=lambda: attempt.seconds_left,
            why_missing=attempt.why_missing,
        )
        return TaskReport(
            task.id,
            task.test_cell,
            score(results, task.points),
            task.points,
            sealed=True,
            checks=tuple(results),
        )

    def _hidden_source(self, cell: Cell) -> str:
        for node in self._solution.cells:
            if node.metadata.get("nbgrader", {}).get("grade_id") == cell.grade_id:
                return str(node.source)
        return cell.source


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
    notebook: NotebookNode = nbformat.read(path, as_version=4)
    return notebook


def _shown_cell(cell: Cell) -> NotebookNode:
    """The cell as instructors and students see it after marking."""
    node: NotebookNode = nbformat.from_dict(dict(cell.original))
    node.source = cell.source
    if cell.cell_type == "code":
        node.outputs = []
    elif cell.answered or cell.role == "added":
        node.source = harmless_markdown(cell.source)
    if cell.grade_id is None:
        node.metadata = NotebookNode()
    return node


def _by_hand(task: Task, cell: Cell) -> TaskReport:
    if not cell.answered:
        return TaskReport(task.id, task.test_cell, 0.0, task.points, True, note="not answered")
    return TaskReport(task.id, task.test_cell, None, task.points, True, note="marked by hand")


def _by_asserts(task: Task, node: NotebookNode) -> TaskReport:
    try:
        points, _ = determine_grade(node)
    except (ValueError, KeyError):
        points = 0.0
    return TaskReport(
        task.id,
        task.test_cell,
        points,
        task.points,
        sealed=False,
        note="asserts run in the student's own session: this task is not sealed",
    )


def _score_output(report: TaskReport, count: int) -> list[NotebookNode]:
    """What a test cell shows: the score that nbgrader reads, and the table that people read."""
    data = {
        "text/plain": number(report.points or 0.0),
        "text/html": results_table(report.checks, report.points or 0.0, report.max_points),
    }
    return [new_output("execute_result", data=data, execution_count=count)]
