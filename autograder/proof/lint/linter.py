"""Linting the checks of an assignment: read, follow, apply every rule, silence what is excused."""

from __future__ import annotations

from pathlib import Path

from autograder.course import Course
from autograder.proof.lint import answers, code, inputs, optimisers, oracles  # noqa: F401 (rules)
from autograder.proof.lint.excuses import silenced
from autograder.proof.lint.findings import RULES, Finding, Hit
from autograder.proof.lint.machine import Machine
from autograder.proof.lint.reading import Checks, checks_in, read_source, signatures_in


def lint(course: Course, name: str) -> list[Finding]:
    """Return the holes in the checks of the assignment `name`, by file and line.

    A plain nbgrader assignment has no checks files and so no findings. Raises CourseError for
    an unknown assignment and for a checks file that is no Python.
    """
    if course.is_plain(name):
        return []
    folder = course.solution_dir(name)
    return lint_files(
        folder / "checks.py", folder / "hidden_checks.py", solution=folder / f"{name}.py"
    )


def lint_files(
    public: Path | None, hidden: Path | None = None, *, solution: Path | None = None
) -> list[Finding]:
    """Return the holes in these checks files; those that do not exist are left out.

    `solution` is Python that defines the functions the checks call: it names their parameters.
    """
    checks = read(public, hidden, solution=solution)
    found = [
        Finding(rule.name, hit.source.path, hit.line, _with_task(checks, hit), rule.remedy)
        for rule in RULES.values()
        for hit in rule.look(checks)
    ]
    return silenced(checks, list(dict.fromkeys(found)))


def _with_task(checks: Checks, hit: Hit) -> str:
    """The message, with the task of the check that the line stands in, if it is not there yet."""
    if hit.message.startswith("task "):
        return hit.message
    for check in checks.checks:
        last = check.node.end_lineno or check.line
        if check.source is hit.source and check.line <= hit.line <= last:
            return f"task {check.task!r}: {hit.message}"
    return hit.message


def read(public: Path | None, hidden: Path | None, *, solution: Path | None = None) -> Checks:
    """Read checks files and follow every check in them."""
    sources = [
        read_source(path, hidden=is_hidden)
        for path, is_hidden in ((public, False), (hidden, True))
        if path is not None and path.is_file()
    ]
    machine = Machine(sources)
    checks = [check for source in sources for check in checks_in(source)]
    for check in checks:
        check.trace = machine.follow(check)
    known = solution is not None and solution.is_file()
    text = solution.read_text(encoding="utf-8") if known and solution else ""
    return Checks(sources, checks, signatures_in(text))
