"""Every check run on the solution, and again with other answers in the place of the right ones."""

from __future__ import annotations

import ast
import ctypes
import inspect
import math
import random
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any, cast
from unittest.mock import patch

import numpy as np

from autograder.checks import CheckInfo, Suite, gradient
from autograder.checks.runner.clock import TimeUpError, limited
from autograder.proof.lint.asking import (
    Answer,
    Asked,
    DivergedError,
    Event,
    expectations_kept,
    torch_noticed,
)
from autograder.proof.lint.files import Source
from autograder.proof.lint.replacing import replaced, same, seed_of
from autograder.sandbox import CallResult, LocalSession, Session

SOMEBODY = "lint"
# A check that takes longer is not run again, unless its answers can be replayed.
_QUICK = 1.0
_LINES = 100_000
# Of the cases of one check function so many are run again.
_CASES = 3


@dataclass(frozen=True)
class Change:
    """How answers are replaced: those of the student's that are named, and the reference's.

    A name is a label such as "mlp.forward", or one part of an answer, "attention#1". "alike"
    is the same random numbers for the same question, whoever answers it; "mutated" leaves the
    answers and claims that the arguments were changed.
    """

    how: str = ""
    names: frozenset[str] | None = None
    reference: str = ""


@dataclass(eq=False)
class Ran:
    """One check, and what it asked when it ran on the solution."""

    info: CheckInfo
    source: Source
    line: int
    end: int
    events: list[Event] = field(default_factory=list)
    reference: list[Event] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    passed: bool = False
    whole: bool = False
    seconds: float = 0.0

    @property
    def labels(self) -> list[str]:
        """The student's functions and values that it asks for."""
        return list(dict.fromkeys(event.label for event in self.events if event.kind != "has"))

    @property
    def names(self) -> list[str]:
        """The labels, and those of the parts of answers that are tuples."""
        found = dict.fromkeys(self.labels)
        for event in self.events:
            if isinstance(event.value, tuple) and any(map(_is_whole, event.value)):
                found |= dict.fromkeys(f"{event.label}#{i}" for i in range(len(event.value)))
        return list(found)

    def calls(self, label: str) -> list[Event]:
        """The calls of one function."""
        return [event for event in self.events if event.kind == "call" and event.label == label]


def _is_whole(part: Any) -> bool:
    return getattr(part, "ndim", 0) > 0 or isinstance(part, list | tuple | dict)


