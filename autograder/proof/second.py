"""Second references: accepts asked the same as the solution, thousands of times.

Every call of `Function.check` and `Function.battery` in the checks says what a task asks for. The
same is drawn again and again, and the solution's answer compared with that of an accept that
defines the function in its own cell. Both are ours, so that both run in this process.
"""

from __future__ import annotations

import hashlib
import itertools
import math
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any
from unittest.mock import patch

import numpy as np
from nbformat import NotebookNode
from threadpoolctl import threadpool_limits

from autograder.checks import CheckFailed, Function, Suite, run_suite
from autograder.checks.author.battery import Entry, battery
from autograder.checks.author.function import is_finite
from autograder.checks.author.values import to_array
from autograder.checks.runner.solution import solution_namespace
from autograder.checks.runner.student import BrokenReferenceError, Connection, Student
from autograder.course import Course
from autograder.errors import CourseError, SessionError
from autograder.grading.sheets import Sheet, read_sheets
from autograder.notebook import grade_id_of, tasks_of, with_sources
from autograder.notebook.accepts import Accept, accept_files, read_accept
from autograder.notebook.answers import answers_of
from autograder.notebook.defined import names_defined
from autograder.sandbox import LocalSession

INPUTS = 10_000
SECONDS = 60.0  # of CPU, for one task
_WHO = "second reference"
_COMPLAINTS = 3


@dataclass(frozen=True)
class Agreement:
    """How often a task's second reference was asked, and what it answered.

    `accepts` names, for each function of the task that has one, the accept that is its second
    reference; `without` are the functions that have none. `difference` is the largest one between
    two answers, relative to the solution's where that is above 1. `stopped` says that the time was
    over before all `inputs` were drawn.
    """

    task: str
    accepts: Mapping[str, str] = field(default_factory=dict)
    without: tuple[str, ...] = ()
    inputs: int = 0
    difference: float = 0.0
    stopped: bool = False
    complaints: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Use:
    """A declared function as a check asks for it; `entries` draws calls of it."""

    task: str
    function: Function
    entries: Callable[[np.random.Generator], list[Entry]] = field(compare=False)
    part: Any = None


def agreements(
    course: Course, name: str, *, inputs: int = INPUTS, seconds: float = SECONDS
) -> Iterator[Agreement]:
    """Yield, for each task of an assignment that has checks, how two references agree.

    Each task is asked until `inputs` were drawn or `seconds` of CPU time are over.

    Raises:
        CourseError: it is a plain nbgrader assignment, or its checks or solution do not run.
    """
    if course.is_plain(name):
        raise CourseError(f"{name} is a plain nbgrader assignment: it has no checks to prove")
    folder = course.solution_dir(name)
    public, hidden = (
        path if path.is_file() else None
        for path in (folder / "checks.py", folder / "hidden_checks.py")
    )
    (sheet,) = read_sheets(course, name)

    def body(suite: Suite) -> list[Agreement]:
        found = _References(course, name, sheet, suite)
        uses = _uses(suite, found.session)
        return [
            _compared(name, task, [u for u in uses if u.task == task], found, inputs, seconds)
            for task in suite.tasks
        ]

    with threadpool_limits(1):  # small arrays: more threads only use more CPU
        yield from run_suite(public, hidden, body, assignment=name)


class _References:
    """The solution, and for each function the accept that defines it least like the solution."""

    def __init__(self, course: Course, name: str, sheet: Sheet, suite: Suite) -> None:
        self._folder = course.solution_dir(name)
        self._variants = suite.variants(_WHO)
        self._cells = answers_of(sheet.solution)
        tests = {task.test_cell for task in tasks_of(sheet.solution)}
        self._notebook = sheet.solution
        self._order = [
            (grade_id, str(cell.source))
            for cell in sheet.solution.cells
            if cell.cell_type == "code"
            and (grade_id := grade_id_of(cell)) is not None
            and grade_id not in tests
        ]
        self._accepts = [read_accept(path) for path in accept_files(self._folder)]
        self._students: dict[str, Student] = {}
        self.session = self._session("solution", sheet.solution)
        self.ours = Student(Connection(self.session))

    def second(self, function: str) -> tuple[str, Student] | None:
        """Return the name of the accept that is a function's second reference, and itself."""
        root = function.partition(".")[0]
        serving = [
            (self._likeness(accept, cell), accept.name, accept)
            for accept in self._accepts
            if (cell := self._defining(accept, root)) is not None
        ]
        if not serving:
            return None
        _, _, accept = min(serving, key=lambda each: each[:2])
        if accept.name not in self._students:
            session = self._session(accept.name, with_sources(self._notebook, accept.cells))
            self._students[accept.name] = Student(Connection(session))
        return accept.name, self._students[accept.name]

    def _defining(self, accept: Accept, name: str) -> str | None:
        """Return the accept's cell that defines a name, where no later cell does so again."""
        last = None
        for cell, source in self._order:
            if name in names_defined(accept.cells.get(cell, source)):
                last = cell
        return last if last in accept.cells else None

    def _likeness(self, accept: Accept, cell: str) -> float:
        ours = self._cells.get(cell, "")
        return SequenceMatcher(None, ours, accept.cells[cell], autojunk=False).ratio()

    def _session(self, name: str, notebook: NotebookNode) -> LocalSession:
        module = f"second_reference_{name}"
        return LocalSession(
            solution_namespace(notebook, self._folder, self._variants, module_name=module)
        )


