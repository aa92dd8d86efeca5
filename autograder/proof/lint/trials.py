"""Every check run on the solution, and again with other answers in the place of the right ones."""

from __future__ import annotations

import ctypes
import inspect
import math
import random
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from operator import attrgetter
from types import FrameType, SimpleNamespace
from typing import Any
from unittest.mock import patch

import numpy as np

from autograder.checks import CheckInfo, Suite, close
from autograder.checks.author.values import answer_array
from autograder.checks.runner.clock import TimeUpError, limited
from autograder.proof.lint.asking import EVENTS, Asked, DivergedError, Event
from autograder.proof.lint.findings import Place, Source
from autograder.sandbox import LocalSession

SOMEBODY = "lint"
# A check that takes longer is not run again, unless its answers can be replayed.
_QUICK = 1.0
_LINES = 100_000
# Of the cases of one check function so many are run again.
_CASES = 3


@dataclass(frozen=True)
class Change:
    """How answers are replaced: the student's that are named, and the reference's: see `Asked`."""

    how: str = ""
    names: frozenset[str] | None = None
    reference: str = ""


@dataclass(eq=False)
class Ran:
    """One check as it ran on the solution; `passed` means in time, and that `events` are all.

    `together` are the functions that were asked a battery of calls.
    """

    info: CheckInfo
    source: Source
    lines: range
    events: list[Event]
    reference: list[Event]
    expected: list[Any]
    passed: bool
    seconds: float
    together: frozenset[str] = frozenset()

    @property
    def place(self) -> Place:
        """Its file and the line of its `def`."""
        return str(self.source.path), self.lines[0]

    @property
    def labels(self) -> list[str]:
        """The student's functions and values that it asks for."""
        return list(dict.fromkeys(event.label for event in self.events if event.kind != "has"))

    @property
    def names(self) -> list[str]:
        """The labels, and those of the parts of answers that are tuples."""
        found = dict.fromkeys(self.labels)
        for event in self.events:
            parts = event.value if isinstance(event.value, tuple) else ()
            if any(getattr(part, "ndim", isinstance(part, list | tuple | dict)) for part in parts):
                found |= dict.fromkeys(f"{event.label}#{i}" for i in range(len(parts)))
        return list(found)

    def calls(self, label: str) -> list[Event]:
        """The calls of one function."""
        return [event for event in self.events if event.kind == "call" and event.label == label]


