"""What may cross between grader and session: values, and nothing that is code.

A value becomes a JSON node and a list of raw buffers. JSON scalars and arrays stand for
themselves; everything else is an object whose `"t"` names its kind:

    [1, 2.5, "a"]              {"t": "tuple", "v": [1, 2]}     {"t": "dict", "v": [["lr", 0.1]]}
    {"t": "array", "dtype": "float64", "shape": [4, 3], "b": 0}          b: index of its buffer

Both sides check everything: what arrives is built only from exact keys, listed dtypes and
buffers whose length is the one that dtype and shape imply, each used once. Pickle is never used.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any, NoReturn

import numpy as np

from autograder.errors import WireError

Json = Any
Buffer = bytes | bytearray


@dataclass(frozen=True, slots=True)
class WireLimits:
    """How large one message may be: bytes of all buffers, nesting, values, bytes of JSON.

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


NUMPY_DTYPES = frozenset(
    f"{kind}{bits}"
    for kind, sizes in {
        "int": (8, 16, 32, 64),
        "uint": (8, 16, 32, 64),
        "float": (16, 32, 64),
        "complex": (64, 128),
        "bool": ("",),
    }.items()
    for bits in sizes
)
TORCH_DTYPES = {
    "bool": 1,
    "uint8": 1,
    "int8": 1,
    "int16": 2,
    "int32": 4,
    "int64": 8,
    "float16": 2,
    "bfloat16": 2,
    "float32": 4,
    "float64": 8,
    "complex64": 8,
    "complex128": 16,
}
MAX_INT_BITS = 4096
# Longer text travels as a buffer, so that the JSON part stays structure and small change.
SHORT_TEXT = 1024
_JSON_INT = 1 << 63
# Tuples, and integers longer than this, can be chosen to share one hash; a table of many
# such keys takes the square of their number to build.
_MAX_TUPLE_KEYS = 1000
_MAX_NDIM = 32


