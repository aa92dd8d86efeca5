"""Notebooks as source text and checks as files, for the tests of the checks room."""

from __future__ import annotations

import textwrap
from pathlib import Path

from autograder.checks import CheckResult, run_suite
from autograder.checks.runner.student import Connection, Student
from autograder.sandbox import LocalSession


def session_of(source: str) -> LocalSession:
    """A session whose notebook is one cell."""
    session = LocalSession({"__name__": "__main__"})
    result = session.run_cell(textwrap.dedent(source), name="cell 1 (answer)", seconds=5)
    assert result.error is None, result.error
    return session


def student_of(source: str) -> Student:
    """The fixture `student` of a check, over a notebook of one cell."""
    return Student(Connection(session_of(source)))


class Folder:
    """An assignment's folder: write its files, run its checks."""

    def __init__(self, path: Path) -> None:
        path.mkdir(exist_ok=True)
        self.path = path
        self.public: Path | None = None
        self.hidden: Path | None = None

    def write(self, public: str | None = None, hidden: str | None = None) -> Folder:
        header = (
            "import numpy as np\nimport pytest\n"
            "from autograder.checks import CheckFailed, close, draw, equal, task\n"
        )
        if public is not None:
            self.public = self.path / "checks.py"
            self.public.write_text(header + textwrap.dedent(public), encoding="utf-8")
        if hidden is not None:
            self.hidden = self.path / "hidden_checks.py"
            self.hidden.write_text(header + textwrap.dedent(hidden), encoding="utf-8")
        return self

    def run(
        self,
        student: str,
        *,
        reference: str | None = None,
        task: str = "a",
        secret: str = "",
        **options: object,
    ) -> dict[str, CheckResult]:
        """The results of one task by check id, for a notebook given as source."""
        theirs = None if reference is None else session_of(reference)
        results = run_suite(
            self.public,
            self.hidden,
            lambda suite: suite.run(task, session_of(student), theirs, **options),  # type: ignore[arg-type]
            assignment="tiny",
            secret=secret,
        )
        return {result.id: result for result in results}

    def one(self, student: str, **options: object) -> CheckResult:
        """The only result of the only task."""
        (result,) = self.run(student, **options).values()  # type: ignore[arg-type]
        return result
