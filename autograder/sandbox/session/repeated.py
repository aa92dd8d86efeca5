"""What a session does to arguments and results when a function is called again and again."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterable
from typing import Any

import numpy as np

_PLAIN = (bool, int, float, complex, str, bytes, np.generic, type(None))


def copied(value: Any) -> Any:
    """Return a copy of the numbers in a value, which stays as it is now."""
    torch = sys.modules.get("torch")
    if isinstance(value, dict):
        return {key: copied(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        # A named tuple, too, is a tuple to those who get it.
        return (list if isinstance(value, list) else tuple)(map(copied, value))
    if isinstance(value, np.ndarray):
        return value.copy()
    if torch is not None and isinstance(value, torch.Tensor):
        return value.detach().clone()
    return value


def spoil(value: Any) -> None:
    """Write into the numbers of a value, as whoever got it may."""
    if isinstance(value, dict):
        for part in value.values():
            spoil(part)
    elif isinstance(value, (list, tuple)):
        for part in value:
            spoil(part)
    elif isinstance(value, np.ndarray) and value.flags.writeable:
        value.fill(1)
    elif (torch := sys.modules.get("torch")) is not None and isinstance(value, torch.Tensor):
        # Tensors that were expanded cannot be written to.
        with contextlib.suppress(RuntimeError):
            value.detach().fill_(1)


def refilled(old: Any, new: Any, results: list[object]) -> Any:
    """Return `new` in the lists, dictionaries and arrays of `old` that have the same sizes.

    What one of the `results` may be a part of is left as it is: that result may not change.
    """
    return _Refilling(results).fill(old, new)


class _Refilling:
    def __init__(self, results: list[object]) -> None:
        self._taken: set[int] = set()
        self._results = results

    def fill(self, old: Any, new: Any) -> Any:
        if type(old) is not type(new):
            return new
        if isinstance(new, (list, tuple)) and len(old) == len(new):
            filled = [self.fill(*pair) for pair in zip(old, new, strict=True)]
            if type(new) is tuple:
                return tuple(filled)
            if not self._may_fill(old, zip(old, filled, strict=True)):
                return filled
            old[:] = filled
            return old
        if isinstance(new, dict) and list(old) == list(new):
            entries = {key: self.fill(old[key], new[key]) for key in new}
            if not self._may_fill(old, ((old[key], entries[key]) for key in new)):
                return entries
            old.update(entries)
            return old
        return self._array(old, new) if isinstance(new, np.ndarray) else new

    def _may_fill(self, old: Any, pairs: Iterable[tuple[Any, Any]]) -> bool:
        """Return whether a list or dictionary keeps its arrays, and no result is or has it."""
        kept = all(new is known or not isinstance(new, np.ndarray) for known, new in pairs)
        if not kept or id(old) in self._taken or any(_may_hold(r, old) for r in self._results):
            return False
        self._taken.add(id(old))
        return True

    def _array(self, old: np.ndarray[Any, Any], new: np.ndarray[Any, Any]) -> Any:
        form = (new.shape, new.dtype, new.strides)
        fits = (old.shape, old.dtype, old.strides) == form and old.flags.writeable
        if not fits or id(old) in self._taken or any(_may_share(r, old) for r in self._results):
            return new
        self._taken.add(id(old))
        old[...] = new
        return old


def as_one(
    args: tuple[object, ...], kwargs: dict[str, object]
) -> tuple[tuple[object, ...], dict[str, object]]:
    """Return arguments of which arrays with the same numbers are the same array, in lists too."""
    found: list[np.ndarray[Any, Any]] = []

    def one(value: object) -> object:
        if type(value) is list:
            value[:] = map(one, value)
        if not isinstance(value, np.ndarray):
            return value
        for known in found:
            form = (value.shape, value.dtype, value.strides)
            if (known.shape, known.dtype, known.strides) == form and (known == value).all():
                return known
        found.append(value)
        return value

    return tuple(map(one, args)), {key: one(value) for key, value in kwargs.items()}


def _may_hold(value: Any, container: Any) -> bool:
    """Return whether a list or dictionary may be a value or a part of one."""
    if value is container:
        return True
    if isinstance(value, (dict, list, tuple)):
        parts = value.values() if isinstance(value, dict) else value
        return any(_may_hold(part, container) for part in parts)
    torch = sys.modules.get("torch")
    of_numbers = isinstance(value, (*_PLAIN, np.ndarray))
    return not (of_numbers or (torch is not None and isinstance(value, torch.Tensor)))


def _may_share(value: Any, array: np.ndarray[Any, Any]) -> bool:
    """Return whether numbers in a value may lie in the memory of an array."""
    if isinstance(value, dict):
        return any(_may_share(part, array) for part in value.values())
    if isinstance(value, (list, tuple)):
        return any(_may_share(part, array) for part in value)
    if isinstance(value, np.ndarray):
        return bool(np.may_share_memory(value, array))
    torch = sys.modules.get("torch")
    if torch is not None and isinstance(value, torch.Tensor):
        storage = value.untyped_storage()
        first, last = storage.data_ptr(), storage.data_ptr() + storage.nbytes()
        start = array.ctypes.data
        return bool(first < start + array.nbytes and start < last)
    return not isinstance(value, _PLAIN)
