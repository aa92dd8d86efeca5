"""Linting the checks of an assignment: run them, apply every rule, heed excuses."""

from __future__ import annotations

import re
import runpy
from pathlib import Path
from typing import Any

import nbformat

from autograder.checks import Suite, run_suite
from autograder.checks.runner.solution import solution_namespace
from autograder.course import Course
from autograder.errors import CourseError
from autograder.proof.lint import answers, arguments, written  # noqa: F401
from autograder.proof.lint.findings import LOOKS, RULES, Finding, Source, finds
from autograder.proof.lint.trials import SOMEBODY, Trials

# CPU time of one check of ours that is right.
_SECONDS = 20.0
_EXCUSE = re.compile(r"#\s*lint:\s*ok\b[\s:,—-]*(?P<reason>.*)")
# Known only when all other rules are through.
finds(excuse="Say why it is no hole, as in # lint: ok <reason>, or remove the comment")


def lint(course: Course, name: str) -> list[Finding]:
    """Return the holes in the checks of the assignment `name`, by file and line.

    A plain nbgrader assignment has no checks files and so no findings. Raises CourseError for
    an unknown assignment, and for checks or a solution that cannot be read or run.
    """
    if course.is_plain(name):
        return []
    folder = course.solution_dir(name)
    files = folder / "checks.py", folder / "hidden_checks.py"
    return lint_files(*files, solution=folder / f"{name}.ipynb")


def lint_files(
    public: Path | None,
    hidden: Path | None = None,
    *,
    solution: Path | None = None,
    seconds: float = _SECONDS,
) -> list[Finding]:
    """Return the holes in these checks files; those that do not exist are left out.

    `solution` is the notebook or Python file that defines what the checks ask for, `seconds` the
    CPU time after which a check is taken for one that never ends.
    """
    public, hidden = (path if path and path.is_file() else None for path in (public, hidden))
    paths = [path for path in (public, hidden) if path is not None]
    if not paths:
        return []

    def body(suite: Suite) -> list[Finding]:
        sources = [Source(path) for path in paths]
        trials = Trials(suite, sources, _namespace(solution, suite), seconds)
        # Rules speak of what happens in checks that pass: without any they would find nothing.
        ended = [check for check in trials.checks if check.seconds < seconds]
        if ended and not any(check.passed for check in ended):
            raise CourseError(
                f"{paths[-1]}: no check passes on the solution, so none can be judged"
            )
        found = _silenced(sources, _found(trials))
        return sorted(found, key=lambda each: (str(each.path), each.line, each.rule))

    return run_suite(public, hidden, body, assignment="lint")


def _namespace(solution: Path | None, suite: Suite) -> dict[str, Any]:
    if solution is None or solution.suffix == ".py":
        return runpy.run_path(str(solution)) if solution else {}
    try:
        notebook = nbformat.read(solution, as_version=4)
    except (OSError, ValueError) as error:
        raise CourseError(f"{solution}: cannot be read: {error}") from error
    return solution_namespace(notebook, solution.parent, suite.variants(SOMEBODY))


def _found(trials: Trials) -> list[Finding]:
    """Return what the rules find, each once, with the task of the check that the line stands in."""
    found = {}
    for look in LOOKS:
        for rule, (path, line), task, what in look(trials):
            around = [c for c in trials.checks if c.place[0] == path and line in c.lines]
            task = task or (around[0].info.task if around else "")
            message = f"task {task!r}: {what}" if task else what
            finding = Finding(rule, Path(path), line, message, RULES[rule])
            found[finding] = [check.place for check in around if check.lines[0] != line]
    # That a check cannot fail is no news where a line of it says why.
    told = [place for places in found.values() for place in places]
    return [
        finding
        for finding in found
        if finding.rule != "cannot-fail" or (str(finding.path), finding.line) not in told
    ]


def _silenced(sources: list[Source], findings: list[Finding]) -> list[Finding]:
    """The findings without those excused, and with the excuses that are none."""
    left = [*findings]
    for source in sources:
        for line, text in enumerate(source.text.splitlines(), start=1):
            excuse = _EXCUSE.search(text)
            if excuse is None:
                continue
            lines = _reached(source, line)
            hits = [found for found in left if found.path == source.path and found.line in lines]
            if excuse["reason"] and hits:
                left.remove(hits[0])
                continue
            what = "an excuse without a reason, or without a finding, silences nothing"
            left.append(Finding("excuse", source.path, line, what, RULES["excuse"]))
    return left


def _reached(source: Source, line: int) -> set[int]:
    """The lines that an excuse speaks of: its own, the next if it has one to itself, or a `def`."""
    heads = {
        each.lineno for each, first in source.functions.items() if first - 1 <= line <= each.lineno
    }
    alone = source.text.splitlines()[line - 1].lstrip().startswith("#")
    return {line, *heads} | ({line + 1} if alone or heads else set())
