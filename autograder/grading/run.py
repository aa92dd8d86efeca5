"""One notebook being marked: run once for the student's eyes, and once for ours.

Whatever a session prints can end up before the student, and code that was called by a
hidden check knows its inputs. So what is shown, outputs, problems and public checks, comes
from an open run, in which no hidden check ever calls anything; and the hidden checks have a
run of their own, of which nothing but their verdicts is kept. An assignment that hides
nothing is run once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from html import escape

from nbformat import NotebookNode

from autograder.checks import CheckResult, number, results_table, score
from autograder.checks.diagnosis.known_mistakes import Answers
from autograder.checks.results import Visibility
from autograder.grading.attempt import Attempt
from autograder.grading.outputs import clean_outputs, harmless_markdown, without_links_in_formulas
from autograder.grading.report import TaskReport
from autograder.grading.sheets import Prepared
from autograder.grading.whose import OtherNumbers
from autograder.nbgrader.asserts import UNSEALED, Asserted, asserted, why_lost
from autograder.notebook import Cell, Problem, Task, is_demo, new_output, node
from autograder.sandbox import Session
from autograder.sandbox.wire import output_size

# What the whole notebook may show, in cells that show as much as one may.
_FULL_CELLS = 32


@dataclass
class _Found:
    """The findings on one task so far."""

    public: list[CheckResult] = field(default_factory=list)
    hidden: list[CheckResult] = field(default_factory=list)
    answers: Answers = field(default_factory=Answers)
    asserted: Asserted = field(default_factory=Asserted)
    printed: str = ""
    lost_by: str | None = None


class NotebookRun:
    """The two runs of one notebook, and what they add up to.

    `cells` are those of the `sheet` with the student's in their places; `fork` makes a session
    with the student's files. With `names`, which the notebook says, answers to own numbers that
    are wrong are tried with the numbers of others.
    """

    def __init__(
        self,
        sheet: Prepared,
        cells: Sequence[Cell],
        student: str,
        fork: Callable[[], Session],
        names: Sequence[str] | None = None,
    ) -> None:
        self._sheet = sheet
        self._cells = cells
        self._student = student
        self._fork = fork
        self._by_cell = {task.test_cell: task for task in sheet.tasks}
        self._found = {task.id: _Found() for task in sheet.tasks}
        seconds = sheet.limits.check_seconds
        self._others = (
            None
            if names is None
            else OtherNumbers(sheet.suite, sheet.reference, student, names, seconds)
        )

    def run(self) -> tuple[list[TaskReport], list[NotebookNode], list[Problem]]:
        """Run the notebook; return the tasks, the cells to show and what went wrong."""
        limits = self._sheet.limits
        with closing(Attempt(self._fork, limits)) as seen:
            outputs = self._open_run(seen)
        problems = seen.problems
        if self._sheet.hides_something:
            attempt = Attempt(self._fork, limits, spent=seen.spent, without=seen.lost)
            with closing(attempt) as secret:
                self._hidden_run(secret, seen)
            if secret.lost:
                # Nothing of what was said there is repeated, and of many cells not which it was.
                why = "a cell lost its session when the notebook was run for the hidden checks"
                problems = [*problems, Problem(None, "session", why)]
        reports = {task.id: self._report(task) for task in self._sheet.tasks}
        if self._others is not None:
            told = (self._others.problem(task) for task in reports if reports[task].points is None)
            problems = [*problems, *(problem for problem in told if problem is not None)]
        return list(reports.values()), self._shown(reports, outputs), problems

    def _code(self) -> Iterator[tuple[int, Cell, Task | None]]:
        """Yield the code cells with their places, and the task of those that test one."""
        for place, cell in enumerate(self._cells):
            if cell.cell_type == "code":
                task = self._by_cell.get(cell.grade_id or "")
                yield place, cell, task if cell.role == "test" else None

    def _open_run(self, attempt: Attempt) -> dict[int, list[NotebookNode]]:
        """Run every cell and what is not hidden; return the outputs by the cell's place."""
        outputs = {}
        room = _FULL_CELLS * self._sheet.limits.output_kb * 1024
        for place, cell, task in self._code():
            if task is None:
                ran = [] if _is_skipped(cell) else attempt.run(cell)
                shown = clean_outputs(ran)
                size = sum(map(output_size, shown))
                outputs[place] = shown if size <= room else [_no_room()]
                room -= min(size, room)
            elif task.kind == "checks":
                self._found[task.id].public = self._check(task, attempt, attempt, "public")
            else:
                room -= self._try_test(task, cell, attempt, room)
        return outputs

    def _try_test(self, task: Task, cell: Cell, attempt: Attempt, room: int) -> int:
        """Run what students see of a plain test; return the size of what it shows."""
        found = self._found[task.id]
        # Why a test failed is said where its points are.
        shown = clean_outputs(attempt.run(cell, told_elsewhere=True))
        found.lost_by = why_lost(shown)
        found.printed = "".join(output.get("text", "") for output in shown)[: max(room, 0)]
        if not self._sheet.hides_something:
            found.asserted = asserted(bare(cell), shown, self._sheet.stderr)
        return len(found.printed)

    def _hidden_run(self, attempt: Attempt, seen: Attempt) -> None:
        """Run the cells again, up to the last test, and the hidden checks and plain tests."""
        code = list(self._code())
        while code and code[-1][2] is None:
            code.pop()
        for _, cell, task in code:
            if task is None:
                if not (is_demo(cell.original) or _is_skipped(cell)):
                    attempt.run(cell)
            elif task.kind == "checks":
                self._found[task.id].hidden = self._check(task, attempt, seen, "hidden")
            else:
                self._found[task.id].asserted = self._assert(cell, attempt, seen)

    def _check(
        self, task: Task, attempt: Attempt, seen: Attempt, visibility: Visibility
    ) -> list[CheckResult]:
        """Run a task's checks of one visibility; why a name is missing the open run knows."""
        session = attempt.session()
        results = self._sheet.suite.run(
            task.id,
            session,
            self._sheet.reference,
            student=self._student,
            check_seconds=self._sheet.limits.check_seconds,
            budget=lambda: attempt.seconds_left,
            why_missing=seen.why_missing,
            visibility=visibility,
            not_run=_stopped(self._found[task.id].public),
            seen=self._found[task.id].answers.add if self._sheet.known_mistakes else None,
        )
        if self._others is not None:
            self._others.look(task.id, results, session)
        return results

    def _assert(self, cell: Cell, attempt: Attempt, seen: Attempt) -> Asserted:
        """Return what a plain test cell gives when it is run with its hidden part."""
        outputs = clean_outputs(attempt.run(cell, self._sheet.whole_source(cell)))
        if cell.label in attempt.lost | seen.lost:
            return Asserted()
        return asserted(bare(cell), outputs, self._sheet.stderr)

    def _report(self, task: Task) -> TaskReport:
        """Return what a task came to; it waits where a cell that nobody knows may be its answer.

        So it does where the answers are right for somebody else's numbers.
        """
        report = self._judged(task)
        answers = self._answers_to(task)
        look = next(
            (cell.look for cell in self._cells if cell.look and cell.grade_id in answers), ""
        )
        whose = "" if self._others is None else self._others.note(task.id)[0]
        if not (look or whose) or report.points in (None, report.max_points):
            return report
        notes = (f"look at {look}" if look else "", whose, report.note)
        return replace(report, points=None, note="; ".join(filter(None, notes)))

    def _answers_to(self, task: Task) -> tuple[str, ...]:
        """Return the answer cells of a task; of one without any, those of the task above."""
        above: tuple[str, ...] = ()
        for each in self._sheet.tasks:
            if each.id == task.id:
                break
            if each.kind != "manual":
                above = each.solution_cells or above
        return task.solution_cells or above

    def _judged(self, task: Task) -> TaskReport:
        found = self._found[task.id]
        if task.kind == "manual":
            cell = next(cell for cell in self._cells if cell.grade_id == task.test_cell)
            if not (cell.answered or cell.look):
                return self._sheet.report(task, 0.0, "not answered", answered=False)
            note = f"look at {cell.look}" if cell.look else "marked by hand"
            return self._sheet.report(task, None, note)
        if task.kind == "asserts":
            points = found.asserted.points
            notes = [UNSEALED, *found.asserted.notes]
            if found.lost_by is not None:
                notes.append(f"the test stopped with {found.lost_by}")
            elif points < task.points and self._sheet.hides_something:
                notes.append("a hidden test did not pass")
            return self._sheet.report(task, points, "; ".join(notes))
        results = [*found.public, *found.hidden]
        known_mistakes = self._sheet.known_mistakes
        if known_mistakes is not None:
            results = known_mistakes.named(task.id, self._student, results, found.answers)
        checks = tuple(results)
        answered = not checks or any(c.misconception != "not-answered" for c in checks)
        points = score(checks, task.points)
        return self._sheet.report(task, points, checks=checks, answered=answered)

    def _shown(
        self, reports: dict[str, TaskReport], outputs: dict[int, list[NotebookNode]]
    ) -> list[NotebookNode]:
        """Return the cells as instructors and students see them after marking."""
        shown = [bare(cell) for cell in self._cells]
        for count, (place, _, task) in enumerate(self._code(), start=1):
            shown[place].execution_count = count
            if task is None:
                shown[place].outputs = outputs[place]
            else:
                # What a plain test printed, in the one form that costs nothing in nbgrader.
                text = self._found[task.id].printed
                stream = [new_output("stream", name="stdout", text=text)] if text else []
                shown[place].outputs = [*stream, _score(reports[task.id])]
            for output in shown[place].outputs:
                if output.output_type == "execute_result":
                    output.execution_count = count
        return shown


