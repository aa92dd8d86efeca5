"""What the linter knows of a value without computing it: where it comes from and its form.

Labels say where from: `s:f` is what the student's `f` returned, `f:f` only its form (shape,
length, type), `r:f` only a reduction of it, `p:C` an attribute of the student's object `C`;
`o:torch` is an oracle's, `a:torch` belongs to an answer whose arguments were an oracle's;
`rng` is drawn, `c` computed in the checks file.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from autograder.proof.lint.reading import Function, Source

UNKNOWN: Any = type("Unknown", (), {"__repr__": lambda self: "UNKNOWN"})()
Shape = tuple[int, ...]
Labels = frozenset[str]
NO_LABELS: Labels = frozenset()


@dataclass
class Scope:
    """The names of a function's body or of a file, and the scope around it."""

    source: Source
    names: dict[str, Value] = field(default_factory=dict)
    parent: Scope | None = None
    returns: list[Value] = field(default_factory=list)

    def find(self, name: str) -> Value | None:
        """Return what `name` stands for here or further out, None if nothing is known."""
        scope: Scope | None = self
        while scope is not None:
            if name in scope.names:
                return scope.names[name]
            scope = scope.parent
        return None


@dataclass(frozen=True, eq=False)
class Closure:
    """A function of the checks file and the scope it was defined in."""

    node: Function
    scope: Scope
    fixture: bool = False


@dataclass(frozen=True, eq=False)
class Pair:
    """Two values that are compared: `how` is close, assert, bound, form, itself or derivation."""

    actual: Value
    expected: Value
    node: ast.AST
    how: str = "assert"


@dataclass(frozen=True, eq=False)
class Value:
    """What is known of one value; everything is optional.

    `parts` are the elements of a tuple, list or dict (`keys` are the dict's), `shape` that of
    an array. Values of the same `key` hold the same numbers. `module` is a dotted name from
    outside, `pairs` are the comparisons whose outcome this truth value is, `difference` the
    two values that were subtracted, and `element` what each element is where it is looped over.
    """

    labels: Labels = NO_LABELS
    const: Any = UNKNOWN
    parts: tuple[Value, ...] | None = None
    keys: tuple[Any, ...] | None = None
    shape: Shape | None = None
    traits: frozenset[str] = frozenset()
    key: Any = None
    closure: Closure | None = None
    module: str = ""
    pairs: tuple[Pair, ...] = ()
    difference: tuple[Value, Value] | None = None
    element: Value | None = None

    @property
    def known(self) -> bool:
        """Whether the value itself is known: a number, a string, a truth value, None."""
        return self.const is not UNKNOWN

    @property
    def student(self) -> frozenset[str]:
        """The student's names that this value was computed from."""
        return frozenset(label[2:] for label in self.labels if label[:2] in _STUDENT)

    def names(self, kind: str) -> frozenset[str]:
        """The names of the labels of one kind, such as `s` or `o`."""
        return frozenset(label[2:] for label in self.labels if label.startswith(kind + ":"))

    def arrays(self) -> Iterable[Value]:
        """The arrays in it: itself, or those among its parts."""
        if self.parts is not None and self.shape is None:
            for part in self.parts:
                yield from part.arrays()
        elif self.shape is not None or "array" in self.traits:
            yield self


_STUDENT = ("s:", "f:", "r:", "p:")
NOTHING = Value()
COMPUTED: Labels = frozenset({"c"})


def constant(value: Any) -> Value:
    """A value that is written down."""
    return Value(const=value, key=("const", type(value).__name__, value))


def sequence(parts: Iterable[Value], keys: tuple[Any, ...] | None = None) -> Value:
    """A tuple, list or dict of these values."""
    items = tuple(parts)
    key: Any = None
    if all(item.key is not None for item in items):
        key = ("sequence", keys, tuple(item.key for item in items))
    labels = frozenset().union(*(item.labels for item in items))
    return Value(labels=labels, parts=items, keys=keys, key=key)


def plain(value: Value) -> Any:
    """Return a known value, tuples and lists of known values included, or UNKNOWN."""
    if value.parts is None or value.keys is not None:
        return value.const
    items = [plain(part) for part in value.parts]
    return UNKNOWN if any(item is UNKNOWN for item in items) else tuple(items)


def from_plain(value: Any) -> Value:
    """The inverse of `plain`."""
    if isinstance(value, tuple | list):
        return sequence(from_plain(item) for item in value)
    return constant(value)


def unite(values: Iterable[Value]) -> Labels:
    """All labels of some values."""
    return frozenset().union(*(value.labels for value in values))


def relabel(labels: Labels, kind: str) -> Labels:
    """Labels in which what was the student's is only its form (`f`) or a reduction (`r`)."""
    weaker = {"f": ("s:", "r:", "f:", "p:"), "r": ("s:", "r:", "p:")}[kind]
    return frozenset(f"{kind}:{label[2:]}" if label[:2] in weaker else label for label in labels)


def join(values: list[Value]) -> Value:
    """What is known of a value that may be any of these."""
    first, *others = values
    if all(other is first for other in others):
        return first
    parts = None
    lengths = {None if v.parts is None else len(v.parts) for v in values}
    if len(lengths) == 1 and None not in lengths:
        columns = zip(*(v.parts or () for v in values), strict=True)
        parts = tuple(join(list(column)) for column in columns)

    def same(name: str) -> Any:
        every = [getattr(value, name) for value in values]
        return every[0] if all(_equal(item, every[0]) for item in every) else None

    const = (
        first.const if all(v.known and _equal(v.const, first.const) for v in values) else UNKNOWN
    )
    return Value(
        labels=unite(values),
        const=const,
        parts=parts,
        keys=same("keys") if parts is not None else None,
        shape=same("shape"),
        traits=frozenset.intersection(*(v.traits for v in values)),
        key=same("key"),
        closure=next((v.closure for v in values if v.closure), None),
        module=same("module") or "",
        pairs=tuple(pair for v in values for pair in v.pairs),
        difference=same("difference"),
    )


def _equal(one: Any, other: Any) -> bool:
    try:
        return type(one) is type(other) and bool(one == other)
    except Exception:
        return False


def with_labels(value: Value, labels: Labels) -> Value:
    """The value with these labels on top, its parts too."""
    if labels <= value.labels:
        return value
    parts = value.parts
    if parts is not None:
        parts = tuple(with_labels(part, labels) for part in parts)
    return replace(value, labels=value.labels | labels, parts=parts)