class Trials:
    """The checks of one assignment on its solution.

    Args:
        suite: the checks.
        sources: their files.
        namespace: what the solution defines.
        seconds: CPU time after which a check is taken for one that never ends.
    """

    def __init__(
        self, suite: Suite, sources: list[Source], namespace: dict[str, Any], seconds: float
    ) -> None:
        self.suite = suite
        self.sources = sources
        self.namespace = namespace
        self._seconds = seconds
        self._numbers = suite.variants(SOMEBODY)
        self._files = frozenset(str(source.path) for source in sources)
        self._sessions = LocalSession(namespace), LocalSession(namespace)
        self._known: dict[tuple[str, Change], bool] = {}
        self.checks = [self._recorded(info) for info in suite.checks]

    @property
    def tasks(self) -> dict[str, list[Ran]]:
        """The checks of each task."""
        found: dict[str, list[Ran]] = {}
        for check in self.checks:
            found.setdefault(check.info.task, []).append(check)
        return found

    def few(self, checks: list[Ran]) -> list[Ran]:
        """The checks that are worth running again: the first cases of each function."""
        seen: dict[tuple[Path, int], int] = {}
        found = []
        for check in checks:
            key = check.source.path, check.line
            seen[key] = seen.get(key, 0) + 1
            if check.passed and check.whole and seen[key] <= _CASES:
                found.append((seen[key], check))
        return [check for _, check in sorted(found, key=lambda pair: pair[0])]

    def passes(self, check: Ran, change: Change) -> bool | None:
        """Whether a check passes with other answers; None where they would be no others."""
        if not self._applies(check, change):
            return None
        key = check.info.id, change
        if key not in self._known:
            self._known[key] = self._run_again(check, change)
        return self._known[key]

    def lines(self, check: Ran, change: Change | None = None) -> list[tuple[str, int]]:
        """The lines of the checks files that a run goes through, in order.

        Of a run that fails the last one is where it does.
        """
        found: list[tuple[str, int]] = []
        raised: dict[int, tuple[str, int]] = {}

        def look(frame: FrameType, event: str, argument: Any) -> Any:
            if frame.f_code.co_filename not in self._files:
                return None
            place = frame.f_code.co_filename, frame.f_lineno
            if event == "line" and len(found) < _LINES:
                found.append(place)
            elif event == "exception" and not isinstance(argument[1], StopIteration):
                raised.setdefault(id(argument[1]), place)
            return look

        # What was run before ended within its time, so that it ends now.
        seconds, self._seconds = self._seconds, math.inf
        _settle()
        before = sys.gettrace()
        sys.settrace(look)
        try:
            self._run_again(check, change or Change())
        finally:
            sys.settrace(before)
            self._seconds = seconds
        return [*found, *list(raised.values())[-1:]]

    def expected(self, check: Ran, *, twisted: bool = False) -> list[Any]:
        """What a check compares with by `close` and `equal`; if `twisted`, where torch is wrong."""
        found: list[Any] = []
        asked = [Asked(each, self._files) for each in self._sessions]
        with (
            torch_noticed(asked, set(), twisted=twisted),
            expectations_kept(self._files, found),
            suppress(TimeUpError),
        ):
            self._run(check, *asked)
        return found

    def with_inputs(self, check: Ran) -> Ran:
        """The check as it runs with other numbers drawn."""
        self.suite.inputs = "lint"
        try:
            return self._recorded(check.info)
        finally:
            self.suite.inputs = ""

    def parameters(self, label: str) -> list[inspect.Parameter]:
        """The parameters of a function, a class or a method, by its label."""
        first, *rest = label.split(".")
        found = self.namespace.get(first)
        for name in rest:
            found = getattr(found, name, None)
        try:
            given = list(inspect.signature(found).parameters.values())  # type: ignore[arg-type]
        except (TypeError, ValueError):
            return []
        return given[1:] if rest and inspect.isclass(self.namespace.get(first)) else given

    def arguments(self, event: Event) -> dict[str, Any]:
        """The arguments of a call by name."""
        names = [parameter.name for parameter in self.parameters(event.label)]
        names += [f"argument {i + 1}" for i in range(len(names), len(event.args))]
        return dict(zip(names, event.args, strict=False)) | event.kwargs

    def ask(self, event: Event, name: str, value: Any) -> Any:
        """What the solution answers with another value of one argument; None if it raises."""
        names = [parameter.name for parameter in self.parameters(event.label)]
        args, kwargs = list(event.args), dict(event.kwargs)
        if name in names[: len(args)]:
            args[names.index(name)] = value
        else:
            kwargs[name] = value
        with suppress(Exception, TimeUpError), limited(self._seconds):
            session = self._sessions[0]
            return session.call(event.target, (*args,), kwargs, seconds=math.inf).value
        return None

    def _recorded(self, info: CheckInfo) -> Ran:
        source = next(each for each in self.sources if str(each.path) == info.file)
        node = _definition(source, info.line)
        check = Ran(info, source, node.lineno, node.end_lineno or node.lineno)
        student, reference = (Asked(each, self._files) for each in self._sessions)
        start = time.thread_time()
        with (
            torch_noticed((student, reference), check.used),
            _differences_noticed(check.used),
            suppress(TimeUpError),
        ):
            check.passed = self._run(check, student, reference)
        check.seconds = time.thread_time() - start
        check.events, check.reference = student.tape.events, reference.tape.events
        check.whole = student.tape.whole and reference.tape.whole
        check.whole &= check.seconds < self._seconds
        return check

    def _run(self, check: Ran, student: Asked, reference: Asked) -> bool:
        end = nullcontext() if math.isinf(self._seconds) else limited(self._seconds)
        # Drawn once: what `@draw` computes with is no part of a check.
        drawn = patch.object(self.suite, "variants", lambda _: self._numbers)
        with end, _seeded(), drawn:
            results = self.suite.run(
                check.info.task,
                cast(Session, student),
                cast(Session, reference),
                student=SOMEBODY,
                check_seconds=math.inf,
                only={check.info.id},
            )
        return all(result.passed for result in results)

    def _run_again(self, check: Ran, change: Change) -> bool:
        """Whether a check passes; where it cannot be known it does not."""
        answer = _answering(change.how, change.names)
        theirs = _answering(change.reference, None)
        for replay in (True, False):
            scripts = (check.events, check.reference) if replay else (None, None)
            student = Asked(self._sessions[0], self._files, answer, scripts[0])
            reference = Asked(self._sessions[1], self._files, theirs, scripts[1])
            passed = False
            with suppress(DivergedError, TimeUpError):
                passed = self._run(check, student, reference)
            if not (student.diverged or reference.diverged):
                return passed
            if check.seconds > _QUICK:
                break
        return passed and not (student.diverged or reference.diverged)

    def _applies(self, check: Ran, change: Change) -> bool:
        if change.how == "mutated":
            return any(event.kind == "call" for event in _named(check.events, change.names))
        pairs = [(event, change.how) for event in _named(check.events, change.names) if change.how]
        pairs += [(event, change.reference) for event in check.reference if change.reference]
        for event, how in pairs:
            if event.error is None and not same(_changed(how, change.names, event, 0), event.value):
                return True
        return False


