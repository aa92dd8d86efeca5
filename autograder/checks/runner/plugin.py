"""The pytest plugin: how checks are collected, and the fixtures they are written with.

Nothing here knows about files on a command line: the plugin is told its modules, turns
them into pytest items itself, and calls a `body` where pytest would loop over them. See
`autograder.checks.runner.suite` for the other half.
"""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from autograder.checks.results import CheckInfo, Visibility, describe
from autograder.checks.runner.marks import task_of
from autograder.checks.runner.student import Student
from autograder.errors import CourseError

_OWN_FIXTURES = ("student", "reference", "rng", "variant")
_NO_MARKS = ("skip", "skipif", "xfail")


@dataclass(frozen=True)
class Source:
    """A checks file that has been loaded."""

    path: Path
    visibility: Visibility
    module: ModuleType


@dataclass
class Context:
    """The values of the fixtures for the check that is running now."""

    check: CheckInfo
    student: Student
    reference: Student | None
    variants: Mapping[str, dict[str, object]]
    inputs: str = ""


@dataclass
class Check:
    """A collected check: its record and the pytest item that runs it."""

    info: CheckInfo
    item: pytest.Function


@dataclass(eq=False)  # pytest puts its plugins into sets
class Plugin:
    """One pytest run over the checks of one assignment."""

    assignment: str
    sources: list[Source]
    body: Callable[[], None]
    drawn: frozenset[str] = frozenset()
    secret: str = ""
    checks: list[Check] = field(default_factory=list)
    context: Context | None = None
    raised: BaseException | None = None
    error: BaseException | None = None
    _refused: list[str] = field(default_factory=list)

    @pytest.fixture
    def student(self) -> Student:
        """The student's notebook, see `autograder.checks.runner.student`."""
        return self._context().student

    @pytest.fixture
    def reference(self) -> Student:
        """The solution notebook, with the same interface; hidden checks only."""
        reference = self._context().reference
        if reference is None:
            raise CourseError("there is no reference solution in this run")
        return reference

    @pytest.fixture
    def rng(self) -> np.random.Generator:
        """A generator whose numbers depend on the assignment and the check alone.

        Those of a hidden check depend on the secret of the course, too.
        """
        context = self._context()
        text = f"{self.assignment}\0{context.check.id}"
        text += f"\0{context.inputs}" if context.inputs else ""
        if context.check.visibility == "hidden" and self.secret:
            text += f"\0secret {self.secret}"
        return np.random.default_rng(list(hashlib.sha256(text.encode()).digest()))

    @pytest.fixture
    def variant(self) -> dict[str, object]:
        """The numbers drawn for this student and this check's task."""
        context = self._context()
        if context.check.task not in context.variants:
            raise CourseError(f'no @draw("{context.check.task}") in checks.py')
        return dict(context.variants[context.check.task])

    def _context(self) -> Context:
        assert self.context is not None, "a check runs only inside Suite.run"
        return self.context

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection(self, session: pytest.Session) -> bool:
        """Collect the sources in place of pytest's walk over folders."""
        try:
            session.items = []
            for source in self.sources:
                node = CheckModule.from_parent(session, path=source.path)
                node.loaded = source.module
                items = list(session.genitems(node))
                if self._refused:
                    raise CourseError(f"{source.path}: {self._refused[0]}")
                self.checks += [_check(source, item) for item in items]
                session.items += items
            session.testscollected = len(session.items)
            _validate(self.sources, self.checks, self.drawn)
        except Exception as error:
            self.error = error
        return True

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Remember what pytest could not collect."""
        if report.failed:
            self._refused.append(str(report.longrepr).strip())

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run the caller's body in place of pytest's loop; its error is raised later."""
        if self.error is None:
            try:
                self.body()
            except BaseException as error:
                self.error = error
        return True

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> pytest.TestReport:
        """Keep the first exception itself; pytest's formatted traceback is not wanted."""
        if call.excinfo is not None and self.raised is None:
            self.raised = call.excinfo.value
        return pytest.TestReport(
            nodeid=item.nodeid,
            location=item.location,
            keywords={},
            outcome="failed" if call.excinfo is not None else "passed",
            longrepr=None,
            when=call.when,  # type: ignore[arg-type]
        )

    def pytest_internalerror(self, excinfo: pytest.ExceptionInfo[BaseException]) -> bool:
        """Keep pytest's own errors off the terminal."""
        self.error = self.error or excinfo.value
        return True


