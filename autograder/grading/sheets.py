"""The notebooks of an assignment, one of ours or those of a plain one, ready for marking."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from nbformat import NotebookNode

from autograder.checks import CheckResult, Suite
from autograder.checks.diagnosis.known_mistakes import KnownMistakes
from autograder.checks.runner.solution import solution_namespace
from autograder.course import Course, Limits, Stderr
from autograder.errors import CourseError
from autograder.grading.report import TaskReport
from autograder.notebook import (
    Cell,
    Task,
    grade_id_of,
    is_demo,
    node,
    read_built,
    role_of,
    tasks_of,
    with_sources,
)
from autograder.sandbox import LocalSession

_CELL_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")


@dataclass(frozen=True)
class Sheet:
    """One notebook: as students got it, and as instructors see it."""

    name: str
    released: NotebookNode
    solution: NotebookNode

    @cached_property
    def whole(self) -> Mapping[str, str]:
        """The text of every named cell with what students do not see."""
        return {
            grade_id: str(cell.source)
            for cell in self.solution.cells
            if (grade_id := grade_id_of(cell)) is not None
        }

    def only(self, test_cell: str) -> Sheet:
        """Return the notebook as far as one test, without other tests and demonstrations."""
        ids = [grade_id_of(cell) for cell in self.released.cells]
        cells = [
            cell
            for cell in self.released.cells[: ids.index(test_cell) + 1]
            if grade_id_of(cell) == test_cell or not (role_of(cell) == "test" or is_demo(cell))
        ]
        return replace(self, released=node({**self.released, "cells": cells}))

    def tasks(self, checked: Collection[str] | None = None) -> tuple[Task, ...]:
        """Return the tasks; with `checked`, those that it does not name are never marked by checks.

        A plain course may have a `check` of its own.
        """
        return tuple(
            replace(task, id=task.test_cell, kind="asserts")
            if checked is not None and task.kind == "checks" and task.id not in checked
            else task
            for task in tasks_of(self.released)
        )


def read_sheets(course: Course, name: str) -> tuple[Sheet, ...]:
    """Return the notebooks of the assignment `name`.

    A plain one is released here and now, by nbgrader's own steps: it does not matter whether
    we built its release folder, nbgrader did, or nobody. Raises CourseError where a notebook is
    missing or not built.
    """
    if not course.is_plain(name):
        released = read_built(course.release_dir(name) / f"{name}.ipynb")
        return (Sheet(name, released, read_built(course.solution_dir(name) / f"{name}.ipynb")),)
    return tuple(_plain_sheet(course, name, notebook) for notebook in course.notebooks(name))


def _plain_sheet(course: Course, name: str, notebook: str) -> Sheet:
    # nbgrader's steps take half a second to import, and only plain assignments need them.
    from autograder.nbgrader.plain import is_generated, plain_source
    from autograder.nbgrader.release import release_notebook

    source = plain_source(course, name, notebook)
    if is_generated(source):
        source = _with_generated_tests(course, name, notebook, source)
    released = release_notebook(course, name, source, notebook=notebook)
    for each in (released, source):
        _number(each)
    return Sheet(notebook, released, source)


def _with_generated_tests(
    course: Course, name: str, notebook: str, source: NotebookNode
) -> NotebookNode:
    """Return the notebook with the tests that nbgrader wrote: only the gradebook has them."""
    from autograder.nbgrader.cells import saved_sources

    saved = saved_sources(course, name, notebook)
    tests = [task.test_cell for task in tasks_of(source) if task.kind == "asserts"]
    if not all(test in saved for test in tests):
        raise CourseError(f"{name} has tests that nbgrader writes: run `autograder build {name}`")
    return with_sources(source, {test: saved[test] for test in tests})


def _number(notebook: NotebookNode) -> None:
    """Give every cell without one an id, as the format wants since 4.5, and always the same."""
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    taken: set[str] = set()
    for number, cell in enumerate(notebook.cells, start=1):
        wanted = cell.get("id") or grade_id_of(cell) or ""
        if not _CELL_ID.fullmatch(wanted) or wanted in taken:
            wanted = f"cell-{number:03}"
        cell.id = wanted
        taken.add(wanted)


@dataclass(frozen=True)
class Prepared:
    """A notebook of the assignment, with all that marking submissions of it needs."""

    sheet: Sheet
    tasks: tuple[Task, ...]
    suite: Suite
    limits: Limits
    stderr: Stderr
    hides_something: bool
    reference: LocalSession | None
    known_mistakes: KnownMistakes | None

    def only(self, task: str) -> Prepared:
        """Return what it takes to mark one task; ValueError where there is no such task."""
        (alone,) = (each for each in self.tasks if each.id == task)
        return replace(self, sheet=self.sheet.only(alone.test_cell), tasks=(alone,))

    def report(
        self,
        task: Task,
        points: float | None,
        note: str = "",
        checks: tuple[CheckResult, ...] = (),
        *,
        answered: bool = True,
    ) -> TaskReport:
        """Return the report of one of its tasks."""
        return TaskReport(
            task.id,
            task.test_cell,
            points,
            task.points,
            sealed=task.kind != "asserts",
            checks=checks,
            note=note,
            notebook=self.sheet.name,
            answered=answered,
        )

    def nothing(self) -> list[TaskReport]:
        """Return the reports of its tasks where there is nothing to mark."""
        return [self.report(task, 0.0, "nothing to mark", answered=False) for task in self.tasks]

    def unknown(self) -> list[TaskReport]:
        """Return the reports of its tasks where a person has to say what was handed in."""
        return [self.report(task, None, "not recognised: look at it") for task in self.tasks]

    def whole_source(self, cell: Cell) -> str:
        """Return a plain nbgrader test with its hidden part, which only the solution has."""
        return self.sheet.whole.get(cell.grade_id or "", cell.source)


def prepare(course: Course, name: str, sheet: Sheet, suite: Suite) -> Prepared:
    """Prepare one notebook of the assignment `name`; its solution is run here."""
    plain = course.is_plain(name)
    limits = course.limits_for(name)
    tasks = sheet.tasks(suite.tasks if plain else None)
    asserts = {task.test_cell for task in tasks if task.kind == "asserts"}
    hidden = any(check.visibility == "hidden" for check in suite.checks) or any(
        sheet.whole.get(grade_id, cell.source) != cell.source
        for cell in sheet.released.cells
        if (grade_id := grade_id_of(cell)) in asserts and grade_id is not None
    )
    folder = course.solution_dir(name)
    # Without a check nothing is compared with the solution, which then is not run.
    reference = (
        LocalSession(solution_namespace(sheet.solution, folder, suite.variants("reference")))
        if suite.checks or not plain
        else None
    )
    known_mistakes = KnownMistakes(
        folder, sheet.solution, reference, suite, seconds=limits.check_seconds
    )
    stderr = course.stderr_for(name)
    return Prepared(sheet, tasks, suite, limits, stderr, hidden, reference, known_mistakes)
