"""Running the checks of one assignment, hundreds of times, inside one pytest run.

    def mark_all(suite):
        return [suite.run("adam", session, reference, student=name) for ...]

    run_suite(public, hidden, mark_all, assignment="optimisers")

pytest is started once, in this process and without a word on the terminal, a plugin of
its user or a configuration file; its loop over the tests is the caller's `body`.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
import traceback
import warnings
from collections.abc import Callable, Collection, Iterator, MutableMapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar

import pytest
from _pytest.outcomes import Failed
from _pytest.runner import runtestprotocol

from autograder.checks.author.points import points_drawn_from
from autograder.checks.diagnosis.record import Record, recording
from autograder.checks.results import (
    CheckFailed,
    CheckInfo,
    CheckResult,
    Status,
    Visibility,
    clean,
    keeping_secrets,
)
from autograder.checks.runner.loading import line_in, loaded
from autograder.checks.runner.plugin import Check, Context, Plugin, Source
from autograder.checks.runner.student import Connection, Student, WhyMissing
from autograder.checks.runner.variants import Draws
from autograder.errors import CourseError, SessionError
from autograder.sandbox import Session

T = TypeVar("T")
Seen = Callable[[CheckResult, Record], None]

# Of pytest only collection, fixtures and parametrize are wanted. What prints, captures,
# caches, or changes the process (faulthandler, logging) stays out.
_WITHOUT = """
    terminal capture cacheprovider assertion faulthandler logging warnings doctest junitxml
    pastebin stepwise unittest nose debugging setuponly setupplan skipping recwarn legacypath
    unraisableexception threadexception reports subtests
"""
_LONGEST = 2000
# What pytest's user set up for other tests, and what pytest keeps of a failure for debuggers.
_NO_PLUGINS = "PYTEST_DISABLE_PLUGIN_AUTOLOAD"
_ENVIRONMENT = (
    _NO_PLUGINS, "PYTEST_ADDOPTS", "PYTEST_PLUGINS", "PYTEST_DEBUG", "PYTEST_CURRENT_TEST",
)  # fmt: skip
_KEPT = ("last_type", "last_value", "last_traceback", "last_exc")


@dataclass(eq=False)
class Suite:
    """The collected checks of one assignment.

    `inputs` names the numbers that `rng` draws in every check: a student who is marked
    meets those of `""`, and a proof may try others.
    """

    _plugin: Plugin
    _draws: Draws
    inputs: str = ""

    @property
    def checks(self) -> list[CheckInfo]:
        """Every check, the public ones first, in the order of the files."""
        return [check.info for check in self._plugin.checks]

    @property
    def tasks(self) -> list[str]:
        """The tasks that have checks, in the order of their first one."""
        return list(dict.fromkeys(info.task for info in self.checks))

    def draws(self, task: str) -> bool:
        """Return whether a `@draw` gives `task` numbers of a student's own."""
        return task in self._draws.functions

    def variants(self, student: str) -> dict[str, dict[str, object]]:
        """Return the numbers of every task with a `@draw`, as drawn for this student."""
        return self._draws.all_for(student)

    def run(
        self,
        task: str,
        student_session: Session,
        reference_session: Session | None = None,
        *,
        student: str = "student",
        check_seconds: float = 10.0,
        budget: Callable[[], float] | None = None,
        why_missing: WhyMissing | None = None,
        visibility: Visibility | None = None,
        not_run: str | None = None,
        seen: Seen | None = None,
        only: Collection[str] | None = None,
    ) -> list[CheckResult]:
        """Run the checks of `task`, or those of one visibility, and return their results, in order.

        `check_seconds` bounds what one check may spend in the student's session and
        `budget()` says how many seconds the submission has left. `why_missing(name)` may
        say why a name does not exist ("cell 7 raised NameError"). After a check that ran
        out of time or lost the session the others of the task are not run; `not_run` says
        why already the first is not. `seen` is called with every result and what the student's
        session answered to that check; `only` names the checks to run. Raises CourseError for
        a task without checks.
        """
        checks = [check for check in self._plugin.checks if check.info.task == task]
        if not checks:
            known = ", ".join(self.tasks) or "none"
            raise CourseError(f"there are no checks for the task {task!r} (tasks: {known})")
        variants = self.variants(student)
        results: list[CheckResult] = []
        stopped = not_run
        for check in checks:
            left_out = only is not None and check.info.id not in only
            if left_out or visibility not in (None, check.info.visibility):
                continue
            stopped = stopped or _cannot_run(student_session, budget, results)
            if stopped is not None:
                results.append(_result(check.info, "error", f"not run: {stopped}", "not-run"))
                continue
            record = Record.of_nothing() if seen is None else Record()
            mine = Connection(student_session, check_seconds, budget, why_missing, record=record)
            theirs = None
            if reference_session is not None:
                theirs = Student(Connection(reference_session, reference=True))
            hidden = check.info.visibility == "hidden"
            points = points_drawn_from(self._points_of(hidden))
            with keeping_secrets(hidden), points, recording(record):
                results.append(self._run_one(check, mine, theirs, variants))
            if seen is not None:
                seen(results[-1], record)
        return results

    def _points_of(self, hidden: bool) -> str:
        """Name the points at which derivations are compared: the same for all that is public."""
        secret = self._plugin.secret
        return f"{self.inputs}\0{secret}" if hidden and (secret or self.inputs) else ""

    def _run_one(
        self,
        check: Check,
        student: Connection,
        reference: Student | None,
        variants: dict[str, dict[str, object]],
    ) -> CheckResult:
        plugin = self._plugin
        plugin.context = Context(check.info, Student(student), reference, variants, self.inputs)
        plugin.raised = None
        start = time.perf_counter()
        try:
            with _without(vars(sys), _KEPT), warnings.catch_warnings():
                warnings.simplefilter("ignore")
                # The protocol that re-runs an item afresh, as pytest-rerunfailures does.
                # No next item: fixtures of any scope end here, so that nothing of one
                # student's check is left for another's.
                runtestprotocol(check.item, log=False, nextitem=None)
            seconds = time.perf_counter() - start
            return _judged(check.info, plugin.raised, student, seconds)
        except BaseException:
            with contextlib.suppress(BaseException):
                check.item.ihook.pytest_runtest_teardown(item=check.item, nextitem=None)
            raise
        finally:
            # An exception holds its frames, and they the student's arrays.
            plugin.raised = None
            plugin.context = None


