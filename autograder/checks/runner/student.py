"""`student` and `reference`: somebody's notebook as a check sees it.

    student.backward(X, y=y)        calls a function in the notebook's session
    student.get("answers")          fetches a value
    student.has("backward")         asks whether a name exists
    student.ref("backward")         the function itself, to pass as an argument
    net = student.MLP(3, 4)         an object stays in the session ...
    net.forward(X), net.get("W")    ... and is called and read from here

Only values come back (numbers, strings, arrays, tensors, containers of these); whatever
else the notebook returns is a `Remote`.
"""

from __future__ import annotations

import builtins
import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import NoReturn

from autograder.checks.diagnosis.record import Record
from autograder.checks.results import CheckFailed, Status, clean, told
from autograder.errors import (
    MissingNameError,
    SessionDiedError,
    SessionError,
    SessionTimeoutError,
    StudentError,
)
from autograder.sandbox import Attribute, Handle, Item, Name, Session, Target

# What a function is called with: by place, and by name.
Arguments = tuple[tuple[object, ...], dict[str, object]]
WhyMissing = Callable[[str], str | None]


class BrokenReferenceError(Exception):
    """The reference solution failed where a check needed it: the course's own bug."""


@dataclass(frozen=True)
class Trouble:
    """The meaning of a session error for the check it happened in."""

    status: Status
    message: str
    misconception: str


@dataclass(eq=False)
class Connection:
    """A session, the seconds a check may still spend in it, and what was last asked."""

    session: Session
    seconds: float = math.inf
    budget: Callable[[], float] | None = None
    why_missing: WhyMissing | None = None
    reference: bool = False
    record: Record = field(default_factory=Record.of_nothing)
    used: float = 0.0
    short_of_budget: bool = False
    doing: str = ""
    returned: str | None = None
    mutated: tuple[str, ...] = ()

    def call(
        self, target: Target, label: str, args: tuple[object, ...], kwargs: Mapping[str, object]
    ) -> object:
        """Call `target` in the session and return its value, objects as `Remote`."""
        sent = tuple(self._send(value) for value in args)
        named = {key: self._send(value) for key, value in kwargs.items()}
        self.mutated, self.returned = (), None
        with self._clock(label) as seconds:
            result = self.session.call(target, sent, named, seconds=seconds)
        self.mutated = tuple(clean(name, 80) for name in result.mutated)
        self.returned = _in_words(result.value)
        self.record.note("call", label, result.value)
        if self.mutated:
            self.record.note("changed", label, self.mutated)
        return self._receive(result.value, label)

    def call_each(
        self,
        target: Target,
        label: str,
        calls: Sequence[Arguments],
        *,
        emptied: bool = False,
    ) -> tuple[list[object], list[object]]:
        """Call `target` for each of some arguments in one exchange, as the session does."""
        sent = [
            (tuple(map(self._send, args)), {key: self._send(each) for key, each in kwargs.items()})
            for args, kwargs in calls
        ]
        self.mutated = ()
        with self._clock(label) as seconds:
            results, later = self.session.call_each(target, sent, seconds=seconds, emptied=emptied)
        self.mutated = tuple(clean(name, 80) for name in results[0].mutated) if results else ()
        # All of them were asked, whatever the first ones answered: together they are one answer.
        self.record.note(
            "call", label, {number: result.value for number, result in enumerate(results)}
        )
        if self.mutated:
            self.record.note("changed", label, self.mutated)
        received = [self._receive(result.value, label) for result in results]
        return received, [self._receive(value, label) for value in later]

    def get(self, target: Target, label: str) -> object:
        """Fetch the value of `target`; an object that is no value comes as `Remote`."""
        with self._clock(label) as seconds:
            value = self.session.get(target, seconds=seconds)
        self.record.note("get", label, value)
        return self._receive(value, label)

    @contextmanager
    def _clock(self, label: str) -> Iterator[float]:
        self.doing = label
        self.record.names.add(_root(label))
        left = self.seconds - self.used
        whole = math.inf if self.budget is None else self.budget()
        self.short_of_budget = whole < left
        left = min(left, whole)
        if left <= 0:
            raise SessionTimeoutError(f"no time is left to run {label}")
        spent = self.session.spent
        try:
            yield left
        except SessionError as error:
            # What a function of ours raised, called back by the student's, is ours to tell.
            if isinstance(error.__cause__, CheckFailed | BrokenReferenceError):
                raise error.__cause__ from None
            if self.reference:
                raise BrokenReferenceError(f"the reference's `{label}`: {error}") from error
            if isinstance(error, StudentError):
                missing = isinstance(error, MissingNameError)
                self.record.note("raised", label, "missing" if missing else error.type)
            else:
                self.record.drop()
            raise
        finally:
            self.used += self.session.spent - spent

    def _send(self, value: object) -> object:
        if isinstance(value, Remote):
            self.record.names.add(_root(value._label))
            return value._target
        if type(value) in (list, tuple):
            return type(value)([self._send(v) for v in value])  # type: ignore[attr-defined, call-arg]
        if type(value) is dict:
            return {key: self._send(v) for key, v in value.items()}
        if callable(value) and not isinstance(value, type):
            return self._callback(value)
        return value

    def _callback(self, function: Callable[..., object]) -> Callable[..., object]:
        """Let the session call a function of ours: what it passes may hold its objects."""

        def callback(*args: object, **kwargs: object) -> object:
            self.record.note("callback", "", (*args, kwargs) if kwargs else args)
            received = [self._receive(value, "an argument") for value in args]
            named = {key: self._receive(value, "an argument") for key, value in kwargs.items()}
            return self._send(function(*received, **named))

        return callback

    def _receive(self, value: object, label: str) -> object:
        if isinstance(value, Handle):
            return Remote(self, value, label if label.startswith("`") else f"{label}(…)")
        if type(value) in (list, tuple):
            return type(value)([self._receive(v, label) for v in value])  # type: ignore[attr-defined, call-arg]
        if type(value) is dict:
            return {key: self._receive(v, label) for key, v in value.items()}
        return value

    def trouble(self, error: SessionError, *, hidden: bool) -> Trouble:
        """Say what an error of the session means; a hidden check's student text is dropped.

        An exception's text can repeat the arguments it was raised for, so that of a
        hidden check only a known exception's name and the line are told.
        """
        name = f"`{clean(self.doing, 80)}`" if self.doing else "your notebook"
        if isinstance(error, MissingNameError):
            return _missing(name, self.why_missing and self.why_missing(self.doing.split(".")[0]))
        if isinstance(error, StudentError):
            return _raised(name, error, hidden=hidden)
        if isinstance(error, SessionTimeoutError):
            limit = f"{self.seconds:g} s" if math.isfinite(self.seconds) else "it may"
            text = f"{name} took longer than {limit}: does a loop never end?"
            if error.waited is not None:
                text = f"{name} waited for longer than {error.waited:.3g} s: does it sleep?"
            if self.short_of_budget:
                text = f"the time for the whole notebook ran out while {name} was running"
            return Trouble("timeout", text, "timeout")
        if isinstance(error, SessionDiedError):
            text = f"the notebook's process ended while {name} ran (exit, crash or out of memory)"
            return Trouble("error", text, "died")
        why = "" if hidden else f": {clean(error)}"
        return Trouble("error", f"what {name} returned cannot be marked{why}", "refused")


