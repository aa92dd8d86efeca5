"""What the linter reports, and the list of its rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from autograder.proof.lint.reading import Checks, Source


@dataclass(frozen=True)
class Finding:
    """A hole in a checks file: the rule, where it is, what is wrong and what to do about it."""

    rule: str
    path: Path
    line: int
    message: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.rule}: {self.message}. {self.remedy}"


@dataclass(frozen=True)
class Hit:
    """What a rule yields: a place in a checks file and what is wrong there."""

    source: Source
    line: int
    message: str


Look = Callable[["Checks"], Iterator[Hit]]


@dataclass(frozen=True)
class Rule:
    """A rule: its name, the sentence that says how to close the hole, and the search for it."""

    name: str
    remedy: str
    look: Look

    @property
    def hole(self) -> str:
        """The docstring of the rule: what the hole lets through."""
        return (self.look.__doc__ or "").strip()


RULES: dict[str, Rule] = {}


def rule(name: str, remedy: str) -> Callable[[Look], Look]:
    """Register a function that yields hits as the rule `name`."""

    def register(look: Look) -> Look:
        RULES[name] = Rule(name, remedy, look)
        return look

    return register
