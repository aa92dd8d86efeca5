"""The grader's own code with an attacker at the other end of the wire."""

from __future__ import annotations

import json
import math
import socket
import struct
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from fuzz.mangling import ODD

from autograder.sandbox import Handle, SandboxedSession, Session
from autograder.sandbox.walls.watch import Watch
from autograder.sandbox.wire import (
    Attribute,
    Buffer,
    Channel,
    Encoder,
    Item,
    Json,
    Name,
    WireLimits,
)
from autograder.sandbox.wire.decoder import BUILDERS
from autograder.sandbox.wire.kinds import NUMPY_DTYPES, TORCH_DTYPES

# Small, so that a message that is too large is soon made.
LIMITS = WireLimits(bytes=1 << 16, depth=16, nodes=1000, json_bytes=1 << 15, buffers=64)

SIZES = {name: np.dtype(name).itemsize for name in NUMPY_DTYPES} | {"bfloat16": 2}
VALUES: list[object] = [
    None, True, -1, 1 << 62, 1 << 200, 0.1, float("nan"), float("-inf"), 1 - 2j, "é", "😀" * 700,
    b"raw", [], [1, [2.5, "a"]], (), (1, (2,)), {"lr": 0.1, 3: None, (1, "a"): True}, {1, "a"}, ...,
    slice(1, None, 2), np.zeros((2, 3)), np.array(True), np.zeros((0, 7), np.int8),
    np.float16(0.5), np.uint64(1 << 63), np.complex64(1j), np.bool_(True), np.dtype("int16"),
    torch.ones(2, 2, dtype=torch.bfloat16), torch.tensor([True]), torch.float64,
    np.random.default_rng(1), Handle(3, "MLP", True), Name("f"), Attribute(Handle(3, ""), "W"),
    Item(Name("data"), (0, "x")),
]  # fmt: skip

# What a cell shows, as nbformat has it.
OUTPUTS: list[dict[str, Any]] = [
    {"output_type": "stream", "name": "stdout", "text": "hello\n"},
    {"output_type": "error", "ename": "E", "evalue": "no", "traceback": ["line"]},
    {"output_type": "display_data", "data": {"text/html": "<b>"}, "metadata": {}},
    {
        "output_type": "execute_result",
        "data": {"application/json": [1, {"a": None}]},
        "metadata": {"image/png": {"width": 3}},
        "execution_count": 3,
    },
]


def encoded(value: object, limits: WireLimits = LIMITS) -> tuple[Json, list[bytes]]:
    """Return the node of a value and its buffers; what is no value becomes a callback."""
    encoder = Encoder(limits, lambda other: {"t": "callback", "id": 1})
    if type(value) is Handle:
        handle = {"t": "handle", "id": value.id, "type": value.type_name, "callable": True}
        return handle, []
    return encoder.encode(value), encoder.buffers


# What a part of a message is replaced by: as often something odd as a sound node.
NODES = [encoded(value)[0] for value in VALUES]
JUNK: list[Any] = [
    *ODD, *({"t": tag, "v": []} for tag in BUILDERS), *BUILDERS, *sorted(TORCH_DTYPES),
    {"t": []}, {"t": "array", "dtype": "int8", "shape": [2], "b": 0}, {"t": "float", "v": "nan"},
    {"t": "tensor", "dtype": "bool", "shape": [0, 1 << 62], "b": 0}, {"t": "str", "b": 0},
    *NODES, *NODES, *NODES,
]  # fmt: skip


def replies() -> list[tuple[dict[str, Json], list[bytes]]]:
    """Return messages that an honest session sends."""
    messages: list[tuple[dict[str, Json], list[bytes]]] = []
    for value in VALUES:
        node, buffers = encoded(value)
        messages.append(({"id": 1, "ok": node, "mutated": ["w"], "held": []}, buffers))
        node, buffers = encoded(((value,), {"key": value}))
        messages.append(({"id": 1, "callback": 1, "value": node}, buffers))
    error = {"type": "E", "message": "no", "trace": ["cell 1, line 2"], "missing": False}
    for shown in [*([output] for output in OUTPUTS), OUTPUTS]:
        node, buffers = encoded({"outputs": shown, "error": error if len(shown) > 1 else None})
        messages.append(({"id": 1, "ok": node, "mutated": [], "held": []}, buffers))
    messages.append(({"id": 1, "error": error, "held": []}, []))
    messages.append(({"id": 1, "error": error | {"missing": True}, "held": []}, []))
    messages.append(({"id": 1, "refused": "too large", "held": []}, []))
    return messages


