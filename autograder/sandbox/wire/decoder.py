"""Building values from JSON nodes that are not to be trusted; the counterpart of `encoder`."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.errors import WireError
from autograder.sandbox.wire.kinds import (
    JSON_INT,
    MAX_INT_BITS,
    MAX_NDIM,
    NUMPY_DTYPES,
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

_MAX_NAME = 1000
_MAX_EMPTY = 1 << 20
_NOT_FINITE = ("nan", "inf", "-inf")


@dataclass
class Decoder:
    """Turns nodes into values.

    `on_handle`, `on_callback` and `on_target` say what a kept object, a function of the other
    side and a reference to one's own objects become; without them such a node is refused.
    """

    buffers: Sequence[Buffer]
    limits: WireLimits
    on_handle: Callable[[Handle], object] | None = None
    on_callback: Callable[[int], object] | None = None
    on_target: Callable[[Target], object] | None = None

    def __post_init__(self) -> None:
        self._buffers: list[Buffer | None] = list(self.buffers)
        self._nodes = 0
        self._wide_text = 0

    def decode(self, node: Json) -> object:
        """Return the value of `node`; any defect in it is a WireError."""
        try:
            return self._value(node, 0)
        except (ValueError, TypeError, OverflowError, RecursionError, MemoryError) as error:
            raise WireError(f"malformed value: {type(error).__name__}") from None

    def finish(self) -> None:
        """Refuse buffers that no value claimed."""
        if any(buffer is not None for buffer in self._buffers):
            raise WireError("malformed message: a buffer that belongs to no value")

    def _value(self, node: Json, depth: int) -> object:
        self._nodes += 1
        if self._nodes > self.limits.nodes:
            raise WireError(f"value too large: it holds more than {self.limits.nodes:,} values")
        if depth > self.limits.depth:
            raise WireError(f"value too deep: nested more than {self.limits.depth} levels")
        if node is None or node is True or node is False:
            return node
        kind = type(node)
        if kind is int:
            return _checked(node, -JSON_INT <= node < JSON_INT, "a large integer as JSON")
        if kind is float:
            return _checked(node, math.isfinite(node), "a float that is not finite as JSON")
        if kind is str:
            return _text(node)
        if kind is list:
            return [self._value(item, depth + 1) for item in node]
        if kind is not dict:
            raise WireError("malformed value: not JSON")
        tag = node.get("t")
        build = BUILDERS.get(tag) if type(tag) is str else None
        if build is None:
            raise WireError(f"malformed value: unknown kind {_short(tag)}")
        return build(self, node, depth)

    def _tuple(self, node: Json, depth: int) -> object:
        (items,) = _fields(node, "v")
        return tuple(self._value(item, depth + 1) for item in _list(items))

    def _dict(self, node: Json, depth: int) -> object:
        (pairs,) = _fields(node, "v")
        keys, values = [], []
        for pair in _list(pairs):
            _list(pair, 2)
            keys.append(self._value(pair[0], depth + 1))
            values.append(self._value(pair[1], depth + 1))
        result = dict(zip(_keys(keys), values, strict=True))
        return _checked(result, len(result) == len(keys), "a dict with a key twice")

    def _set(self, node: Json, depth: int) -> object:
        (items,) = _fields(node, "v")
        result = set(_keys([self._value(item, depth + 1) for item in _list(items)]))
        return _checked(result, len(result) == len(items), "a set with an element twice")

    def _int(self, node: Json, depth: int) -> object:
        (text,) = _fields(node, "v")
        # Two characters a byte, the sign and 0x: more cannot be within the limit.
        if type(text) is not str or len(text) > MAX_INT_BITS // 4 + 3:
            raise WireError("value too large: an integer")
        number = int(text, 16)
        return _checked(number, number.bit_length() <= MAX_INT_BITS, "an integer too large")

    def _float(self, node: Json, depth: int) -> object:
        (text,) = _fields(node, "v")
        if type(text) is not str or text not in _NOT_FINITE:
            raise WireError("malformed float")
        return float(text)  # a NaN of its own: as keys, two of them differ

    def _complex(self, node: Json, depth: int) -> object:
        (parts,) = _fields(node, "v")
        return self._parts(parts, depth)

    def _parts(self, parts: Json, depth: int) -> complex:
        real, imaginary = (self._value(part, depth + 1) for part in _list(parts, 2))
        if type(real) is not float or type(imaginary) is not float:
            raise WireError("malformed complex number")
        return complex(real, imaginary)

    def _str(self, node: Json, depth: int) -> object:
        (index,) = _fields(node, "b")
        raw = self._take(index)
        self._wide_text = self.limits.more_text(self._wide_text, raw)
        return raw.decode("utf-8")

    def _bytes(self, node: Json, depth: int) -> object:
        (index,) = _fields(node, "b")
        return bytes(self._take(index))

    def _slice(self, node: Json, depth: int) -> object:
        (parts,) = _fields(node, "v")
        return slice(*(self._value(part, depth + 1) for part in _list(parts, 3)))

    def _ellipsis(self, node: Json, depth: int) -> object:
        _fields(node)
        return Ellipsis

    def _scalar(self, node: Json, depth: int) -> object:
        name, content = _fields(node, "dtype", "v")
        dtype = _numpy_dtype(name)
        number: object
        if dtype.kind == "c":
            number = self._parts(content, depth)
        else:
            number = self._value(content, depth + 1)
        wanted = {"c": complex, "f": float, "b": bool}.get(dtype.kind, int)
        if type(number) is not wanted:
            raise WireError("malformed numpy scalar")
        with np.errstate(all="ignore"):
            return dtype.type(number)

    def _array(self, node: Json, depth: int) -> object:
        name, shape, index = _fields(node, "dtype", "shape", "b")
        dtype = _numpy_dtype(name)
        shape = _shape(shape)
        raw = self._take(index)
        _check_length(raw, shape, dtype.itemsize)
        if not raw:
            return np.empty(shape, dtype)
        if dtype.kind == "b":
            # A boolean that is neither 0 nor 1 in memory behaves like both.
            return (np.frombuffer(raw, np.uint8) != 0).reshape(shape)
        return np.frombuffer(bytearray(raw) if type(raw) is bytes else raw, dtype).reshape(shape)

    def _turned(self, node: Json, depth: int) -> object:
        """Return an array whose first axis is the nearest in memory, which was sent turned."""
        return np.asarray(self._array(node, depth)).T

    def _tensor(self, node: Json, depth: int) -> object:
        name, shape, index = _fields(node, "dtype", "shape", "b")
        if type(name) is not str or name not in TORCH_DTYPES:
            raise WireError(f"malformed tensor: dtype {_short(name)}")
        import torch

        dtype = getattr(torch, name)
        shape = _shape(shape)
        raw = self._take(index)
        _check_length(raw, shape, dtype.itemsize)
        try:
            if not raw:
                return torch.empty(shape, dtype=dtype)
            writable = bytearray(raw) if type(raw) is bytes else raw
            if name == "bool":
                return torch.frombuffer(writable, dtype=torch.uint8).ne(0).reshape(shape)
            return torch.frombuffer(writable, dtype=dtype).reshape(shape)
        except RuntimeError:
            raise WireError("malformed tensor: impossible shape") from None

    def _generator(self, node: Json, depth: int) -> object:
        (numbers,) = _fields(node, "v")
        values = [self._value(number, depth + 1) for number in _list(numbers, 4)]
        for value, bits in zip(values, (128, 128, 1, 32), strict=True):
            if type(value) is not int or not 0 <= value < 1 << bits:
                raise WireError("malformed random generator")
        state, inc, has_uint32, uinteger = values
        generator = np.random.Generator(np.random.PCG64(0))
        generator.bit_generator.state = {
            "bit_generator": "PCG64",
            "state": {"state": state, "inc": inc},
            "has_uint32": has_uint32,
            "uinteger": uinteger,
        }
        return generator

    def _dtype(self, node: Json, depth: int) -> object:
        library, name = _fields(node, "lib", "name")
        if library == "numpy":
            return _numpy_dtype(name)
        if library == "torch" and type(name) is str and name in TORCH_DTYPES:
            import torch

            return getattr(torch, name)
        raise WireError("malformed dtype")

    def _handle(self, node: Json, depth: int) -> object:
        number, type_name, is_callable = _fields(node, "id", "type", "callable")
        if not _is_index(number) or type(is_callable) is not bool:
            raise WireError("malformed handle")
        if self.on_handle is None:
            raise WireError("an object that is not a value arrived where only values may")
        return self.on_handle(Handle(number, _name(type_name), is_callable))

    def _callback(self, node: Json, depth: int) -> object:
        (number,) = _fields(node, "id")
        if self.on_callback is None or not _is_index(number):
            raise WireError("a callback arrived where none may")
        return self.on_callback(number)

    def _target(self, node: Json, depth: int) -> object:
        if self.on_target is None:
            raise WireError("a reference arrived where only values may")
        return self.on_target(self.target(node, depth))

    def target(self, node: Json, depth: int = 0) -> Target:
        """Return the target that `node` describes, without looking it up."""
        if depth > self.limits.depth:
            raise WireError("malformed reference: too deep")
        tag = node.get("t") if type(node) is dict else None
        if tag == "name":
            (name,) = _fields(node, "v")
            return Name(_name(name))
        if tag == "kept":
            (number,) = _fields(node, "v")
            if not _is_index(number):
                raise WireError("malformed reference")
            return Handle(number, "")
        if tag == "attribute":
            of, name = _fields(node, "of", "v")
            return Attribute(self.target(of, depth + 1), _name(name))
        if tag == "item":
            of, key = _fields(node, "of", "v")
            return Item(self.target(of, depth + 1), self._value(key, depth + 1))
        raise WireError("malformed reference")

    def _take(self, index: Json) -> Buffer:
        if not _is_index(index) or index >= len(self._buffers):
            raise WireError("malformed value: no such buffer")
        buffer = self._buffers[index]
        if buffer is None:
            raise WireError("malformed value: a buffer used twice")
        self._buffers[index] = None
        return buffer


def decode(node: Json, buffers: Sequence[Buffer], limits: WireLimits, **hooks: Any) -> object:
    """Return the value of `node`, or raise WireError; every buffer must be used exactly once.

    `hooks` are those of `Decoder`.
    """
    decoder = Decoder(buffers, limits, **hooks)
    value = decoder.decode(node)
    decoder.finish()
    return value


BUILDERS: dict[str, Callable[[Decoder, Json, int], object]] = {
    "tuple": Decoder._tuple,
    "dict": Decoder._dict,
    "set": Decoder._set,
    "int": Decoder._int,
    "float": Decoder._float,
    "complex": Decoder._complex,
    "str": Decoder._str,
    "bytes": Decoder._bytes,
    "slice": Decoder._slice,
    "ellipsis": Decoder._ellipsis,
    "scalar": Decoder._scalar,
    "array": Decoder._array,
    "turned": Decoder._turned,
    "tensor": Decoder._tensor,
    "rng": Decoder._generator,
    "dtype": Decoder._dtype,
    "handle": Decoder._handle,
    "callback": Decoder._callback,
    "name": Decoder._target,
    "kept": Decoder._target,
    "attribute": Decoder._target,
    "item": Decoder._target,
}


def _fields(node: dict[str, Json], *names: str) -> list[Json]:
    if len(node) != len(names) + 1 or not all(name in node for name in names):
        raise WireError("malformed value: wrong keys")
    return [node[name] for name in names]


def _checked(value: object, good: bool, what: str) -> object:
    if not good:
        raise WireError(f"malformed value: {what}")
    return value


def _list(items: Json, length: int | None = None) -> list[Json]:
    if type(items) is not list or (length is not None and len(items) != length):
        raise WireError("malformed value: a list was expected")
    return items


def _text(text: str) -> str:
    if not text.isascii():
        text.encode("utf-8")
    return text


def _name(text: Json) -> str:
    if type(text) is not str or len(text) > _MAX_NAME:
        raise WireError("malformed name")
    return _text(text)


def _is_index(number: Json) -> bool:
    return type(number) is int and 0 <= number < JSON_INT


def _keys(keys: list[object]) -> list[object]:
    if not (are_keys(keys) and all(map(_is_plain, keys))):
        raise WireError("malformed value: not possible keys")
    return keys


def _is_plain(key: object) -> bool:
    if type(key) is tuple:
        return all(map(_is_plain, key))
    return key is None or type(key) in (str, int, bool, float)


def _shape(shape: Json) -> tuple[int, ...]:
    if type(shape) is not list or len(shape) > MAX_NDIM or not all(map(_is_index, shape)):
        raise WireError("malformed array: impossible shape")
    return tuple(shape)


def _check_length(raw: Buffer, shape: tuple[int, ...], itemsize: int) -> None:
    if math.prod(shape) * itemsize != len(raw):
        raise WireError("malformed array: its buffer does not fit its shape")
    # Summed over its empty axis it would not be empty any more.
    if not raw and math.prod(length or 1 for length in shape) > _MAX_EMPTY:
        raise WireError("malformed array: empty, but of an impossible shape")


def _numpy_dtype(name: Json) -> np.dtype[Any]:
    if type(name) is not str or name not in NUMPY_DTYPES:
        raise WireError(f"malformed array: dtype {_short(name)}")
    return np.dtype(name)


def _short(value: object) -> str:
    text = value[:40] if type(value) is str else value
    return ascii(text)[:40] if type(value) in (str, int, type(None)) else type(value).__name__
