"""Prove the graders of an assignment: right solutions pass, wrong ones fail as they should."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from nbformat import NotebookNode

from autograder.build import build
from autograder.build.regions import MARK_SCHEME, regions
from autograder.course import Course
from autograder.errors import BuildError, CourseError
from autograder.grading.marker import Marked
from autograder.grading.pool import Failure, Job, mark_all
from autograder.grading.report import Report, TaskReport
from autograder.notebook import load_notebook, nbgrader_of, tasks_of, with_sources
from autograder.proof.variants import Variant, load_variants

_MARKS = re.compile(r"\s*#+ (BEGIN|END) SOLUTION\s*")


@dataclass(frozen=True)
class Case:
    """A notebook and what marking it must give.

    Of the tasks in `marked`, those in `fails` lose marks, those in `zero` get none, and the
    others keep all; `says` holds phrases of the feedback, by task.
    """

    name: str
    notebook: NotebookNode
    marked: frozenset[str]
    fails: frozenset[str] = frozenset()
    zero: frozenset[str] = frozenset()
    says: tuple[tuple[str | None, str], ...] = ()


@dataclass(frozen=True)
class Verdict:
    """One case and what went against it; no complaints means that it is as it should be."""

    case: str
    score: float | None
    max_score: float | None
    seconds: float
    complaints: tuple[str, ...]


def cases(course: Course, name: str) -> list[Case]:
    """Everything that marking `name` is tried on: reference, starter, single tasks, variants."""
    if course.is_plain(name):
        raise CourseError(f"{name} is a plain nbgrader assignment: it has no checks to prove")
    released = load_notebook(course.release_dir(name) / f"{name}.ipynb")
    solution = load_notebook(course.solution_dir(name) / f"{name}.ipynb")
    sources = _answers(solution)
    tasks = tasks_of(released)
    full = with_sources(released, sources)
    by_machine = [task for task in tasks if task.kind != "manual"]
    every = frozenset(task.id for task in by_machine)
    found = [
        Case("reference", full, every),
        Case("starter", released, every, fails=every, zero=every),
    ]
    for task in by_machine:
        rest = every - {task.id}
        alone = with_sources(released, {cell: sources[cell] for cell in task.solution_cells})
        found.append(Case(f"only {task.id}", alone, every, fails=rest, zero=rest))
    for variant in load_variants(course.solution_dir(name)):
        found.append(_variant_case(variant, full, every))
    return found


def _variant_case(variant: Variant, full: NotebookNode, marked: frozenset[str]) -> Case:
    name = f"{variant.kind}/{variant.name}"
    if variant.fails - marked:
        raise BuildError(
            f"{name}.py: fails names {sorted(variant.fails - marked)}, "
            f"but the tasks are {sorted(marked)}"
        )
    notebook = with_sources(full, variant.cells)
    return Case(name, notebook, marked, fails=variant.fails, says=variant.says)


def _answers(solution: NotebookNode) -> dict[str, str]:
    return {
        nbgrader_of(cell)["grade_id"]: _as_handed_in(cell.source)
        for cell in solution.cells
        if nbgrader_of(cell).get("solution")
    }


def _as_handed_in(source: str) -> str:
    """An answer as a student would write it: without the mark scheme and the solution's marks."""
    lines = source.split("\n")
    for region in reversed(regions(source, MARK_SCHEME)):
        del lines[region.begin : region.end + 1]
    return "\n".join(line for line in lines if not _MARKS.fullmatch(line))


def validate(
    course: Course, name: str, *, processes: int, sandbox: str = "auto"
) -> Iterator[Verdict]:
    """Mark every case of `name` as a student's would be, yielding a verdict on each.

    Cases come first to last as they are done; the freshness of the built files comes first.
    """
    yield _fresh(course, name)
    jobs = {Job("reference", case.notebook): case for case in cases(course, name)}
    for job, result in mark_all(course, name, list(jobs), processes=processes, sandbox=sandbox):
        yield judge(jobs[job], result)


def _fresh(course: Course, name: str) -> Verdict:
    """Whether the built files are up to date and leak nothing."""
    try:
        build(course, [name], check=True)
    except BuildError as error:
        return Verdict("build", None, None, 0.0, (str(error),))
    return Verdict("build", None, None, 0.0, ())


def judge(case: Case, result: Marked | Failure) -> Verdict:
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
    return Verdict(case.name, report.score, report.max_score, report.seconds, tuple(complaints))


def _judge_task(case: Case, task: TaskReport) -> Iterator[str]:
    if task.id not in case.marked or task.points is None:
        return
    failed = [check for check in task.checks if check.status != "passed"]
    if task.id in case.zero:
        if task.points:
            passed = [check.id for check in task.checks if check.status == "passed"]
            yield f"{task.id} earned {task.points:g} points for nothing: {', '.join(passed)} passed"
    elif task.id in case.fails:
        if task.points >= task.max_points:
            yield f"{task.id} kept all its marks: no check noticed"
    elif task.points < task.max_points:
        reasons = "; ".join(f"{check.id}: {check.message}" for check in failed)
        yield f"{task.id} lost {task.max_points - task.points:g} points: {reasons}"


def feedback(report: Report, task: str) -> str:
    """What the student reads on one task, as plain text."""
    return html.unescape(
        " ".join(
            f"{check.description} {check.message}"
            for check in report.task(task).checks
            if check.status != "passed"
        )
    )


def _squeeze(text: str) -> str:
    return re.sub(r"\s+", " ", text).lower()
