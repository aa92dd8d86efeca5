"""Turning values into JSON nodes and raw buffers.

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
from collections.abc import Callable, Iterator
from typing import Any, NoReturn

import numpy as np

from autograder.errors import WireError
from autograder.sandbox.wire.kinds import (
    JSON_INT,
    MAX_INT_BITS,
    NUMPY_DTYPES,
    SHORT_TEXT,
    TORCH_DTYPES,
    Attribute,
    Buffer,
    Handle,
    Item,
    Json,
    Name,
    Target,
    WireLimits,
    are_keys,
)


class Encoder:
    """Turns values into nodes; `buffers` collects the raw bytes they refer to.

    `other` answers the node for an object that is not a value (a handle, a callback).
    """

    def __init__(self, limits: WireLimits, other: Callable[[object], Json]) -> None:
        self.limits = limits
        self.other = other
        self.buffers: list[Buffer] = []
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
            return self._scalar(value, depth)
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
            return {"t": "complex", "v": self._parts(complex(value), depth)}
        if kind in (bytes, bytearray):
            return {"t": "bytes", "b": self._buffer(bytes(value))}
        if kind in (set, frozenset) and are_keys(value):
            return {"t": "set", "v": [self.encode(item, depth + 1) for item in value]}
        if kind is slice:
            parts = (value.start, value.stop, value.step)
            return {"t": "slice", "v": [self.encode(part, depth + 1) for part in parts]}
        if kind is np.random.Generator and type(value.bit_generator) is np.random.PCG64:
            return self._generator(value.bit_generator.state, depth)
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
        if -JSON_INT <= number < JSON_INT:
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

    def _parts(self, number: complex, depth: int) -> Json:
        return [self.encode(part, depth + 1) for part in (number.real, number.imag)]

    def _scalar(self, value: Any, depth: int) -> Json:
        name = value.dtype.name
        if name not in NUMPY_DTYPES:
            raise WireError(f"a numpy scalar of dtype {value.dtype} cannot be sent")
        number = value.item()
        if isinstance(number, complex):
            return {"t": "scalar", "dtype": name, "v": self._parts(number, depth)}
        return {"t": "scalar", "dtype": name, "v": self.encode(number, depth + 1)}

    def _generator(self, state: Any, depth: int) -> Json:
        inner = (state["state"]["state"], state["state"]["inc"])
        numbers = (*inner, state["has_uint32"], state["uinteger"])
        return {"t": "rng", "v": [self.encode(int(number), depth + 1) for number in numbers]}

    def _array(self, array: np.ndarray[Any, Any]) -> Json:
        name = array.dtype.name
        if name not in NUMPY_DTYPES:
            raise WireError(
                f"an array of dtype {array.dtype} cannot be sent: only numbers and booleans can"
            )
        self._make_room(array.nbytes)
        # Whoever gets it may meet it in the order in which it lies in memory.
        kind = "array"
        if array.flags.f_contiguous and not array.flags.c_contiguous:
            kind, array = "turned", array.T
        native = array.astype(array.dtype.newbyteorder("="), copy=False)
        index = self._buffer(native.tobytes())
        return {"t": kind, "dtype": name, "shape": list(array.shape), "b": index}

    def _tensor(self, tensor: Any, torch: Any) -> Json:
        name = str(tensor.dtype)[6:]
        if tensor.layout is not torch.strided or tensor.device.type == "meta" or tensor.is_nested:
            raise WireError("only dense tensors can be sent: call .to_dense() first")
        if name not in TORCH_DTYPES:
            raise WireError(f"a tensor of dtype {tensor.dtype} cannot be sent")
        # A student's subclass, and its own versions of torch's functions, are left behind here.
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
