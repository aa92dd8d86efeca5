"""Sessions that note what a check asks of them, and may answer something else."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from autograder.checks import close, equal
from autograder.checks.author.values import is_tensor
from autograder.errors import MissingNameError, StudentError
from autograder.proof.lint.replacing import copied, same
from autograder.sandbox import Attribute, CallResult, Handle, Item, Name

if TYPE_CHECKING:
    from autograder.sandbox import Session, Target

# More answers to one check are not kept, and nothing is put in their place.
_EVENTS = 5000
_IGNORED = frozenset({"numpy", "detach", "cpu", "to", "tensor", "as_tensor", "from_numpy", "clone"})


class DivergedError(KeyboardInterrupt):
    """A check asks something else than before; no error that a check should handle."""


@dataclass
class Event:
    """One question of a check and its answer; `nested` more were asked before it was answered."""

    kind: str
    label: str
    target: Target
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    place: tuple[str, int]
    answer: CallResult = field(default_factory=lambda: CallResult(None, ()))
    error: Exception | None = None
    nested: int = 0

    @property
    def value(self) -> Any:
        """What was answered."""
        return self.answer.value


@dataclass
class Tape:
    """Everything that one run of a check asks of one session."""

    events: list[Event] = field(default_factory=list)
    whole: bool = True


# What an answer is replaced by, given its place among the events.
Answer = Callable[[Event, int], CallResult]


class Asked:
    """A session for one run of one check.

    Args:
        session: who answers.
        files: the checks files; the innermost line of theirs is where a question comes from.
        answer: what is answered in the place of the right answer, which is known to it.
        script: what was asked and answered before. While the same is asked again nobody is
            called; then DivergedError is raised.
    """

    alive = True

    def __init__(
        self,
        session: Session,
        files: frozenset[str],
        answer: Answer | None = None,
        script: Sequence[Event] | None = None,
    ) -> None:
        self.tape = Tape()
        self.inside = 0
        self.diverged = False
        self._session = session
        self._files = files
        self._answer = answer
        self._script = script
        self._next = 0

    def call(
        self,
        target: Target,
        args: tuple[object, ...],
        kwargs: dict[str, object],
        *,
        seconds: float,
    ) -> CallResult:
        """Call a function of the solution, or answer as if."""

        def really() -> CallResult:
            return self._session.call(target, args, kwargs, seconds=seconds)

        return self._ask("call", target, args, kwargs, really)

    def get(self, target: Target, *, seconds: float) -> object:
        """Return a value of the solution, or one in its place."""

        def really() -> CallResult:
            return CallResult(self._session.get(target, seconds=seconds), ())

        return self._ask("get", target, (), {}, really).value

    def has(self, name: str) -> bool:
        """Return whether a name exists; this is never replaced."""
        answer = CallResult(self._session.has(name), ())
        self.tape.events.append(Event("has", name, Name(name), (), {}, self._place(), answer))
        self._next += 1
        return bool(answer.value)

    def _ask(
        self,
        kind: str,
        target: Target,
        args: tuple[object, ...],
        kwargs: dict[str, object],
        really: Callable[[], CallResult],
    ) -> CallResult:
        event = Event(kind, _label(target), target, args, kwargs, self._place())
        at = len(self.tape.events)
        if self._script is not None:
            self._look_up(event)
        else:
            event.args, event.kwargs = copied(args), copied(kwargs)
            self._note(event)
            self.inside += 1
            try:
                event.answer = really()
            except StudentError as error:
                event.error = error
            except MissingNameError as error:
                event.error = error
            finally:
                self.inside -= 1
                event.nested = len(self.tape.events) - at - 1
        if self._answer is not None:
            return self._answer(event, at)
        if event.error is not None:
            raise event.error
        return CallResult(copied(event.value), event.answer.mutated)

    def _note(self, event: Event) -> None:
        if len(self.tape.events) >= _EVENTS:
            self.tape.whole = False
        else:
            self.tape.events.append(event)

    def _look_up(self, event: Event) -> None:
        """Take the answer from what was asked before."""
        assert self._script is not None
        known = self._script[self._next] if self._next < len(self._script) else None
        if (
            known is None
            or (known.kind, known.label) != (event.kind, event.label)
            or known.target != event.target
            or any(callable(value) for value in (*event.args, *event.kwargs.values()))
            or not same((*known.args,), (*event.args,))
            or not same(known.kwargs, event.kwargs)
        ):
            self.diverged = True
            raise DivergedError
        self._next += 1 + known.nested
        self.tape.events.append(event)
        event.answer, event.error = known.answer, known.error

    def _place(self) -> tuple[str, int]:
        frame = sys._getframe(2)
        while frame is not None and frame.f_code.co_filename not in self._files:
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


@contextmanager
def torch_noticed(
    sessions: Sequence[Asked], used: set[str], *, twisted: bool = False
) -> Iterator[None]:
    """Add "torch" to `used` where a check computes with torch, outside of `sessions`.

    If `twisted`, torch gives other numbers there.
    """
    if "torch" not in sys.modules:
        yield
        return
    from torch.overrides import TorchFunctionMode

    class Noticing(TorchFunctionMode):
        def __torch_function__(self, func: Any, _: Any, args: Any = (), kwargs: Any = None) -> Any:
            result = func(*args, **(kwargs or {}))
            name = getattr(func, "__name__", "")
            if any(each.inside for each in sessions) or name in _IGNORED:
                return result
            used.add("torch")
            return result * 1.5 if twisted and is_tensor(result) else result

    with Noticing():
        yield


@contextmanager
def expectations_kept(files: frozenset[str], expected: list[Any]) -> Iterator[None]:
    """Add to `expected` what the checks in these files compare with."""

    def keeping(function: Callable[..., Any]) -> Callable[..., Any]:
        def kept(actual: Any, truth: Any, *args: Any, **kwargs: Any) -> Any:
            expected.append(copied(truth))
            return function(actual, truth, *args, **kwargs)

        return kept

    modules = [m for m in list(sys.modules.values()) if getattr(m, "__file__", "") in files]
    with ExitStack() as stack:
        for module in modules:
            for name, value in list(vars(module).items()):
                if value is close or value is equal:
                    stack.enter_context(patch.object(module, name, keeping(value)))
        yield