@dataclass(eq=False)
class Trials:
    """The checks of one assignment on its solution.

    `namespace` is what the solution defines; a check ends after `seconds` of CPU time.
    """

    suite: Suite
    sources: list[Source]
    namespace: dict[str, Any]
    seconds: float

    def __post_init__(self) -> None:
        self._numbers = self.suite.variants(SOMEBODY)
        self._files = frozenset(str(source.path) for source in self.sources)
        self._sessions = LocalSession(self.namespace), LocalSession(self.namespace)
        self._known: dict[tuple[str, Change], bool | None] = {}
        self.checks = [self._recorded(info) for info in self.suite.checks]
        self.tasks: dict[str, list[Ran]] = {}
        for check in self.checks:
            self.tasks.setdefault(check.info.task, []).append(check)

    def few(self, task: str | None = None) -> list[Ran]:
        """The checks that are worth running again: the first cases of each function."""
        checks = self.checks if task is None else self.tasks[task]
        places = [check.place for check in checks]
        few = [check for n, check in enumerate(checks) if places[:n].count(check.place) < _CASES]
        return [check for check in few if check.passed]

    def passes(self, check: Ran, change: Change) -> bool | None:
        """Return whether a check passes with other answers; None where they would be no others."""
        asked = {name.partition("#")[0] for name in change.names or ()}
        if asked and asked.isdisjoint(check.labels):
            return None
        key = check.info.id, change
        if key not in self._known:
            self._known[key] = self._run_again(check, change)
        return self._known[key]

    def noticed(self, checks: Iterable[Ran], change: Change) -> bool | None:
        """Return whether a check fails with other answers; None where they are no others."""
        outcomes = [self.passes(check, change) for check in checks]
        return None if set(outcomes) <= {None} else False in outcomes

    def lines(self, check: Ran, change: Change | None = None) -> list[Place]:
        """The lines of the checks files that a run goes through, in order.

        Of a run that fails the last one is where it does.
        """
        found: list[Place] = []
        raised: dict[int, Place] = {}

        def look(frame: FrameType, event: str, argument: Any) -> Any:
            if frame.f_code.co_filename not in self._files:
                return None
            place = frame.f_code.co_filename, frame.f_lineno
            if event == "line" and len(found) < _LINES:
                found.append(place)
            elif event == "exception" and argument[0] not in (StopIteration, GeneratorExit):
                raised.setdefault(id(argument[1]), place)
            return look

        self._run_again(check, change or Change(), look)
        return [*found, *list(raised.values())[-1:]]

    def with_inputs(self, check: Ran) -> Ran:
        """The check as it runs with other numbers drawn."""
        with patch.object(self.suite, "inputs", "lint"):
            return self._recorded(check.info)

    def parameters(self, label: str) -> dict[str, Any]:
        """The parameters of a function, a class or a method, by its label, with their defaults."""
        try:
            found = attrgetter(label)(SimpleNamespace(**self.namespace))
            given = inspect.signature(found).parameters
        except (AttributeError, TypeError, ValueError):
            return {}
        return {name: each.default for name, each in given.items() if name != "self"}

    def arguments(self, event: Event) -> dict[str, Any]:
        """The arguments of a call by name, those given by position first."""
        names = [*self.parameters(event.label)]
        names += [f"argument {i + 1}" for i in range(len(names), len(event.args))]
        return dict(zip(names, event.args, strict=False)) | event.kwargs

    def ask(self, event: Event, name: str, value: Any) -> Any:
        """Return the solution's answer with another value of one argument; None if it raises."""
        given, by_position = self.arguments(event) | {name: value}, len(event.args)
        args, kwargs = list(given.values())[:by_position], list(given.items())[by_position:]
        with suppress(Exception, TimeUpError), limited(self.seconds):
            session = self._sessions[0]
            return session.call(event.target, (*args,), dict(kwargs), seconds=math.inf).value
        return None

    def _recorded(self, info: CheckInfo) -> Ran:
        source = next(each for each in self.sources if str(each.path) == info.file)
        node = next(node for node, first in source.functions.items() if first == info.line)
        student, reference = (Asked(each, self._files) for each in self._sessions)
        start, passed = time.thread_time(), False
        comparing = patch(f"{close.__module__}.answer_array", wraps=answer_array)
        with comparing as compared, suppress(TimeUpError):
            passed = self._run(info, student, reference)
        expected = [call.args[1] for call in compared.call_args_list]
        seconds = time.thread_time() - start
        asked = student.events, reference.events
        passed &= max(map(len, asked)) < EVENTS and seconds < self.seconds
        for event in student.events:
            event.task = info.task
        lines = range(node.lineno, (node.end_lineno or node.lineno) + 1)
        together = frozenset(student.together)
        return Ran(info, source, lines, *asked, expected, passed, seconds, together)

    def _run(self, info: CheckInfo, student: Any, reference: Any, trace: Any = None) -> bool:
        # Checks that draw without a seed draw the same every time. Variants were drawn once: what
        # `@draw` computes with is no part of a check. What is traced ended within its time before.
        random.seed(1)
        np.random.seed(1)
        drawn = patch.object(self.suite, "variants", lambda _: self._numbers)
        with drawn, limited(self.seconds) if trace is None else _traced(trace):
            only, end = {info.id}, math.inf
            results = self.suite.run(info.task, student, reference, check_seconds=end, only=only)
        return all(result.passed for result in results)

    def _run_again(self, check: Ran, change: Change, trace: Any = None) -> bool | None:
        """Return whether a check passes; where it cannot be known it does not."""
        ours, theirs = self._sessions
        for events, reference in ((check.events, check.reference), (None, None)):
            asked = (
                Asked(ours, self._files, change.how, change.names, events),
                Asked(theirs, self._files, change.reference, None, reference),
            )
            passed = False
            with suppress(DivergedError, TimeUpError):
                passed = self._run(check.info, *asked, trace)
            if not any(each.diverged for each in asked):
                return passed if any(each.changed for each in asked) else None
            if check.seconds > _QUICK:
                break
        return False


@contextmanager
def _traced(trace: Any) -> Iterator[None]:
    # Python 3.11 does not leave the first traced function while an exception of another thread
    # that was taken back is unnoticed.
    with suppress(TimeUpError):
        ident = ctypes.c_ulong(threading.get_ident())
        ctypes.pythonapi.PyThreadState_SetAsyncExc(ident, ctypes.py_object(TimeUpError))
        for _ in range(1_000_000):
            pass
    before = sys.gettrace()
    sys.settrace(trace)
    try:
        yield
    finally:
        sys.settrace(before)
