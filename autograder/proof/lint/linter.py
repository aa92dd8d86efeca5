"""Linting the checks of an assignment: read them, run them, apply every rule, heed excuses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat

from autograder.checks import Suite, run_suite
from autograder.checks.runner.solution import solution_namespace
from autograder.course import Course
from autograder.errors import CourseError
from autograder.proof.lint import answers, arguments, optimisers, oracles, written  # noqa: F401
from autograder.proof.lint.excuses import silenced
from autograder.proof.lint.files import Source, read_source
from autograder.proof.lint.findings import RULES, Finding
from autograder.proof.lint.trials import SOMEBODY, Trials
from autograder.sandbox import LocalSession

# CPU time of one check of ours that is right.
_SECONDS = 20.0


def lint(course: Course, name: str) -> list[Finding]:
    """Return the holes in the checks of the assignment `name`, by file and line.

    A plain nbgrader assignment has no checks files and so no findings. Raises CourseError for
    an unknown assignment, and for checks or a solution that cannot be read or run.
    """
    if course.is_plain(name):
        return []
    folder = course.solution_dir(name)

    def namespace(suite: Suite) -> dict[str, Any]:
        path = folder / f"{name}.ipynb"
        try:
            notebook = nbformat.read(path, as_version=4)
        except (OSError, ValueError) as error:
            raise CourseError(f"{path}: cannot be read: {error}") from error
        return solution_namespace(notebook, folder, suite.variants(SOMEBODY))

    return _lint(folder / "checks.py", folder / "hidden_checks.py", namespace, _SECONDS)


def lint_files(
    public: Path | None,
    hidden: Path | None = None,
    *,
    solution: Path | None = None,
    seconds: float = _SECONDS,
) -> list[Finding]:
    """Return the holes in these checks files; those that do not exist are left out.

    `solution` is Python that defines what the checks ask for, `seconds` the CPU time after
    which a check is taken for one that never ends.
    """

    def namespace(_: Suite) -> dict[str, Any]:
        found: dict[str, Any] = {"__name__": "__main__"}
        if solution is not None and solution.is_file():
            source = solution.read_text(encoding="utf-8")
            result = LocalSession(found).run_cell(source, name="solution", seconds=seconds)
            if result.error is not None:
                raise CourseError(f"{solution}: {result.error}")
        return found

    return _lint(public, hidden, namespace, seconds)


def _lint(
    public: Path | None, hidden: Path | None, namespace: Any, seconds: float
) -> list[Finding]:
    public = public if public is not None and public.is_file() else None
    hidden = hidden if hidden is not None and hidden.is_file() else None
    sources = [read_source(path) for path in (public, hidden) if path is not None]
    if not sources:
        return []

    def body(suite: Suite) -> list[Finding]:
        trials = Trials(suite, sources, namespace(suite), seconds)
        found = [*_of_files(sources), *_of_runs(trials)]
        named = [_with_task(finding, trials) for finding in found]
        return silenced(sources, _without_echoes(named, trials))

    return run_suite(public, hidden, body, assignment="lint")


def _of_files(sources: list[Source]) -> Iterator[Finding]:
    for rule in RULES.values():
        for source in sources:
            if rule.written is not None:
                for path, line, message in rule.written(source):
                    yield Finding(rule.name, path, line, message, rule.remedy)


def _of_runs(trials: Trials) -> Iterator[Finding]:
    for rule in RULES.values():
        if rule.observed is not None:
            for path, line, message in rule.observed(trials):
                yield Finding(rule.name, path, line, message, rule.remedy)


def _with_task(finding: Finding, trials: Trials) -> Finding:
    """The finding with the task of the check that the line stands in, if it is not there yet."""
    for check in trials.checks:
        inside = check.source.path == finding.path and check.line <= finding.line <= check.end
        if inside and not finding.message.startswith("task "):
            message = f"task {check.info.task!r}: {finding.message}"
            return Finding(finding.rule, finding.path, finding.line, message, finding.remedy)
    return finding


def _without_echoes(found: list[Finding], trials: Trials) -> list[Finding]:
    """The findings, each once; that a check cannot fail is known where a line of it says why."""
    ends = {(check.source.path, check.line): check.end for check in trials.checks}
    left = []
    for finding in dict.fromkeys(found):
        end = ends.get((finding.path, finding.line), finding.line)
        echo = finding.rule == "cannot-fail" and any(
            other.path == finding.path and finding.line < other.line <= end for other in found
        )
        if not echo:
            left.append(finding)
    return left
