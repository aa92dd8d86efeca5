"""What marking a case must give, and what speaks against what it gave."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

from autograder.grading.marker import Marked
from autograder.grading.misconceptions import undiagnosed
from autograder.grading.pool import Failure
from autograder.grading.report import Report, TaskReport


@dataclass(frozen=True)
class Case:
    """A notebook and what marking it must give.

    Of the tasks in `marked`, those in `fails` lose marks, those in `zero` get none, and the
    others keep all; `says` holds phrases of the feedback, by task. A plain nbgrader assignment
    may have several notebooks, which then lie in `folder`. Where `alone` is given, a task and
    the notebook as far as its test, no other task is marked.
    """

    name: str
    notebook: NotebookNode
    marked: frozenset[str]
    fails: frozenset[str] = frozenset()
    zero: frozenset[str] = frozenset()
    says: tuple[tuple[str | None, str], ...] = ()
    folder: Path | None = None
    alone: tuple[str, NotebookNode] | None = None


@dataclass(frozen=True)
class Verdict:
    """One case and what went against it; no complaints means that it is as it should be.

    `lost` holds, by task, the ids of the checks that did not pass; a task that lost nothing
    is not in it. `seconds` are by the clock and `cpu_seconds` those of all processes, None
    where they were not measured. `known` says that nothing was run: it comes from the cache.
    """

    case: str
    score: float | None
    max_score: float | None
    seconds: float
    complaints: tuple[str, ...]
    lost: tuple[tuple[str, tuple[str, ...]], ...] = ()
    cpu_seconds: float | None = None
    known: bool = False


def judge(case: Case, result: Marked | Failure, *, known: bool = False) -> Verdict:
    """Compare what marking gave with what the case says it must give."""
    if isinstance(result, Failure):
        return Verdict(case.name, None, None, 0.0, (f"the grader failed: {result.reason}",))
    report = result.report
    complaints = [
        f"problem: {problem.message}"
        for problem in report.problems
        if not case.fails and problem.kind in ("exception", "session")
    ]
    for task in report.tasks:
        complaints += _judge_task(case, task)
    for wanted, phrase in case.says:
        named = [wanted] if wanted else sorted(case.fails)
        if not any(_squeeze(phrase) in _squeeze(feedback(report, task)) for task in named):
            complaints.append(f"the feedback on {' or '.join(named)} does not say “{phrase}”")
    return Verdict(
        case.name,
        report.score,
        report.max_score if case.alone is None else sum(t.max_points for t in report.tasks),
        report.seconds,
        tuple(complaints),
        _lost(report),
        result.cpu_seconds,
        known,
    )


def _judge_task(case: Case, task: TaskReport) -> Iterator[str]:
    if task.id not in case.marked or task.points is None:
        return
    failed = [check for check in task.checks if check.status != "passed"]
    if task.id in case.zero:
        if task.points:
            passed = [check.id for check in task.checks if check.status == "passed"]
            which = ", ".join(passed) or "its tests"
            yield f"{task.id} earned {task.points:g} points for nothing: {which} passed"
    elif task.id in case.fails:
        if task.points >= task.max_points:
            yield f"{task.id} kept all its marks: no check noticed"
    elif task.points < task.max_points:
        reasons = "; ".join(f"{check.id}: {check.message}" for check in failed) or task.note
        yield f"{task.id} lost {task.max_points - task.points:g} points: {reasons}"


def _lost(report: Report) -> tuple[tuple[str, tuple[str, ...]], ...]:
    by_task = [
        (task.id, tuple(check.id for check in task.checks if check.status != "passed"))
        for task in report.tasks
    ]
    return tuple((task, checks) for task, checks in by_task if checks)


def feedback(report: Report, task: str) -> str:
    """What the checks say of one task, as plain text.

    What a variant's own header says of it is left out: the checks have to find the words.
    """
    return html.unescape(
        " ".join(
            f"{check.description} {undiagnosed(check.message)}"
            for check in report.task(task).checks
            if check.status != "passed"
        )
    )


def _squeeze(text: str) -> str:
    return re.sub(r"\s+", " ", text).lower()