def _is_skipped(cell: Cell) -> bool:
    """Return whether Jupyter leaves this cell out when it runs a notebook; never a test."""
    tags = cell.original.metadata.get("tags")
    return cell.role != "test" and isinstance(tags, list) and "skip-execution" in tags


def _no_room() -> NotebookNode:
    note = "not shown: the outputs of this notebook are larger than all of them may be\n"
    return new_output("stream", name="stderr", text=note)


def _stopped(public: Sequence[CheckResult]) -> str | None:
    """Return why hidden checks of a task are not run: its public ones lost a session."""
    if any(check.status == "timeout" for check in public):
        return "a public check of this task ran out of time"
    if any(check.misconception == "died" for check in public):
        return "a public check of this task ended the notebook's process"
    return None


def bare(cell: Cell) -> NotebookNode:
    """Return the cell without outputs and with nothing in it that a page could run."""
    shown = node(cell.original)
    shown.source = cell.source
    if cell.cell_type == "code":
        shown.outputs = []
    elif cell.answered or cell.role == "added":
        shown.source = harmless_markdown(cell.source)
    if cell.grade_id is None:
        shown.metadata = NotebookNode()
    return shown


def _score(report: TaskReport) -> NotebookNode:
    """Return what a test cell shows: the score for nbgrader, and the table for people."""
    points = report.points or 0.0
    if report.checks:
        page = results_table(report.checks, points, report.max_points)
    else:
        unit = "point" if report.max_points == 1 else "points"
        of = f"{number(points)} of {number(report.max_points)} {unit}"
        page = f"<div>{of} ({escape(report.note)})</div>"
    # nbgrader reads the points of a plain test here: all their digits count.
    plain = number(points) if report.sealed else repr(points)
    data = {"text/plain": plain, "text/html": without_links_in_formulas(page)}
    return new_output("execute_result", data=data)