class Encoder:
    """Turns values into nodes; `buffers` collects the raw bytes they refer to.

    `other` answers the node for an object that is not a value (a handle, a callback).
    """

    def __init__(self, limits: WireLimits, other: Callable[[object], Json]) -> None:
        self.limits = limits
        self.other = other
        self.buffers: list[bytes] = []
        self._bytes = 0
        self._nodes = 0
        self._text = 0
        self._wide_text = 0

    def encode(self, value: object, depth: int = 0) -> Json:
        """Return the node of `value`; WireError when it is too large or too deep."""
        self._nodes += 1
        if self._nodes > self.limits.nodes:
            raise WireError(f"value too large: it holds more than {self.limits.nodes:,} values")
        if depth > self.limits.depth:
            raise WireError(
                f"value too deep: nested more than {self.limits.depth} levels, or inside itself"
            )
        kind = type(value)
        if value is None or kind is bool:
            return value
        # numpy's float64, complex128 and str_ are subclasses of Python's own types.
        if issubclass(kind, np.generic) and not issubclass(kind, str | bytes):
            return self._scalar(value)
        if issubclass(kind, int):
            return self._int(int.__int__(value))  # type: ignore[arg-type]
        if issubclass(kind, float):
            return self._float(float.__float__(value))  # type: ignore[arg-type]
        if issubclass(kind, str):
            return self._str(str.__str__(value))
        if issubclass(kind, list):
            items: Iterator[object] = list.__iter__(value)  # type: ignore[arg-type]
            return [self.encode(item, depth + 1) for item in items]
        if issubclass(kind, tuple):
            items = tuple.__iter__(value)  # type: ignore[arg-type]
            return {"t": "tuple", "v": [self.encode(item, depth + 1) for item in items]}
        if issubclass(kind, dict):
            return self._dict(value, depth)  # type: ignore[arg-type]
        if issubclass(kind, np.ndarray):
            return self._array(np.asarray(value))
        return self._rare(value, kind, depth)

    def _rare(self, value: Any, kind: type, depth: int) -> Json:
        torch = sys.modules.get("torch")
        if torch is not None and issubclass(kind, torch.Tensor):
            return self._tensor(value, torch)
        if issubclass(kind, complex):
            number = complex(value)
            return {"t": "complex", "v": [self._float(number.real), self._float(number.imag)]}
        if kind in (bytes, bytearray):
            return {"t": "bytes", "b": self._buffer(bytes(value))}
        if kind in (set, frozenset) and are_keys(value):
            return {"t": "set", "v": [self.encode(item, depth + 1) for item in value]}
        if kind is slice:
            parts = (value.start, value.stop, value.step)
            return {"t": "slice", "v": [self.encode(part, depth + 1) for part in parts]}
        if kind is np.random.Generator and type(value.bit_generator) is np.random.PCG64:
            return self._generator(value.bit_generator.state)
        if value is Ellipsis:
            return {"t": "ellipsis"}
        if isinstance(value, np.dtype) and value.name in NUMPY_DTYPES:
            return {"t": "dtype", "lib": "numpy", "name": value.name}
        if torch is not None and kind is torch.dtype and str(value)[6:] in TORCH_DTYPES:
            return {"t": "dtype", "lib": "torch", "name": str(value)[6:]}
        if kind in (Name, Handle, Attribute, Item):
            return self._target(value, depth)
        return self.other(value)

    def _target(self, target: Target, depth: int) -> Json:
        match target:
            case Name(name):
                return {"t": "name", "v": name}
            case Handle(number):
                return {"t": "kept", "v": number}
            case Attribute(inner, name):
                return {"t": "attribute", "of": self.encode(inner, depth + 1), "v": name}
            case Item(inner, key):
                of = self.encode(inner, depth + 1)
                return {"t": "item", "of": of, "v": self.encode(key, depth + 1)}

    def _int(self, number: int) -> Json:
        if -_JSON_INT <= number < _JSON_INT:
            return number
        if number.bit_length() > MAX_INT_BITS:
            raise WireError(f"value too large: an integer of {number.bit_length():,} bits")
        return {"t": "int", "v": hex(number)}

    @staticmethod
    def _float(number: float) -> Json:
        return number if math.isfinite(number) else {"t": "float", "v": repr(number)}

    def _str(self, text: str) -> Json:
        try:
            if len(text) > SHORT_TEXT:
                if len(text) > self.limits.bytes:
                    self._too_large(len(text))
                raw = text.encode("utf-8")
                self._wide_text = self.limits.more_text(self._wide_text, raw)
                return {"t": "str", "b": self._buffer(raw)}
            if not text.isascii():
                text.encode("utf-8")
        except UnicodeEncodeError:
            raise WireError("text with half a surrogate pair cannot be sent") from None
        # In JSON a character takes six bytes at worst.
        self._text += 6 * len(text)
        if self._text > self.limits.json_bytes // 2:
            raise WireError("value too large: too much text in small pieces")
        return text

    def _dict(self, value: dict[Any, Any], depth: int) -> Json:
        if not are_keys(dict.keys(value)):
            return self.other(value)
        pairs = []
        for key, item in dict.items(value):
            plain = key.item() if isinstance(key, np.generic) else key
            pairs.append([self.encode(plain, depth + 1), self.encode(item, depth + 1)])
        return {"t": "dict", "v": pairs}

    def _scalar(self, value: Any) -> Json:
        name = value.dtype.name
        if name not in NUMPY_DTYPES:
            raise WireError(f"a numpy scalar of dtype {value.dtype} cannot be sent")
        number = value.item()
        if isinstance(number, complex):
            node: Json = [self._float(number.real), self._float(number.imag)]
        elif isinstance(number, float):
            node = self._float(number)
        elif isinstance(number, bool):
            node = number
        else:
            node = self._int(number)
        return {"t": "scalar", "dtype": name, "v": node}

    def _generator(self, state: Any) -> Json:
        inner = (state["state"]["state"], state["state"]["inc"])
        numbers = (*inner, state["has_uint32"], state["uinteger"])
        return {"t": "rng", "v": [self._int(int(number)) for number in numbers]}

    def _array(self, array: np.ndarray[Any, Any]) -> Json:
        name = array.dtype.name
        if name not in NUMPY_DTYPES:
            raise WireError(
                f"an array of dtype {array.dtype} cannot be sent: only numbers and booleans can"
            )
        self._make_room(array.nbytes)
        native = array.astype(array.dtype.newbyteorder("="), copy=False)
        index = self._buffer(native.tobytes())
        return {"t": "array", "dtype": name, "shape": list(array.shape), "b": index}

    def _tensor(self, tensor: Any, torch: Any) -> Json:
        name = str(tensor.dtype)[6:]
        if tensor.layout is not torch.strided or tensor.device.type == "meta" or tensor.is_nested:
            raise WireError("only dense tensors can be sent: call .to_dense() first")
        if name not in TORCH_DTYPES:
            raise WireError(f"a tensor of dtype {tensor.dtype} cannot be sent")
        # What a student's subclass does with torch's functions is left behind here.
        tensor = torch.Tensor.as_subclass(tensor, torch.Tensor)
        self._make_room(tensor.numel() * tensor.element_size())
        plain = tensor.detach().cpu().resolve_conj().resolve_neg().contiguous().reshape(-1)
        raw = plain.view(torch.uint8).numpy().tobytes() if plain.numel() else b""
        index = self._buffer(raw)
        return {"t": "tensor", "dtype": name, "shape": list(tensor.shape), "b": index}

    def _buffer(self, raw: bytes) -> int:
        self._make_room(len(raw))
        if len(self.buffers) >= self.limits.buffers:
            raise WireError(f"value too large: more than {self.limits.buffers:,} arrays")
        self.buffers.append(raw)
        self._bytes += len(raw)
        return len(self.buffers) - 1

    def _make_room(self, size: int) -> None:
        if self._bytes + size > self.limits.bytes:
            self._too_large(self._bytes + size)

    def _too_large(self, size: int) -> NoReturn:
        raise WireError(
            f"value too large: {size / 2**20:,.1f} MiB, the limit is "
            f"{self.limits.bytes / 2**20:,.1f} MiB"
        )


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
        return -_JSON_INT <= int.__int__(key) < _JSON_INT  # type: ignore[arg-type]
    return key is None or issubclass(kind, str | float | np.integer | np.bool_)
