"""A session's answers to one check, kept in case the check fails.

A record holds references, and what it holds is bounded: where a check was answered with
more, nothing is kept. A function of ours that the session calls back is an answer, too: what
it was called with tells one numerical derivative from another.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

import numpy as np

from autograder.sandbox import Handle

Kind = Literal["call", "get", "has", "changed", "callback", "raised", "means"]

# Bytes of one check's answers.
_ROOM = 2 << 20
# What an object costs beside its numbers.
_OBJECT = 64


@dataclass(frozen=True)
class Unknown:
    """Stands for what is not compared: an object that stays in the session, a text to be read."""


class Event(NamedTuple):
    """One answer: to what (`"call"` of `"mlp.forward"`), and the value."""

    kind: Kind
    label: str
    value: Any


@dataclass
class Record:
    """The answers to one check in order; `whole` is False where they were too large to keep.

    `names` are those of the notebook that were asked for, `size` the bytes that are held.
    """

    size: int = 0
    events: list[Event] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    whole: bool = True

    @classmethod
    def of_nothing(cls) -> Record:
        """Return a record that keeps no answers."""
        return cls(whole=False)

    def note(self, kind: Kind, label: str, value: object) -> None:
        """Keep an answer as long as there is room for all of them."""
        if not self.whole:
            return
        try:
            self.events.append(Event(kind, label, self._kept(value)))
            self._make_room(0)
        except _FullError:
            self.drop()

    def drop(self) -> None:
        """Keep nothing: these answers cannot be compared with others."""
        self.whole = False
        self.size = 0
        self.events.clear()

    def _kept(self, value: object) -> object:
        """Return the value without objects of the session, which would stay alive there."""
        self.size += _OBJECT
        if type(value) is np.ndarray:
            self.size += value.nbytes
        elif isinstance(value, list | tuple):
            self._make_room(_OBJECT * len(value))
            return tuple([self._kept(part) for part in value])
        elif type(value) is dict:
            self._make_room(_OBJECT * len(value))
            return {key: self._kept(part) for key, part in value.items()}
        elif isinstance(value, str | bytes):
            self.size += len(value)
        elif isinstance(value, Handle):
            return Unknown()
        else:
            self.size += getattr(value, "nbytes", 0)
        return value

    def _make_room(self, size: int) -> None:
        if self.size + size > _ROOM:
            raise _FullError


class _FullError(Exception):
    pass


_NOTHING = Record.of_nothing()
_current: ContextVar[Record] = ContextVar("record", default=_NOTHING)


@contextmanager
def recording(record: Record) -> Iterator[None]:
    """Make `record` the one that `explain` speaks of."""
    token = _current.set(record)
    try:
        yield
    finally:
        _current.reset(token)


def is_recording() -> bool:
    """Return whether it is worth working out what an answer means."""
    return _current.get().whole


def explain(label: str, meaning: object) -> None:
    """Let `meaning` stand for the last answer, a text that can be written in many ways."""
    record = _current.get()
    if record.events and record.events[-1].kind in ("call", "get"):
        last = record.events[-1]
        record.events[-1] = Event(last.kind, last.label, Unknown())
    record.note("means", label, meaning)
