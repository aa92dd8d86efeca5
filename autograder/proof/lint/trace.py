"""What following the code of a check finds: calls of the student's code, comparisons, loops."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import Any

from autograder.proof.lint.reading import Source
from autograder.proof.lint.values import Pair, Value


@dataclass(frozen=True, eq=False)
class Call:
    """A call of a function of the student; `looped` when it stands in a loop."""

    name: str
    node: ast.AST
    source: Source
    args: tuple[Value, ...]
    kwargs: dict[str, Value]
    looped: bool
    receiver: Any = None


@dataclass(frozen=True, eq=False)
class Comparison:
    """A pair that decides over a check; `guarded` is the `if` on an answer it depends on."""

    pair: Pair
    source: Source
    guarded: ast.AST | None

    @property
    def line(self) -> int:
        """Where it stands."""
        return getattr(self.pair.node, "lineno", 1)


@dataclass(frozen=True, eq=False)
class Loop:
    """A loop over a value; `zipped` holds the arguments of a `zip`, if it is over one."""

    value: Value
    node: ast.AST
    source: Source
    decides: bool


@dataclass(frozen=True, eq=False)
class Zip:
    """A call of `zip` that does not insist on equal lengths."""

    args: tuple[Value, ...]
    node: ast.AST
    source: Source


@dataclass
class Trace:
    """Everything that one check does, helpers and all parametrized cases included."""

    calls: list[Call] = field(default_factory=list)
    reads: set[str] = field(default_factory=set)
    comparisons: list[Comparison] = field(default_factory=list)
    loops: list[Loop] = field(default_factory=list)
    zips: list[Zip] = field(default_factory=list)
    thrown_away: list[tuple[ast.AST, Source]] = field(default_factory=list)
    escaped: bool = False
    judged_elsewhere: bool = False
    unchanged: bool = False
    sized: set[Any] = field(default_factory=set)
    refs: set[int] = field(default_factory=set)

    @property
    def asks_the_student(self) -> bool:
        """Whether anything of the student's notebook takes part."""
        return bool(self.calls or self.reads or self.escaped)


_LENGTHS = {"len", "shape", "keys", "set", "size"}


def root(key: Any) -> Any:
    """The key of the container that a key of its length, keys or elements belongs to."""
    while isinstance(key, tuple) and len(key) == 2 and key[0] in _LENGTHS:
        key = key[1]
    return key
