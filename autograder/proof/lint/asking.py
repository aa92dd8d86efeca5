"""Sessions that note what a check asks of them and may answer something else."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from autograder.errors import MissingNameError, StudentError
from autograder.proof.lint.replacing import copied, replaced, same, seed_of
from autograder.sandbox import Attribute, CallResult, Handle, Item, Name

if TYPE_CHECKING:
    from autograder.sandbox import Session, Target

# More answers to one check are not kept, and nothing is put in their place.
EVENTS = 5000
_QUESTION = attrgetter("kind", "target", "args", "kwargs")


class DivergedError(KeyboardInterrupt):
    """A check asks something else than before; no error that a check should handle."""


@dataclass
class Event:
    """One question of a check, the line of the checks files that it comes from, its answer."""

    kind: str
    label: str
    target: Target
    args: tuple[Any, ...] = ()
    kwargs: dict[str, Any] = field(default_factory=dict)
    value: Any = None
    mutated: tuple[str, ...] = ()
    error: Exception | None = None
    place: tuple[str, int] = ("", 0)
    task: str = ""


@dataclass(eq=False)
class Asked:
    """A session for one run of one check.

    A question comes from the innermost line of the checks' `files`. `how` says what `replaced`
    makes of the answers that are in `names`: labels such as "mlp.forward", or parts of answers,
    "attention#1". "alike" is the same random numbers for the same question, whoever answers it;
    "mutated" leaves the answers and claims that the arguments were changed. While the same is
    asked as in `script` nobody is called; then DivergedError is raised. `together` are the
    functions that were asked a battery of calls.
    """

    session: Session
    files: frozenset[str]
    how: str = ""
    names: frozenset[str] | None = None
    script: list[Event] | None = None
    events: list[Event] = field(default_factory=list)
    changed: bool = False
    diverged: bool = False
    together: set[str] = field(default_factory=set)
    alive: bool = True
    spent: float = 0.0

    def call(
        self, target: Target, args: tuple[object, ...], kwargs: dict[str, object], *, seconds: float
    ) -> CallResult:
        """Call a function of the solution, or answer as if."""
        event = Event("call", _label(target), target, copied(args), copied(kwargs))
        return self._ask(event, partial(self.session.call, target, args, kwargs, seconds=seconds))

    def call_each(
        self, target: Target, calls: Sequence[Any], *, seconds: float, emptied: bool = False
    ) -> tuple[list[CallResult], list[object]]:
        """Call a function again and again; each is a question of its own."""
        self.together.add(_label(target))
        results = [self.call(target, args, kwargs, seconds=seconds) for args, kwargs in calls]
        return results, [result.value for result in results[:-1]]

    def get(self, target: Target, *, seconds: float) -> object:
        """Return a value of the solution, or one in its place."""
        event = Event("get", _label(target), target)
        real = partial(self.session.get, target, seconds=seconds)
        return self._ask(event, lambda: CallResult(real(), ())).value

    def has(self, name: str) -> bool:
        """Return whether a name exists; this is never replaced."""
        event = Event("has", name, Name(name))
        return self._ask(event, lambda: CallResult(self.session.has(name), ())).value is True

    def _ask(self, event: Event, real: Callable[[], CallResult]) -> CallResult:
        event.place = self._place()
        seed = len(self.events) + 1
        if len(self.events) < EVENTS:
            self.events.append(event)
        if self.script is None:
            try:
                answer = real()
                event.value, event.mutated = answer.value, answer.mutated
            except (StudentError, MissingNameError) as error:
                event.error = error
        else:
            known = self.script[seed - 1] if seed <= len(self.script) else None
            if known is None or not same(_QUESTION(known), _QUESTION(event)):
                self.diverged = True
                raise DivergedError
            event.value, event.mutated, event.error = known.value, known.mutated, known.error
        return self._answered(event, seed)

    def _answered(self, event: Event, seed: int) -> CallResult:
        """The answer that the check gets, right or replaced; raises the error that it gets."""
        how, value, names = self.how, copied(event.value), self.names
        whole = event.kind != "has" and (names is None or event.label in names)
        size = len(value) if isinstance(value, tuple) else 0
        parts = [i for i in range(size) if names and f"{event.label}#{i}" in names]
        if not (how and (whole or parts)) or (event.error is not None and how != "none"):
            if event.error is not None:
                raise event.error
            return CallResult(value, event.mutated)
        if how == "mutated":
            self.changed |= event.kind == "call"
            return CallResult(value, ("x",))
        if how == "alike":
            how, seed = "random", seed_of(event.label, [event.args, event.kwargs])
        if whole:
            value = replaced(how, value, seed)
        for i in parts:
            value = (*value[:i], replaced(how, value[i], seed), *value[i + 1 :])
        self.changed |= event.error is None and not same(value, event.value)
        return CallResult(value, event.mutated)

    def _place(self) -> tuple[str, int]:
        frame = sys._getframe(2)
        while frame is not None and frame.f_code.co_filename not in self.files:
            frame = frame.f_back  # type: ignore[assignment]
        return ("", 0) if frame is None else (frame.f_code.co_filename, frame.f_lineno)


def _label(target: Target) -> str:
    match target:
        case Name(name):
            return name
        case Handle():
            return target.type_name
        case Attribute(whole, name):
            return f"{_label(whole)}.{name}"
        case Item(whole, key):
            return f"{_label(whole)}[{key!r}]"
