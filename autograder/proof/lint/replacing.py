"""Answers put in the place of right ones: nothing, zeros, other numbers of the same shape."""

from __future__ import annotations

import sys
import zlib
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import numpy as np

from autograder.checks.author.values import is_number, is_tensor, to_array

Array = np.ndarray[Any, Any]


def replaced(how: str, value: Any, seed: int = 0) -> Any:
    """Return what `how` makes of an answer; an answer that it does not apply to stays.

    "none", "empty" (no entries), "truncated" (one entry fewer), "random", "doubled", "scaled" (by
    a negative number), "rolled" (each entry in the place of the next), "rows" (each entry in the
    next column), "columns" (in the next row).
    """
    if how == "none":
        return None
    if how in ("empty", "truncated"):
        end = 0 if how == "empty" else -1
        if isinstance(value, dict):
            return dict(list(value.items())[:end])
        is_long = isinstance(value, list | tuple | str) or (is_array(value) and value.ndim)
        return value[:end] if is_long else value
    rng = np.random.default_rng(seed)
    functions: dict[str, Callable[[Array], Any]] = {
        "random": lambda array: _random(array, rng),
        "doubled": lambda array: 2 * array,
        "scaled": lambda array: array * {"b": 1, "u": 1, "i": -3}.get(array.dtype.kind, -1.75),
        "rolled": lambda array: np.roll(array, 1),
        "rows": lambda array: np.roll(array, 1, axis=-1) if array.ndim > 1 else array,
        "columns": lambda array: np.roll(array, 1, axis=0) if array.ndim > 1 else array,
    }
    return _mapped(value, functions[how])


def seed_of(label: str, arguments: Any) -> int:
    """A number that depends on a label and the numbers in the arguments alone."""
    seed = zlib.crc32(label.encode())
    for array in numbers_in(arguments):
        seed = zlib.crc32(array.tobytes(), seed)
    return seed


def _mapped(value: Any, function: Callable[[Array], Any]) -> Any:
    """The numbers in a value changed, in the types that they have."""
    if isinstance(value, dict):
        return {key: _mapped(part, function) for key, part in value.items()}
    if isinstance(value, list | tuple):
        if not value or not all(is_number(part) for part in value):
            return type(value)([_mapped(part, function) for part in value])
        changed = _mapped(np.asarray(value), function).tolist()
        return type(value)([type(a)(b) for a, b in zip(value, changed, strict=True)])
    if not numbers_in(value) and not isinstance(value, bool | np.bool_):
        return value
    array = to_array(value)
    changed = np.array(function(array), dtype=array.dtype) if array.size else array
    if is_tensor(value):
        return sys.modules["torch"].from_numpy(changed).to(value.dtype)
    if isinstance(value, np.ndarray):
        return changed
    return changed[()] if isinstance(value, np.generic) else changed.item()


def _random(array: Array, rng: np.random.Generator) -> Any:
    if array.dtype.kind == "b":
        return rng.random(array.shape) < 0.5 if array.ndim else ~array
    if not array.ndim:
        return array + (1 + np.abs(array)) * (1 + np.abs(rng.standard_normal()))
    if array.dtype.kind in "iu":
        low = int(array.min(initial=0))
        several = max(int(array.max(initial=1)) + 2 - low, 2)
        return low + (array - low + rng.integers(1, several, size=array.shape)) % several
    spread = float(np.nan_to_num(array.std())) or 1.0
    center = float(np.nan_to_num(array.mean().real, posinf=0, neginf=0))
    return center + spread * (0.5 + rng.standard_normal(array.shape))


def numbers_in(value: Any) -> list[Array]:
    """The arrays and numbers in an answer or an argument; a list of numbers is one array."""
    if isinstance(value, dict):
        return [array for part in value.values() for array in numbers_in(part)]
    parts = value if isinstance(value, list | tuple) else ()
    if is_array(value) or is_number(value) or (parts and not any(map(is_array, parts))):
        with suppress(TypeError):
            return [to_array(value)]
    return [array for part in parts for array in numbers_in(part)]


def is_array(value: Any) -> bool:
    """Return whether a value is an array or a tensor."""
    return isinstance(value, np.ndarray) or is_tensor(value)


def same(one: Any, other: Any) -> bool:
    """Return whether two values are the same; NaN is NaN."""
    if type(one) is not type(other):
        return False
    if is_array(one):
        a, b = to_array(one), to_array(other)
        return a.dtype == b.dtype and np.array_equal(a, b, equal_nan=a.dtype.kind in "fc")
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    return bool(one is other or one == other or (one != one and other != other))


def copied(value: Any) -> Any:
    """A copy that later changes in place do not reach."""
    if is_array(value):
        return value.detach().clone() if is_tensor(value) else value.copy()
    if type(value) in (list, tuple):
        return type(value)([copied(part) for part in value])
    if type(value) is dict:
        return {key: copied(part) for key, part in value.items()}
    return value
