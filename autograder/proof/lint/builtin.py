"""What the linter knows of Python's own functions."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from autograder.proof.lint.arrays import fresh
from autograder.proof.lint.expressions import Expressions
from autograder.proof.lint.parts import element_of, elements
from autograder.proof.lint.trace import Loop, Zip, root
from autograder.proof.lint.values import (
    NOTHING,
    UNKNOWN,
    Scope,
    Value,
    constant,
    plain,
    relabel,
    sequence,
    unite,
)

_KNOWN: dict[str, Callable[..., Any]] = {
    "int": int,
    "float": float,
    "str": str,
    "bool": bool,
    "abs": abs,
    "max": max,
    "min": min,
}
_FORM = {"len", "isinstance", "type", "callable", "hasattr", "issubclass", "id"}
_WRAPPERS = {"list", "tuple", "set", "frozenset", "sorted", "reversed", "iter"}


class Builtins(Expressions):
    """Follows calls of Python's own functions."""

    def builtin(
        self, name: str, node: ast.Call, args: list[Value], kwargs: dict[str, Value], scope: Scope
    ) -> Value:
        """What a builtin, or a name that nothing is known of, returns."""
        first = args[0] if args else NOTHING
        labels = unite([*args, *kwargs.values()])
        if name == "getattr" and args and first.module:
            known = args[1].const if len(args) > 1 and args[1].known else "?"
            return Value(module=f"{first.module}.{known}")
        if name in _FORM:
            if name == "len" and first.parts is not None:
                return constant(len(first.parts))
            if name == "len" and first.shape:
                return constant(first.shape[0])
            return Value(labels=relabel(labels, "f"), key=("len", first.key))
        if name == "range":
            return _range(args, labels)
        if name == "zip":
            return self._zip(node, args, kwargs, scope)
        if name == "enumerate":
            known = elements(first)
            if known is not None:
                return sequence(sequence([constant(i), v]) for i, v in enumerate(known))
            each = sequence([NOTHING, element_of(first)])
            return Value(labels=labels, key=("keys", first.key), element=each)
        if name in _WRAPPERS and args:
            return self._wrapped(name, first, node, scope)
        if name == "dict":
            return _dictionary(first, kwargs)
        if name in ("all", "any"):
            if name == "all":
                self._decide(node)
            return Value(labels=labels, pairs=first.pairs)
        if name == "map" and len(args) > 1:
            results = self.call_value(first, [element_of(args[1])])
            return Value(labels=labels | results.labels, element=results)
        return self._computed(name, args, labels)

    def call_value(self, function: Value, args: list[Value]) -> Value:
        """What a value that is called returns, where it is a function of the checks file."""
        return NOTHING if function.closure is None else self.run(function.closure, args, {})

    def _computed(self, name: str, args: list[Value], labels: frozenset[str]) -> Value:
        numbers = [plain(arg) for arg in args]
        if name in _KNOWN and numbers and all(n is not UNKNOWN for n in numbers):
            try:
                return constant(_KNOWN[name](*numbers))
            except Exception:
                return NOTHING
        first = args[0] if args else NOTHING
        if name in ("float", "int", "bool", "abs", "round"):
            return replace(first, labels=labels, const=UNKNOWN, closure=None)
        if name in ("sum", "max", "min"):
            if first.difference is not None and len(args) == 1:
                return Value(labels=labels, difference=first.difference)
            return Value(labels=relabel(labels, "r") if first.student else labels)
        return Value(labels=labels)

    def _decide(self, node: ast.Call) -> None:
        """Say of the loops inside `all(...)` that they decide over what is asserted."""
        inside = {id(n.iter) for n in ast.walk(node) if isinstance(n, ast.comprehension)}
        for i, loop in enumerate(self.trace.loops):
            if id(loop.node) in inside:
                self.trace.loops[i] = Loop(loop.value, loop.node, loop.source, True)

    def _wrapped(self, name: str, first: Value, node: ast.Call, scope: Scope) -> Value:
        known = elements(first)
        if known is not None and name in ("list", "tuple"):
            return sequence(known)
        if known is not None and name == "reversed":
            return sequence(known[::-1])
        key = ("set", first.key)
        element = first.element or (join_parts(first) if first.parts else None)
        return Value(labels=first.labels, key=key, element=element, pairs=first.pairs)

    def _zip(
        self, node: ast.Call, args: list[Value], kwargs: dict[str, Value], scope: Scope
    ) -> Value:
        strict = kwargs.get("strict")
        if strict is None or strict.const is False:
            self.trace.zips.append(Zip(tuple(args), node, scope.source))
        else:
            self.trace.sized |= {root(arg.key) for arg in args if arg.key is not None}
        known = [elements(arg) for arg in args]
        lengths = [len(items) for items in known if items is not None]
        if lengths and min(lengths) <= 24:
            n = min(lengths)
            columns: list[Sequence[Value]] = [
                items[:n] if items is not None else [_nth(arg, i) for i in range(n)]
                for arg, items in zip(args, known, strict=True)
            ]
            return sequence(sequence(row) for row in zip(*columns, strict=True))
        each = sequence(element_of(arg) for arg in args)
        return Value(labels=unite(args), key=fresh(), element=each, traits=frozenset({"zipped"}))


def join_parts(value: Value) -> Value:
    """What is known of every part of a value."""
    return element_of(replace(value, element=None))


def _nth(value: Value, i: int) -> Value:
    each = element_of(value)
    return replace(each, key=("item", value.key, i) if value.key is not None else None)


def _range(args: list[Value], labels: frozenset[str]) -> Value:
    numbers: list[Any] = [plain(arg) for arg in args]
    if numbers and all(type(n) is int for n in numbers):
        try:
            known = range(*numbers)
        except ValueError:
            return NOTHING
        if len(known) <= 24:
            return sequence(constant(i) for i in known)
    key = args[0].key if len(args) == 1 else None
    return Value(labels=labels, key=key, element=NOTHING)


def _dictionary(first: Value, kwargs: dict[str, Value]) -> Value:
    if kwargs and first is NOTHING:
        return sequence(kwargs.values(), tuple(kwargs))
    rows = elements(first)
    if first.keys is not None and first.parts is not None:
        return first
    if rows is not None and all(row.parts is not None and len(row.parts) == 2 for row in rows):
        names = [plain((row.parts or ())[0]) for row in rows]
        if all(isinstance(name, str | int) for name in names):
            return sequence([(row.parts or ())[1] for row in rows], tuple(names))
    return Value(labels=first.labels, key=("set", first.key))