def _missing(name: str, reason: str | None) -> Trouble:
    text = f"{name} is not defined"
    if reason and "NotImplementedError" in reason:
        return Trouble("failed", f"not answered yet: {text} ({reason})", "not-answered")
    return Trouble("failed", f"{text}: {reason}" if reason else text, "missing")


def _raised(name: str, error: StudentError, *, hidden: bool) -> Trouble:
    if error.type == "NotImplementedError":
        text = f"not answered yet: {name} still raises NotImplementedError"
        return Trouble("failed", text, "not-answered")
    place = clean(error.trace[-1], 120) if error.trace else ""
    if not place and error.message.endswith("object is not callable"):
        text = f"{name} is not a function"
        return Trouble("failed", text if hidden else f"{text}: {clean(error.message)}", "type")
    if hidden:
        known = getattr(builtins, error.type, None)
        is_known = isinstance(known, type) and issubclass(known, BaseException)
        kind = error.type if is_known else "an exception"
        found = re.search(r"cell (\d{1,4})\b.*, line (\d{1,5})", place)
        text = f"{name} raised {kind}"
        text += f" (cell {found[1]}, line {found[2]})" if found else ""
    else:
        text = f"{name} raised {clean(error.type, 80)}"
        text += f": {clean(error.message)}" if error.message else ""
        text += f" ({place})" if place else ""
    return Trouble("failed", text, "raised")