def run_suite(
    public: Path | None,
    hidden: Path | None,
    body: Callable[[Suite], T],
    *,
    assignment: str,
    secret: str = "",
) -> T:
    """Collect the checks files and return what `body(suite)` returns.

    What hidden checks draw depends on `secret`; without one, on public names alone.
    Raises CourseError, naming file and line, for files that do not load, a check without
    a task or with an unknown fixture, two checks of one id, and a public check that asks
    for the reference; whatever `body` raises passes through.
    """
    outcome: list[T] = []
    with contextlib.ExitStack() as stack:
        sources = []
        shared: ModuleType | None = None
        if public is not None:
            shared = stack.enter_context(loaded(Path(public)))
            sources.append(Source(Path(public), "public", shared))
        if hidden is not None:
            module = stack.enter_context(loaded(Path(hidden), public=shared))
            sources.append(Source(Path(hidden), "hidden", module))
        draws = Draws.of(shared)

        def run_body() -> None:
            outcome.append(body(Suite(plugin, draws)))

        plugin = Plugin(
            assignment, sources, run_body, drawn=frozenset(draws.functions), secret=secret
        )
        arguments = [word for name in _WITHOUT.split() for word in ("-p", f"no:{name}")]
        arguments += ["-c", os.devnull, "--rootdir", str(Path.cwd()), "--noconftest"]
        with _without(os.environ, _ENVIRONMENT):
            os.environ[_NO_PLUGINS] = "1"
            pytest.main(arguments, plugins=[plugin])
    error, plugin.error = plugin.error, None
    if error is not None:
        raise error
    if not outcome:
        raise CourseError(f"pytest did not start for the checks of {assignment!r}")
    return outcome[0]


def _cannot_run(
    session: Session, budget: Callable[[], float] | None, results: list[CheckResult]
) -> str | None:
    if results and results[-1].status == "timeout":
        return "an earlier check of this task ran out of time"
    if budget is not None and budget() <= 0:
        return "the time for the whole notebook is used up"
    if not session.alive:
        return "the notebook's process ended before this check"
    return None


def _judged(
    info: CheckInfo, error: BaseException | None, student: Connection, seconds: float
) -> CheckResult:
    """Turn what a check raised into its result, without values where it is hidden."""
    hidden = info.visibility == "hidden"
    if error is None:
        return _result(info, "passed", "", None, seconds)
    if isinstance(error, CheckFailed):
        text = error.headline if hidden or not error.detail else str(error)
        return _result(info, "failed", text, error.misconception, seconds)
    if isinstance(error, SessionError):
        trouble = student.trouble(error, hidden=hidden)
        return _result(info, trouble.status, trouble.message, trouble.misconception, seconds)
    if isinstance(error, AssertionError | Failed):
        text = info.description if hidden else _assertion_text(info, error)
        return _result(info, "failed", text, None, seconds)
    return _result(info, "error", _broken(info, error, student), "broken-check", seconds)


def _assertion_text(info: CheckInfo, error: BaseException) -> str:
    # pytest appends its explanation to an author's own message, which needs none.
    text = str(error).partition("\nassert ")[0].strip()
    if text:
        lines = [clean(line, 200) for line in text.splitlines()]
        # pytest explains `student.f` itself, too: it is itself.
        return "\n".join(line for line in lines if "where student." not in line)[:1000]
    frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename == info.file]
    return clean(frames[-1].line) if frames and frames[-1].line else info.description


def _broken(info: CheckInfo, error: BaseException, student: Connection) -> str:
    """Say that the check is at fault, unless what the student returned may be."""
    where = f"{Path(info.file).name} line {line_in(info.file, error) or info.line}"
    what = type(error).__name__
    if info.visibility == "public":
        what += f": {clean(error)}"
    careless = isinstance(error, TypeError | ValueError | LookupError | AttributeError)
    if careless and student.returned is not None:
        return (
            f"this check could not work with what `{clean(student.doing, 80)}` returned "
            f"({student.returned}). If that is what the task asks for, this check is broken, "
            f"tell your instructor: {what} ({where})"
        )
    return f"this check is broken, tell your instructor: {what} ({where})"


def _result(
    info: CheckInfo, status: Status, message: str, misconception: str | None, seconds: float = 0.0
) -> CheckResult:
    about = (info.id, info.task, info.visibility, info.weight)
    text = message[:_LONGEST]
    return CheckResult(*about, status, text, misconception, seconds, info.description)


@contextlib.contextmanager
def _without(values: MutableMapping[str, Any], names: Collection[str]) -> Iterator[None]:
    """Take these names out of a dictionary, and put them back as they were."""
    before = {name: values.pop(name) for name in names if name in values}
    try:
        yield
    finally:
        for name in names:
            values.pop(name, None)
        values.update(before)
