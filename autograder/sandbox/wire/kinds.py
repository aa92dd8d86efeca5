"""The kinds of value that may cross between grader and session, and how large they may be.

Values and references cross, and nothing that is code.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.errors import WireError

Json = Any
Buffer = bytes | bytearray
# JSON and the buffers that it refers to.
Message = tuple[dict[str, Json], list[Buffer]]


@dataclass(frozen=True, slots=True)
class WireLimits:
    """Limits of one message: bytes of all buffers, nesting, values, bytes of JSON.

    Whatever arrives, receiving it and building its value allocates no more than `memory` bytes.
    """

    bytes: int = 64 << 20
    depth: int = 32
    nodes: int = 200_000
    json_bytes: int = 8 << 20
    buffers: int = 20_000

    @property
    def memory(self) -> int:
        """The bytes that a message may cost its receiver, libraries it has to load aside.

        Buffers are held once and copied once at most, text among them in four bytes a letter.
        JSON becomes Python objects, the smallest of which are the dearest for their length.
        """
        return 3 * self.bytes + 24 * self.json_bytes

    def more_text(self, so_far: int, raw: Buffer) -> int:
        """Return the bytes of text beyond ASCII in a message that holds `raw` as well.

        Raises WireError when four times as many, which its letters may take, are over `bytes`.
        """
        wide = so_far + (0 if raw.isascii() else len(raw))
        if wide > self.bytes // 4:
            raise WireError("value too large: too much text")
        return wide


@dataclass(frozen=True, slots=True)
class Name:
    """A name in the session's notebook."""

    name: str


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Handle:
    """An object that stays in the session; `type_name` and `callable` are as told by it.

    The session keeps the object for as long as somebody here keeps its handle.
    """

    id: int
    type_name: str
    callable: bool = False


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute of another target."""

    target: Target
    name: str


@dataclass(frozen=True, slots=True)
class Item:
    """An item of another target; `key` is a value."""

    target: Target
    key: object


Target = Name | Handle | Attribute | Item


_INTEGERS = ("int8", "int16", "int32", "int64", "uint8")
_COMMON = ("bool", *_INTEGERS, "float16", "float32", "float64", "complex64", "complex128")
NUMPY_DTYPES = frozenset((*_COMMON, "uint16", "uint32", "uint64"))
TORCH_DTYPES = frozenset((*_COMMON, "bfloat16"))
MAX_INT_BITS = 4096
# Longer text travels as a buffer, so that the JSON part stays structure and small change.
SHORT_TEXT = 1024
JSON_INT = 1 << 63
# Tuples, and integers longer than this, can be chosen to share one hash; a table of many
# such keys takes the square of their number to build.
_MAX_TUPLE_KEYS = 1000
MAX_NDIM = 32


def are_keys(keys: Collection[object]) -> bool:
    """Return whether all of `keys`, of a dict or a set, are values that may be keys."""
    tuples = sum(isinstance(key, tuple) for key in keys)
    return tuples <= _MAX_TUPLE_KEYS and all(map(_is_key, keys))


def _is_key(key: object) -> bool:
    kind = type(key)
    if issubclass(kind, tuple):
        parts: Iterator[object] = tuple.__iter__(key)  # type: ignore[arg-type]
        return all(map(_is_key, parts))
    if issubclass(kind, int):
        return -JSON_INT <= int.__int__(key) < JSON_INT  # type: ignore[arg-type]
    return key is None or issubclass(kind, str | float | np.integer | np.bool_)
