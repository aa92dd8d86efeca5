"""One notebook of an assignment, with all that marking submissions of it needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from autograder.checks import CheckResult, Suite
from autograder.checks.diagnosis.known_mistakes import KnownMistakes
from autograder.checks.runner.solution import solution_namespace
from autograder.course import Course, Limits, Stderr
from autograder.grading.report import TaskReport
from autograder.grading.sheets import Sheet
from autograder.notebook import Cell, Task, grade_id_of
from autograder.sandbox import LocalSession


@dataclass(frozen=True)
class Prepared:
    """A notebook of the assignment, ready for submissions of it to be marked.

    `whole` is the text of its cells with what students do not see, by grade_id.
    """

    sheet: Sheet
    tasks: tuple[Task, ...]
    suite: Suite
    limits: Limits
    stderr: Stderr
    whole: Mapping[str, str]
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

    def whole_source(self, cell: Cell) -> str:
        """Return a plain nbgrader test with its hidden part, which only the solution has."""
        return self.whole.get(cell.grade_id or "", cell.source)


def prepare(course: Course, name: str, sheet: Sheet, suite: Suite) -> Prepared:
    """Prepare one notebook of the assignment `name`; its solution is run here."""
    plain = course.is_plain(name)
    limits = course.limits_for(name)
    tasks = sheet.tasks(suite.tasks if plain else None)
    whole = sheet.whole
    asserts = {task.test_cell for task in tasks if task.kind == "asserts"}
    hidden = any(check.visibility == "hidden" for check in suite.checks) or any(
        whole.get(grade_id, cell.source) != cell.source
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
    return Prepared(
        sheet,
        tasks,
        suite,
        limits,
        course.stderr_for(name),
        whole,
        hidden,
        reference,
        known_mistakes,
    )