class CheckModule(pytest.Module):
    """A checks file as pytest node: its module is loaded already."""

    loaded: ModuleType

    def _getobj(self) -> ModuleType:
        return self.loaded

    def collect(self) -> Iterator[pytest.Item | pytest.Collector]:
        """Collect what this file defines, not the checks it imports from another."""
        for node in super().collect():
            home = getattr(getattr(node, "obj", None), "__module__", self.loaded.__name__)
            if home == self.loaded.__name__:
                yield node


def _check(source: Source, item: pytest.Item) -> Check:
    assert isinstance(item, pytest.Function)
    function = item.function
    line = inspect.unwrap(function).__code__.co_firstlineno
    mark = task_of(function)
    where = f"{source.path}, line {line}"
    if mark is None:
        raise CourseError(
            f'{where}: the check `{item.originalname}` has no task: add @task("...") above it'
        )
    for name in _NO_MARKS:
        if item.get_closest_marker(name):
            raise CourseError(f"{where}: a check cannot be marked {name}: it would cost nobody")
    info = CheckInfo(
        id=item.name if item.cls is None else f"{item.cls.__name__}.{item.name}",
        task=mark.task,
        visibility=source.visibility,
        weight=mark.weight,
        description=describe(item.name, function.__doc__),
        file=str(source.path),
        line=line,
        own_numbers="variant" in item.fixturenames,
    )
    return Check(info, item)


def _validate(sources: list[Source], checks: list[Check], drawn: frozenset[str]) -> None:
    problems = []
    seen: dict[str, CheckInfo] = {}
    for check in checks:
        info = check.info
        where = f"{info.file}, line {info.line}"
        if info.id in seen:
            first = seen[info.id]
            problems.append(
                f"{where}: there is a check `{info.id}` already, in {first.file}, line {first.line}"
            )
        seen.setdefault(info.id, info)
        unknown = _unknown_fixtures(check.item)
        if unknown:
            problems.append(
                f"{where}: `{info.id}` asks for {', '.join(map(repr, unknown))}, which is no "
                f"fixture (there are {', '.join(_OWN_FIXTURES)}, and yours)"
            )
        if info.visibility == "public" and "reference" in check.item.fixturenames:
            problems.append(
                f"{where}: `{info.id}` is public and asks for `reference`, which students "
                "do not have: move it to hidden_checks.py"
            )
        if info.own_numbers and info.task not in drawn:
            problems.append(
                f"{where}: `{info.id}` asks for `variant`, but checks.py has no "
                f'@draw("{info.task}")'
            )
    problems += [problem for source in sources for problem in _uncollected(source)]
    if problems:
        raise CourseError("\n".join(dict.fromkeys(problems)))


def _unknown_fixtures(item: pytest.Function) -> list[str]:
    # pytest itself would notice only when the check runs, in front of a student.
    known = set(item._fixtureinfo.name2fixturedefs) | {"request"}
    callspec = getattr(item, "callspec", None)
    known |= set(callspec.params) if callspec is not None else set()
    return [name for name in item.fixturenames if name not in known]


def _uncollected(source: Source) -> list[str]:
    """Return a problem for every function that has a task but no name pytest collects."""
    return [
        f"{source.path}, line {value.__code__.co_firstlineno}: `{name}` has a task, but a "
        f"check's name begins with test_"
        for name, value in vars(source.module).items()
        if inspect.isfunction(value)
        and task_of(value) is not None
        and not name.startswith("test")
        and value.__module__ == source.module.__name__
    ]