def _uses(suite: Suite, session: LocalSession) -> list[_Use]:
    """Run every check on the solution, and return what declared functions it asks for."""
    found: list[_Use] = []
    task = ""
    check = Function.check

    def noted_check(
        function: Function, student: Student, rng: Any, reference: Any = None, /,
        *, part: Any = None, **given: Any,
    ) -> Any:  # fmt: skip
        def drawn(rng: np.random.Generator) -> list[Entry]:
            call = function.draw(rng, **given)
            return [Entry("", "", "", call, call)]

        found.append(_Use(task, function, drawn, part))
        return check(function, student, rng, reference, part=part, **given)

    def noted_battery(
        function: Function, student: Student, rng: Any, reference: Any = None, /,
        *, without: Any = None, also: Any = None, **given: Any,
    ) -> None:  # fmt: skip
        found.append(
            _Use(
                task, function, lambda rng: battery(function, rng, without or {}, also or {}, given)
            )
        )

    with ExitStack() as stack:
        stack.enter_context(patch.object(Function, "check", noted_check))
        stack.enter_context(patch.object(Function, "battery", noted_battery))
        for task in suite.tasks:
            suite.run(task, session, session, student=_WHO, check_seconds=math.inf)
    return found


def _compared(
    name: str,
    task: str,
    uses: Sequence[_Use],
    references: _References,
    inputs: int,
    seconds: float,
) -> Agreement:
    """Ask both references of a task the same until enough was drawn."""
    names = list(dict.fromkeys(use.function.name for use in uses))
    second = {each: found for each in names if (found := references.second(each)) is not None}
    asked = [use for use in uses if use.function.name in second]
    start, done, largest, stopped = time.process_time(), 0, 0.0, False
    complaints: dict[str, None] = {}
    for use, entry in itertools.islice(_entries(name, task, asked), inputs):
        done += 1
        accept, student = second[use.function.name]
        try:
            largest = max(largest, _difference_of(use, entry, references.ours, student))
        except (CheckFailed, SessionError, BrokenReferenceError) as error:
            what = " ".join(str(error).split())
            complaints[f"accept/{accept} and the solution: `{use.function.name}`: {what}"] = None
        stopped = time.process_time() - start > seconds
        if stopped or len(complaints) >= _COMPLAINTS:
            break
    return Agreement(
        task,
        {each: accept for each, (accept, _) in second.items()},
        tuple(each for each in names if each not in second),
        done,
        largest,
        stopped and done < inputs,
        tuple(complaints),
    )


def _entries(name: str, task: str, asked: Sequence[_Use]) -> Iterator[tuple[_Use, Entry]]:
    """Draw calls of all functions in turn, without end and always the same."""
    for number in itertools.count() if asked else ():
        digest = hashlib.sha256(f"{name}\0{task}\0{number}".encode()).digest()
        rng = np.random.default_rng(list(digest))
        for use in asked:
            for entry in use.entries(rng):
                yield use, entry


def _difference_of(use: _Use, entry: Entry, ours: Student, second: Student) -> float:
    """Return the largest difference of two answers; CheckFailed where it is not tolerated."""
    function = use.function
    expected = entry.call.pass_to(getattr(ours, function.name))
    if entry.of_numbers and not is_finite(expected):
        return 0.0
    found = entry.asked.pass_to(getattr(second, function.name))
    if entry.name:
        function.compare_entry(entry, found, expected)
    else:
        function.compare(found, expected, entry.call.sizes, part=use.part)
    return _difference(found, expected)


def _difference(found: Any, expected: Any) -> float:
    """Return the largest |a - b| / max(1, |b|) of two answers; 0 where there are no numbers."""
    if isinstance(expected, dict):
        both = [(found[key], value) for key, value in expected.items() if key in found]
        return max((_difference(*each) for each in both), default=0.0)
    try:
        want, got = to_array(expected), to_array(found)
    except TypeError:
        if not isinstance(expected, list | tuple):
            return 0.0
        return max(map(_difference, found, expected), default=0.0)
    if got.shape != want.shape or want.dtype.kind == "b":
        return 0.0
    with np.errstate(invalid="ignore"):
        apart = np.abs(got - want) / np.maximum(1, np.abs(want))
    return float(np.max(apart, initial=0, where=np.isfinite(apart)))
