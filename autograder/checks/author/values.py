"""Reading what a student returned as an array, and showing arrays in few characters."""

from __future__ import annotations

import math
import sys
from typing import Any

import numpy as np

from autograder.checks.results import CheckFailed, clean, told
from autograder.checks.runner.student import Remote

Array = np.ndarray[Any, np.dtype[Any]]
# What a copy of an answer in a wider type may take: float32 as large as the wire lets through.
_MAX_COPY = 128 << 20


def is_tensor(value: object) -> bool:
    """Return whether `value` is a torch tensor, without importing torch for it."""
    torch = sys.modules.get("torch")
    return torch is not None and isinstance(value, torch.Tensor)


def is_number(value: object) -> bool:
    """Return whether `value` is a single int, float or complex number (no bool)."""
    if isinstance(value, bool | np.bool_):
        return False
    return isinstance(value, int | float | complex | np.number)


def to_array(value: Any) -> Array:
    """Return the array of a numpy array, tensor, number, or nested list of these.

    Raises TypeError with a phrase such as "a string" for anything that is not numbers
    or truth values.
    """
    if is_tensor(value):
        return _from_tensor(value)
    if isinstance(value, np.ndarray):
        if value.dtype.kind not in "biufc":
            raise TypeError(f"an array of dtype {value.dtype}")
        return value
    if isinstance(value, np.generic | bool | int | float | complex):
        return _from_scalar(value)
    if isinstance(value, list | tuple):
        return _from_list(value)
    raise TypeError(kind_of(value))


def _from_tensor(tensor: Any) -> Array:
    tensor = tensor.detach().cpu()
    try:
        return np.asarray(tensor.numpy())
    except (TypeError, RuntimeError):  # numpy has no bfloat16
        return np.asarray(tensor.to(dtype=sys.modules["torch"].float32).numpy())


def _from_scalar(value: Any) -> Array:
    try:
        array = np.asarray(value)
        return array if array.dtype.kind in "biufc" else np.asarray(float(value))
    except OverflowError:
        return np.asarray(math.inf if value > 0 else -math.inf)


def _from_list(value: list[Any] | tuple[Any, ...]) -> Array:
    if not value:
        return np.zeros(0)
    if all(type(item) in (int, float) and abs(item) < 2**53 for item in value):
        return np.array(value)
    parts = [to_array(item) for item in value]
    if len({part.shape for part in parts}) > 1:
        raise TypeError(f"a {type(value).__name__} whose parts have different shapes")
    entries = sum(part.size for part in parts)
    itemsize = np.result_type(*{part.dtype for part in parts}).itemsize
    _require_room(entries * itemsize, sum(part.nbytes for part in parts), entries)
    return np.stack(parts)


def _require_room(size: int, now: int, entries: int) -> None:
    """Refuse a copy of `size` bytes that is far larger than the `now` bytes it is made of."""
    if size > max(_MAX_COPY, 2 * now):
        raise CheckFailed(f"your result has {entries:,} entries: too many", misconception="shape")


def kind_of(value: object) -> str:
    """Return what a value is in words a student uses: "a string", "an array (4, 3)"."""
    if value is None:
        return "None"
    if isinstance(value, Remote):
        kind = value.kind
        return "a function" if kind == "function" else f"an object{told(f' of type {kind}')}"
    if isinstance(value, bool | np.bool_):
        return "True or False"
    if is_number(value):
        return "a number"
    if is_tensor(value):
        return "a torch tensor"
    if isinstance(value, np.ndarray):
        return "a numpy array"
    name = type(value).__name__
    words = {
        "str": "a string",
        "bytes": "bytes",
        "dict": "a dictionary",
        "list": "a list",
        "tuple": "a tuple",
    }
    return words.get(name, f"an object of type {clean(name, 40)}")


def require_fetched(actual: object) -> None:
    """Raise TypeError for a name of the notebook that a check compares as if it were a value."""
    if isinstance(actual, Remote) and not actual.fetched:
        raise TypeError(f"{actual!r} was not fetched: compare its .get() or its result")


def require_returned(actual: object, name: str) -> None:
    """Raise CheckFailed where a result is None."""
    if actual is None:
        raise CheckFailed(f"{name} is None: is the `return` missing?", misconception="none")


def wrong_kind(actual: object, name: str, expected: str) -> CheckFailed:
    """Return the failure of a result that is something else than `expected`."""
    said = f"{name} is {kind_of(actual)}, expected {expected}"
    return CheckFailed(said, misconception="type")


def answer_array(actual: object, expected: Array, *, name: str) -> Array:
    """Return a student's answer as array, or raise CheckFailed saying what it is instead."""
    require_fetched(actual)
    require_returned(actual, name)
    try:
        array = to_array(actual)
    except TypeError as error:
        wanted = "a number" if expected.ndim == 0 else "an array of numbers"
        raise CheckFailed(f"{name} is {error}, expected {wanted}", misconception="type") from None
    if array.dtype.kind == "b" and expected.dtype.kind != "b":
        raise CheckFailed(f"{name} holds True and False, expected numbers", misconception="type")
    if array.dtype.kind == "c" and expected.dtype.kind != "c":
        raise CheckFailed(f"{name} holds complex numbers, expected real ones", misconception="type")
    return array


def same_values(actual: Array, expected: Array, *, rtol: float, atol: float) -> Array:
    """Return entrywise whether two arrays of one shape agree; NaN agrees with nothing."""
    with np.errstate(all="ignore"):
        finite = np.abs(actual - expected) <= atol + rtol * np.abs(expected)
    return np.asarray(np.where(np.isfinite(expected), finite, actual == expected))


def wide(array: Array) -> Array:
    """Return the array in float64 or complex128, where integers cannot overflow.

    Raises CheckFailed where that would take a small type's millions of entries to gigabytes.
    """
    dtype = wide_type(array)
    _require_room(array.size * dtype.itemsize, array.nbytes, array.size)
    return np.asarray(array, dtype=dtype)


def wide_type(array: Array) -> np.dtype[Any]:
    """Return the type that `wide` gives an array."""
    return np.dtype(np.complex128 if array.dtype.kind == "c" else np.float64)


def show_number(value: Any) -> str:
    """Return one entry in six digits."""
    if isinstance(value, bool | np.bool_):
        return str(bool(value))
    return f"{value:.6g}"


def show(array: Array, limit: int = 8) -> str:
    """Return an array in few characters: all of a small one, the corner of a large one."""
    if array.size <= limit:
        return _rows(array)
    entries = ", ".join(show_number(value) for value in array.ravel()[: limit // 2])
    return f"array {array.shape} beginning {entries}, …"


def _rows(array: Array) -> str:
    if array.ndim == 0:
        return show_number(array[()])
    return "[" + ", ".join(_rows(row) for row in array) + "]"
