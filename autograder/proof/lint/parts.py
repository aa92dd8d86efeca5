"""The parts of a value: what is unpacked, looped over, added up and cut out."""

from __future__ import annotations

import ast
from dataclasses import replace
from typing import Any

from autograder.proof.lint.values import NOTHING, Value, constant, join, relabel, sequence

MANY = 24  # so many elements of a loop are followed one by one


def weakened(value: Value) -> Value:
    """An answer that only a bound is asked of; what is mixed with other data is a distance."""
    if any(label == "rng" or label.startswith("o:") for label in value.labels):
        return value
    return replace(value, labels=relabel(value.labels, "r"))


def around_star(targets: list[ast.expr], parts: tuple[Value, ...]) -> list[Value]:
    """The values of targets of which one is starred."""
    at = next(i for i, item in enumerate(targets) if isinstance(item, ast.Starred))
    after = len(targets) - at - 1
    if len(parts) < len(targets) - 1:
        return [NOTHING] * len(targets)
    middle = sequence(parts[at : len(parts) - after])
    return [*parts[:at], middle, *parts[len(parts) - after :]]


def taken_apart(value: Value, n: int) -> list[Value]:
    """The n parts of a value; those of a student's answer are told apart by their place."""
    if value.parts is not None and len(value.parts) == n:
        return [constant(k) for k in value.keys] if value.keys is not None else list(value.parts)
    parts = []
    for i in range(n):
        labels = frozenset(
            f"{label}#{i}" if label[:2] == "s:" and "#" not in label else label
            for label in value.labels
        )
        key = None if value.key is None else ("part", value.key, i)
        parts.append(Value(labels=labels, key=key, traits=value.traits & {"array"}))
    return parts


def elements(value: Value) -> list[Value] | None:
    """The elements of a loop over `value`, if they are known one by one."""
    if value.parts is None or len(value.parts) > MANY:
        return None
    if value.keys is not None:
        return [constant(key) for key in value.keys]
    return list(value.parts)


def element_of(value: Value) -> Value:
    """What is known of each element of a value that is looped over."""
    if value.element is not None:
        return value.element
    if value.parts:
        return join(list(value.parts))
    shape = value.shape[1:] if value.shape else None
    return Value(labels=value.labels, shape=shape, key=("element", value.key))


def of_lists(op: ast.operator, left: Value, right: Value) -> Value | None:
    """Lists that are added or repeated, and dictionaries that are merged."""
    if isinstance(op, ast.BitOr) and left.keys is not None and right.keys is not None:
        merged = dict(zip(left.keys, left.parts or (), strict=True))
        merged |= dict(zip(right.keys, right.parts or (), strict=True))
        return sequence(merged.values(), tuple(merged))
    if isinstance(op, ast.Add) and left.parts is not None and right.parts is not None:
        return sequence((*left.parts, *right.parts))
    if isinstance(op, ast.Mult):
        for items, times in ((left, right), (right, left)):
            if items.parts is not None and items.keys is None and type(times.const) is int:
                return sequence(items.parts * min(times.const, MANY + 1))
    return None


def is_key(value: Any) -> bool:
    """Whether a known value can be the key of a dictionary or an index."""
    return isinstance(value, str | int | float | bool | tuple)


def is_small(value: Any) -> bool:
    """Whether a number or text that was computed is small enough to keep."""
    return value.bit_length() < 256 if isinstance(value, int) else len(value) < 1000