class Remote:
    """A function, an object or a place in somebody's session, addressed from here."""

    __slots__ = ("_connection", "_label", "_target")

    def __init__(self, connection: Connection, target: Target, label: str) -> None:
        self._connection = connection
        self._target = target
        self._label = label

    def __call__(self, *args: object, **kwargs: object) -> object:
        """Call it in the session; raises StudentError for what the call raises there."""
        return self._connection.call(self._target, self._label, args, kwargs)

    def each(
        self, calls: Sequence[Arguments], *, emptied: bool = False
    ) -> tuple[list[object], list[object]]:
        """Call it for each (args, kwargs); return the results, and what they are at the end.

        With `emptied`, the dictionaries and lists that were passed are empty by then.
        """
        return self._connection.call_each(self._target, self._label, calls, emptied=emptied)

    def at(self, where: str) -> Remote:
        """Return the same under a label that says more of the call."""
        return Remote(self._connection, self._target, f"{self._label}(…) {where}")

    def __getattr__(self, name: str) -> Remote:
        # Names with an underscore are asked for by Python's own machinery (copying,
        # numpy's protocols, pytest's representations), never meant for the session.
        if name.startswith("_"):
            raise AttributeError(name)
        return Remote(self._connection, Attribute(self._target, name), f"{self._label}.{name}")

    def __getitem__(self, key: object) -> object:
        label = f"{self._label}[{clean(repr(key), 40)}]"
        return self._connection.get(Item(self._target, key), label)

    def get(self, name: str) -> object:
        """Return the value of the object's attribute `name`."""
        return self._connection.get(Attribute(self._target, name), f"{self._label}.{name}")

    @property
    def kind(self) -> str:
        """The name of the object's class, as told by the session."""
        target = self._target
        return clean(target.type_name, 40) if isinstance(target, Handle) else "function"

    @property
    def fetched(self) -> bool:
        """False for a name that nobody has asked the session for yet."""
        return isinstance(self._target, Handle)

    def _misused(self, *_: object) -> NoReturn:
        raise TypeError(
            f"{self!r} is not a value here: call it, or fetch it with .get({self._label!r})"
        )

    # Without these `student.w + 1` or `if student.done:` would fail obscurely, or not at all.
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _misused
    __matmul__ = __rmatmul__ = __truediv__ = __rtruediv__ = __pow__ = __neg__ = _misused
    __lt__ = __le__ = __gt__ = __ge__ = _misused
    __iter__ = __len__ = __float__ = __int__ = __bool__ = __array__ = _misused

    def __repr__(self) -> str:
        return f"student.{self._label}"


class Student:
    """The fixture `student` (or `reference`): attributes are the notebook's functions."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def __getattr__(self, name: str) -> Remote:
        if name.startswith("_"):
            raise AttributeError(name)
        return Remote(self._connection, Name(name), name)

    def get(self, name: str) -> object:
        """Return the value of the notebook's variable `name`; MissingNameError if none."""
        return self._connection.get(Name(name), name)

    def has(self, name: str) -> bool:
        """Return whether the notebook defines `name`."""
        self._connection.doing = name
        answer = self._connection.session.has(name)
        self._connection.record.note("has", name, answer)
        return answer

    def ref(self, name: str) -> Remote:
        """Return the notebook's own `name`, to call or to pass on as an argument."""
        return Remote(self._connection, Name(name), name)

    @property
    def mutated(self) -> tuple[str, ...]:
        """The arguments that the last call changed in place."""
        return self._connection.mutated

    @property
    def last_call(self) -> str:
        """The last thing asked of the session, such as `"backward"`."""
        return self._connection.doing

    def __repr__(self) -> str:
        return "student"


def _root(label: str) -> str:
    """Return the name in the notebook that `label` begins with."""
    return re.split(r"[.(\[]", label.strip("`"), maxsplit=1)[0]


def _in_words(value: object) -> str:
    """Describe a returned value by type and shape only, for messages without values."""
    if value is None:
        return "None"
    shape = getattr(value, "shape", None)
    if isinstance(shape, tuple) and shape:
        return f"an array of shape {tuple(int(n) for n in shape)}"
    if isinstance(value, Handle):
        return f"an object{told(f' of type {clean(value.type_name, 40)}')}"
    if isinstance(value, list | tuple | dict):
        return f"a {type(value).__name__} of {len(value)}"
    return f"a {type(value).__name__}"