def text_of(message: Json) -> bytes:
    """Return a message as JSON, also one that no honest sender could make."""
    return json.dumps(message, separators=(",", ":")).encode("utf-8")


def frame(text: bytes, buffers: Sequence[Buffer] = ()) -> bytes:
    """Return a frame whose lengths are right, whatever it holds."""
    lengths = [len(buffer) for buffer in buffers]
    header = struct.pack(f"<4sII{len(lengths)}Q", b"AGW1", len(text), len(lengths), *lengths)
    return b"".join([header, text, *buffers])


def furnished(message: Json, buffers: Sequence[bytes]) -> list[bytes]:
    """Give each node of a message that names a buffer one of its own, as long as it should be."""
    found: list[bytes] = []
    for node in _nodes(message):
        if "b" in node and len(found) < LIMITS.buffers:
            old = buffers[len(found)] if len(found) < len(buffers) else b"\1\0"
            length = _length(node)
            node["b"] = len(found)
            found.append(old if length is None else (old * length)[:length].ljust(length, b"\1"))
    return found


def _nodes(value: Json) -> Iterator[dict[str, Json]]:
    if isinstance(value, dict):
        yield value
    if isinstance(value, dict | list):
        for part in list(value.values() if isinstance(value, dict) else value):
            yield from _nodes(part)


def _length(node: dict[str, Json]) -> int | None:
    """Return the bytes of an array that is small enough to be made."""
    shape, size = node.get("shape"), SIZES.get(str(node.get("dtype")))
    if size is None or not isinstance(shape, list) or len(shape) > 8:
        return None
    if not all(type(number) is int and 0 <= number <= 64 for number in shape):
        return None
    length = math.prod(shape) * size
    return length if length <= 1024 else None


class HostileSession(SandboxedSession):
    """A session that answers its first request with `answer`, byte for byte, and hangs up."""

    def __init__(self, answer: bytes, limits: WireLimits = LIMITS) -> None:
        Session.__init__(self, limits, output_kb=4)
        theirs, ours = socket.socketpair()
        theirs.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 20)
        self._channel = _Answered(ours, theirs, answer, limits)
        # There is no process to watch, and no folder.
        self._watch = Watch(-1, Path("nowhere"), memory_mb=1, files_mb=1)
        self._clock_factor, self._meter, self._spent, self._status = 1.0, None, 0.0, None

    def _end(self, patience: float) -> None:
        self._open = False
        self._channel.close()


class _Answered(Channel):
    """The grader's end of a wire; from the other, bytes come as soon as a request is sent."""

    def __init__(
        self, ours: socket.socket, theirs: socket.socket, answer: bytes, limits: WireLimits
    ) -> None:
        super().__init__(ours, limits)
        self._theirs = theirs
        self._answer: bytes | None = answer

    def write(self, frame: Sequence[Buffer], deadline: float | None) -> None:
        super().write(frame, deadline)
        if self._answer is not None:
            answer, self._answer = self._answer, None
            self._theirs.sendall(answer)
            self._theirs.shutdown(socket.SHUT_WR)

    def close(self) -> None:
        super().close()
        self._theirs.close()


def ask(session: Session, how: int, seconds: float = 5.0) -> Any:
    """Make one of the requests a grader makes; every function sent along answers None."""

    def callback(*args: object, **kwargs: object) -> object:
        return None

    match how % 3:
        case 0:
            return session.get(Name("x"), seconds=seconds)
        case 1:
            return session.run_cell("x = 1", name="cell 1", seconds=seconds)
        case _:
            return session.call(Name("f"), (callback,), {}, seconds=seconds)
