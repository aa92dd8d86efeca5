"""Answers put in the place of right ones: nothing, zeros, other numbers of the same shape."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.checks.author.values import is_number, is_tensor, to_array

Array = np.ndarray[Any, Any]


def replaced(how: str, value: Any, seed: int = 0) -> Any:
    """Return what `how` makes of an answer; an answer that it does not apply to stays.

    "none", "empty" (no entries), "truncated" (one entry fewer), "zeros", "random", "scaled" (by a
    negative number), "rolled" (each entry in the place of the next), "rows" (each entry in the
    next column), "columns" (in the next row).
    """
    if how == "none":
        return None
    if how in ("empty", "truncated"):
        return _shorter(value, 0 if how == "empty" else -1)
    rng = np.random.default_rng(seed)
    functions: dict[str, Callable[[Array], Array]] = {
        "zeros": np.zeros_like,
        "random": lambda array: _random(array, rng),
        "scaled": _scaled,
        "rolled": lambda array: np.roll(array, 1),
        "rows": lambda array: np.roll(array, 1, axis=-1) if array.ndim > 1 else array,
        "columns": lambda array: np.roll(array, 1, axis=0) if array.ndim > 1 else array,
    }
    return _mapped(value, functions[how])


def seed_of(*parts: object) -> int:
    """A number that depends on labels and values alone."""
    seed = 0
    for part in parts:
        if isinstance(part, list | tuple):
            data = str(seed_of(*part)).encode()
        elif isinstance(part, dict):
            data = str(seed_of(*part.items())).encode()
        elif isinstance(part, np.ndarray) or is_tensor(part):
            data = to_array(part).tobytes()
        else:
            data = b"" if callable(part) else repr(part).encode()
        seed = zlib.crc32(data, seed)
    return seed


def _shorter(value: Any, end: int) -> Any:
    if isinstance(value, dict):
        return dict(list(value.items())[:end])
    if isinstance(value, list | tuple | str):
        return value[:end]
    if isinstance(value, np.ndarray) or is_tensor(value):
        return value[:end] if value.ndim else value
    return value


def _mapped(value: Any, function: Callable[[Array], Array]) -> Any:
    """The numbers in a value changed, in the types that they have."""
    if isinstance(value, dict):
        return {key: _mapped(part, function) for key, part in value.items()}
    if is_tensor(value):
        import torch

        changed = function(to_array(value))
        return torch.from_numpy(np.ascontiguousarray(changed)).to(value.dtype)
    if isinstance(value, np.ndarray):
        return np.asarray(function(value), dtype=value.dtype) if value.size else value
    if is_number(value) or isinstance(value, bool | np.bool_):
        array = np.asarray(value)
        changed = np.asarray(function(array), dtype=array.dtype)
        return changed[()] if isinstance(value, np.generic) else changed.item()
    if isinstance(value, list | tuple):
        if value and all(is_number(part) for part in value):
            changed = function(np.asarray(value)).tolist()
            return type(value)([type(a)(b) for a, b in zip(value, changed, strict=True)])
        return type(value)([_mapped(part, function) for part in value])
    return value


def _random(array: Array, rng: np.random.Generator) -> Array:
    if array.dtype.kind == "b":
        return np.asarray(rng.random(array.shape) < 0.5 if array.ndim else ~array)
    if array.dtype.kind in "iu":
        high = int(array.max(initial=1)) + 2
        drawn = rng.integers(min(int(array.min()), high - 2), high, size=array.shape)
        return np.asarray(drawn if array.ndim else drawn + 1 + array)
    if not array.ndim:
        return np.asarray(array + (1 + np.abs(array)) * (1 + np.abs(rng.standard_normal())))
    spread = float(np.nan_to_num(array.std())) or 1.0
    center = float(np.nan_to_num(array.mean().real, posinf=0, neginf=0))
    return np.asarray(center + spread * (0.5 + rng.standard_normal(array.shape)))


def _scaled(array: Array) -> Array:
    return array if array.dtype.kind in "bu" else array * (-3 if array.dtype.kind == "i" else -1.75)


def numbers_in(value: Any) -> list[Array]:
    """The arrays and numbers in an answer or an argument; a list of numbers is one array."""
    if isinstance(value, dict):
        return [array for part in value.values() for array in numbers_in(part)]
    if isinstance(value, list | tuple):
        try:
            one = not any(isinstance(part, np.ndarray) or is_tensor(part) for part in value)
            array = to_array(value)
        except TypeError:
            one = False
        if one and value:
            return [array]
        return [array for part in value for array in numbers_in(part)]
    if isinstance(value, np.ndarray) or is_tensor(value) or is_number(value):
        return [to_array(value)] if getattr(value, "dtype", None) != np.dtype(object) else []
    return []


def same(one: Any, other: Any) -> bool:
    """Whether two values are the same; functions count as equal."""
    if isinstance(one, np.ndarray) or is_tensor(one):
        if type(one) is not type(other):
            return False
        a, b = to_array(one), to_array(other)
        nans = a.dtype.kind in "fc" and b.dtype.kind in "fc"
        return a.dtype == b.dtype and np.array_equal(a, b, equal_nan=nans)
    if type(one) is not type(other):
        return callable(one) and callable(other)
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    return bool(one is other or one == other or (one != one and other != other)) or callable(one)


def copied(value: Any) -> Any:
    """A copy that later changes in place do not reach."""
    if isinstance(value, np.ndarray):
        return value.copy()
    if is_tensor(value):
        return value.detach().clone()
    if type(value) in (list, tuple):
        return type(value)([copied(part) for part in value])
    if type(value) is dict:
        return {key: copied(part) for key, part in value.items()}
    return value
