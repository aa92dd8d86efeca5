"""Promises besides the marks of each case: built files, points that add up, the budget."""

from __future__ import annotations

import ast
import math
from collections.abc import Iterator, Mapping
from pathlib import Path

from autograder.authoring import build
from autograder.checks import wrong_expectations
from autograder.course import Course
from autograder.errors import AutograderError
from autograder.grading.marker import Marked
from autograder.grading.sheets import Sheet, read_sheets
from autograder.notebook import nbgrader_of, tasks_of
from autograder.proof.lint import lint
from autograder.proof.verdicts import Verdict

_HEADROOM = 3


def up_to_date(course: Course, name: str) -> Verdict:
    """Judge whether the built files are up to date and what is released leaks nothing."""
    try:
        build(course, [name], check=True)
    except AutograderError as error:
        return Verdict("build", complaints=tuple(str(error).splitlines()))
    return Verdict("build")


def linted(course: Course, name: str) -> Verdict:
    """Report what the linter finds, and lines of derivations that expect a wrong formula."""
    folder = course.solution_dir(name)
    complaints = [str(finding) for finding in lint(course, name)]
    complaints += wrong_expectations(folder / "checks.py", folder / "hidden_checks.py")
    return Verdict("lint", complaints=tuple(complaints))


def points(course: Course, name: str, reference: Marked | None) -> Verdict:
    """Judge whether the points add up, from notebooks and checks to the reference's report."""
    sheets = read_sheets(course, name)
    total = sum(task.points for sheet in sheets for task in sheet.tasks())
    complaints = [what for sheet in sheets for what in _of_sheet(sheet)]
    if not course.is_plain(name):
        complaints += _of_checks(course.solution_dir(name), sheets[0])
    score = None
    if reference is not None:
        score = reference.report.score
        complaints += _of_report(reference, total)
    return Verdict("points", score, total, complaints=tuple(complaints))


def _of_sheet(sheet: Sheet) -> Iterator[str]:
    tasks = sheet.tasks()
    total = sum(task.points for task in tasks)
    marked = map(nbgrader_of, sheet.released.cells)
    graded = [marks for marks in marked if marks.get("grade") or marks.get("task")]
    in_cells = sum(float(marks.get("points", 0)) for marks in graded)
    if total != in_cells:
        yield f"the tasks of {sheet.name} have {total:g} points, its cells {in_cells:g}"
    solution = {task.test_cell: task.points for task in tasks_of(sheet.solution)}
    for task in tasks:
        if task.points <= 0:
            yield f"{task.id} has {task.points:g} points: nobody can earn or lose anything"
        there = solution.get(task.test_cell, 0)
        if task.points != there:
            yield f"{task.id} has {task.points:g} points as released, in the solution {there:g}"


def _of_checks(folder: Path, sheet: Sheet) -> Iterator[str]:
    """Yield checks of no task, which never run, and tasks without public checks."""
    tasks = {task.id for task in sheet.tasks() if task.kind == "checks"}
    public, hidden = folder / "checks.py", folder / "hidden_checks.py"
    for path in (public, hidden):
        for task, line in _checked(path).items():
            if task not in tasks:
                known = ", ".join(sorted(tasks)) or "none"
                yield (
                    f"{path}, line {line}: no test cell reads check({task!r}), so that these "
                    f"checks never run (tasks: {known})"
                )
    for task in sorted(tasks - _checked(public).keys()):
        yield f"{task} has no public check: add one to {public}"


def _checked(path: Path) -> dict[str, int]:
    """Return the tasks that `@task("...")` names in a file, each with the first line that does."""
    try:
        tree = ast.parse(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, SyntaxError):
        return {}  # marking says what is wrong with it
    lines: dict[str, int] = {}
    for node in ast.walk(tree):
        match node:
            case ast.Call(ast.Name("task"), [ast.Constant(str(task)), *_]):
                lines[task] = min(node.lineno, lines.get(task, node.lineno))
    return lines


def _of_report(reference: Marked, total: float) -> Iterator[str]:
    report = reference.report
    if report.max_score != total:
        yield f"the report counts {report.max_score:g} points, the notebook {total:g}"
    for task in report.tasks:
        if not task.answered and not task.checks:
            yield f"the solution does not answer {task.id}, which is marked by hand"
    machine = sum(task.max_points for task in report.tasks if task.points is not None)
    if report.by_hand + machine != report.max_score:
        yield (
            f"{machine:g} points are marked by machine and {report.by_hand:g} by hand, "
            f"but the report counts {report.max_score:g}"
        )


def within_budget(course: Course, name: str, marked: Mapping[str, Marked]) -> Verdict:
    """Judge whether marking right solutions, given by case, takes no more time than it may."""
    found = [over_budget(course, name, case, each) for case, each in sorted(marked.items())]
    used = marked["reference"].cpu_seconds if "reference" in marked else None
    return Verdict("budget", complaints=tuple(filter(None, found)), cpu_seconds=used)


def over_budget(course: Course, name: str, case: str, marked: Marked) -> str | None:
    """Return a complaint where marking a right solution took too long.

    The reference has to keep to `marking_cpu_seconds`; slower ones that are right, too, have
    to be done in a third of `submission_seconds`, so that a machine with much to do takes no
    marks away. Where the CPU time was not measured, the time by the clock counts.
    """
    limits = course.limits_for(name)
    used = marked.report.seconds if marked.cpu_seconds is None else marked.cpu_seconds
    own = limits.marking_cpu_seconds if case == "reference" else math.inf
    allowed = min(own, limits.submission_seconds / _HEADROOM)
    if used <= allowed:
        return None
    limit = "`marking_cpu_seconds`" if allowed == own else "a third of `submission_seconds`"
    return f"marking {case} took {used:.1f} s of CPU, and {limit} is {allowed:g}"