def _named(events: list[Event], names: frozenset[str] | None) -> Iterator[Event]:
    for event in events:
        if event.kind != "has" and (names is None or _parts_named(event, names) is not None):
            yield event


def _parts_named(event: Event, names: frozenset[str]) -> list[int] | None:
    """The parts of an answer that are meant, [] for all of it, None for nothing."""
    if event.label in names:
        return []
    parts = [int(n.partition("#")[2]) for n in names if n.startswith(f"{event.label}#")]
    return parts or None


def _changed(how: str, names: frozenset[str] | None, event: Event, at: int) -> Any:
    seed = at + 1
    if how == "alike":
        how, seed = "random", seed_of(event.label, event.args, event.kwargs)
    parts = [] if names is None else _parts_named(event, names) or []
    if not parts or not isinstance(event.value, tuple):
        return replaced(how, event.value, seed)
    return tuple(
        replaced(how, part, seed) if i in parts else part for i, part in enumerate(event.value)
    )


def _answering(how: str, names: frozenset[str] | None) -> Answer | None:
    if not how:
        return None

    def answer(event: Event, at: int) -> CallResult:
        if names is not None and _parts_named(event, names) is None:
            if event.error is not None:
                raise event.error
            return event.answer
        if how == "mutated":
            return CallResult(event.value, ("x",))
        if event.error is not None:
            if how != "none":
                raise event.error
            return CallResult(None, ())
        return CallResult(_changed(how, names, event, at), event.answer.mutated)

    return answer


@contextmanager
def _seeded() -> Iterator[None]:
    """Let checks that draw without a seed draw the same every time."""
    states = random.getstate(), np.random.get_state()
    random.seed(1)
    np.random.seed(1)
    try:
        yield
    finally:
        random.setstate(states[0])
        np.random.set_state(states[1])


class _SettledError(KeyboardInterrupt):
    pass


def _settle() -> None:
    """Let this thread notice that no exception of another thread is on its way.

    Python 3.11 does not leave the first traced function while one that was taken back is
    unnoticed.
    """
    with suppress(_SettledError):
        ident = ctypes.c_ulong(threading.get_ident())
        ctypes.pythonapi.PyThreadState_SetAsyncExc(ident, ctypes.py_object(_SettledError))
        for _ in range(1_000_000):
            pass


def _definition(source: Source, line: int) -> ast.FunctionDef:
    """The function that begins in `line`, with its decorators."""
    for node in source.functions:
        if min([node.lineno, *(each.lineno for each in node.decorator_list)]) == line:
            return node
    return next(node for node in source.functions if node.lineno <= line <= (node.end_lineno or 0))


@contextmanager
def _differences_noticed(used: set[str]) -> Iterator[None]:
    def noticing(function: Callable[..., Any]) -> Callable[..., Any]:
        def noticed(*args: Any, **kwargs: Any) -> Any:
            used.add("differences")
            return function(*args, **kwargs)

        return noticed

    with (
        patch.object(gradient, "check", noticing(gradient.check)),
        patch.object(gradient, "numerical", noticing(gradient.numerical)),
    ):
        yield
