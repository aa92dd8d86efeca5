"""Cases with what marking them must give, and verdicts with what speaks against it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

from autograder.grading.marker import Marked
from autograder.grading.pool import Failure
from autograder.grading.report import Report, TaskReport
from autograder.notebook.mistakes import Mistake


@dataclass(frozen=True)
class Case:
    """A notebook and what marking it must give.

    Of the tasks in `marked`, those in `fails` lose marks, those in `zero` get none, and the
    others keep all. A plain nbgrader assignment may have several notebooks, which then lie in
    `folder`. `alone` is a task and the notebook as far as its test, for a case that no other
    task should suffer from: unless it is marked `whole`, this is all that is marked. A `mistake`
    is a known one, which its own sentence must name.
    """

    name: str
    notebook: NotebookNode
    marked: frozenset[str]
    fails: frozenset[str] = frozenset()
    zero: frozenset[str] = frozenset()
    mistake: Mistake | None = None
    folder: Path | None = None
    alone: tuple[str, NotebookNode] | None = None
    whole: bool = True


@dataclass(frozen=True)
class Verdict:
    """One case and what went against it; no complaints means that it is as it should be.

    `lost` holds, by task, the ids of the checks that did not pass; a task that lost nothing
    is not in it. `seconds` are by the clock and `cpu_seconds` those of all processes, None
    where they were not measured. `known` says that nothing was run: it comes from the cache.
    """

    case: str
    score: float | None = None
    max_score: float | None = None
    seconds: float = 0.0
    complaints: tuple[str, ...] = ()
    lost: tuple[tuple[str, tuple[str, ...]], ...] = ()
    cpu_seconds: float | None = None
    known: bool = False


def judge(case: Case, result: Marked | Failure, *, known: bool = False) -> Verdict:
    """Compare what marking gave with what the case says it must give."""
    if isinstance(result, Failure):
        return Verdict(case.name, complaints=(f"the grader failed: {result.reason}",))
    report = result.report
    complaints = [
        f"problem: {problem.message}"
        for problem in report.problems
        if not case.fails and problem.kind in ("exception", "session")
    ]
    for task in report.tasks:
        complaints += _judge_task(case, task)
    return Verdict(
        case.name,
        report.score,
        report.max_score if case.whole else sum(t.max_points for t in report.tasks),
        report.seconds,
        tuple(complaints),
        _lost(report),
        result.cpu_seconds,
        known,
    )


def _judge_task(case: Case, task: TaskReport) -> Iterator[str]:
    if task.id not in case.marked or task.points is None:
        return
    if task.id in case.zero:
        if task.points:
            which = ", ".join(check.id for check in task.checks if check.passed) or "its tests"
            yield f"{task.id} earned {task.points:g} points for nothing: {which} passed"
    elif task.id in case.fails:
        if task.points >= task.max_points:
            yield f"{task.id} kept all its marks: no check noticed"
    elif task.points < task.max_points:
        failed = [check for check in task.checks if not check.passed]
        reasons = "; ".join(f"{check.id}: {check.message}" for check in failed) or task.note
        yield f"{task.id} lost {task.max_points - task.points:g} points: {reasons}"


def judge_naming(case: Case, result: Marked | Failure, inputs: str = "") -> Iterator[str]:
    """Yield what speaks against the naming of a known mistake.

    `inputs` names the numbers that the checks drew, if they are others than those of marking.
    """
    with_them = f"with the inputs {inputs!r} " if inputs else ""
    if isinstance(result, Failure):
        yield f"{with_them}the grader failed: {result.reason}"
        return
    mistake = case.mistake
    assert mistake is not None
    failed = [check for task in result.report.tasks for check in task.checks if not check.passed]
    told = sorted({check.diagnosis for check in failed if check.diagnosis})
    if mistake.says:
        if not any(_squeeze(mistake.says) in _squeeze(check.message) for check in failed):
            yield f"{with_them}no check says “{mistake.says}”"
        return
    for text in told:
        if not mistake.tells or mistake.tells not in text:
            yield f"{with_them}another mistake is named: “{text}”"
    if mistake.tells and not told:
        yield f"{with_them}it is not named: no check fails with answers that tell it from others"


def _lost(report: Report) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple(
        (task.id, tuple(check.id for check in task.checks if not check.passed))
        for task in report.tasks
        if not all(check.passed for check in task.checks)
    )


def _squeeze(text: str) -> str:
    return " ".join(text.split()).lower()
