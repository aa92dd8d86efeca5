"""Messages as bytes on a socket: one JSON text and its buffers, every length checked first.

A frame is `magic, JSON length (u32), number of buffers (u32), buffer lengths (u64 each)`,
then the JSON text in UTF-8 and the buffers. Nothing is allocated before the lengths of the
whole frame are known to be within the limits.
"""

from __future__ import annotations

import json
import math
import select
import socket
import struct
import time
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

from autograder.errors import WireError
from autograder.json_size import holds_more_than
from autograder.sandbox.wire.kinds import Buffer, Json, Message, WireLimits

_HEADER = struct.Struct("<4sII")
_MAGIC = b"AGW1"
# The most that a node of an honest message is made of: a tuple is an object with a list, an
# array of many dimensions has the most commas, a handle the most keys.
_CONTAINERS_PER_NODE = 2
# The message itself and its own lists come on top.
_CONTAINERS = 16
_COMMAS_PER_NODE = 8
_KEYS_PER_NODE = 5
_PATIENCE = 0.1
# The smallest Python values take the most of memory for the JSON that they are sent in.
_BYTES_OF_A_VALUE = 24


class Channel:
    """One end of a session's socket.

    A deadline is a value of `time.monotonic()`, or None to wait for as long as it takes.
    `send` and `receive` raise TimeoutError when it passes and EOFError when the other end is gone.
    """

    def __init__(self, sock: socket.socket, limits: WireLimits) -> None:
        sock.setblocking(False)
        self._socket = sock
        self._limits = limits
        self._poll = select.poll
        # Called now and then while waiting for the other end; it may raise.
        self.meanwhile: Callable[[], None] | None = None
        # What the messages received so far may take as Python values, in bytes.
        self.received = 0

    def send(
        self, message: dict[str, Json], buffers: Sequence[Buffer], deadline: float | None
    ) -> None:
        """Send one frame."""
        self.write(self.pack(message, buffers), deadline)

    def pack(self, message: dict[str, Json], buffers: Sequence[Buffer]) -> list[Buffer]:
        """Return the parts of a frame, or raise WireError before anything is sent."""
        return pack(message, buffers, self._limits)

    def write(self, frame: Sequence[Buffer], deadline: float | None) -> None:
        """Send the parts of a frame."""
        for part in frame:
            self._write(memoryview(part), deadline)

    def receive(self, deadline: float | None) -> Message:
        """Return the message and the buffers of the next frame."""
        magic, json_length, count = _HEADER.unpack(self._read(_HEADER.size, deadline))
        if magic != _MAGIC:
            raise WireError("malformed frame: not a message of this protocol")
        if json_length > self._limits.json_bytes or count > self._limits.buffers:
            raise WireError("message too large")
        lengths = struct.unpack(f"<{count}Q", self._read(8 * count, deadline))
        if sum(lengths) > self._limits.bytes:
            raise WireError("message too large")
        self.received += sum(lengths) + _BYTES_OF_A_VALUE * json_length
        text = self._read(json_length, deadline)
        message = parse(text, self._limits)
        return message, [self._read(length, deadline) for length in lengths]

    def pending(self) -> bool:
        """Return whether bytes, or the end of the stream, are waiting to be read."""
        poll = self._poll()
        poll.register(self._socket, select.POLLIN)
        return bool(poll.poll(0))

    def close(self) -> None:
        """Close this end."""
        self._socket.close()

    def _write(self, view: memoryview, deadline: float | None) -> None:
        while view:
            try:
                view = view[self._socket.send(view, socket.MSG_NOSIGNAL) :]
            except BlockingIOError:
                self._wait(select.POLLOUT, deadline)
            except OSError:
                _raise_closed()

    def _read(self, length: int, deadline: float | None) -> bytearray:
        data = bytearray(length)
        view = memoryview(data)
        while view:
            # Asked even when bytes are there, so that a sender that drips them runs out of time.
            self._patience(deadline)
            try:
                received = self._socket.recv_into(view)
            except BlockingIOError:
                self._wait(select.POLLIN, deadline)
                continue
            except ConnectionError:
                _raise_closed()
            if not received:
                _raise_closed()
            view = view[received:]
        return data

    def _wait(self, event: int, deadline: float | None) -> None:
        poll = self._poll()
        poll.register(self._socket, event)
        while True:
            patience = self._patience(deadline)
            # Rounded up, so that the last millisecond is not spent spinning.
            if poll.poll(None if math.isinf(patience) else patience * 1000 + 0.999):
                return

    def _patience(self, deadline: float | None) -> float:
        """Return for how many seconds to wait now; TimeoutError when the deadline has passed."""
        # Also while bytes keep coming: a sender that drips them is not to go unwatched.
        if self.meanwhile is not None:
            self.meanwhile()
        patience = math.inf if deadline is None else deadline - time.monotonic()
        if patience <= 0:
            raise TimeoutError
        return patience if self.meanwhile is None else min(patience, _PATIENCE)


def _raise_closed() -> NoReturn:
    raise EOFError("the other end of the wire is closed")


def pack(message: dict[str, Json], buffers: Sequence[Buffer], limits: WireLimits) -> list[Buffer]:
    """Return the parts of a frame, header first; WireError when it is larger than allowed."""
    try:
        text = json.dumps(message, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        raw = text.encode("utf-8")
    except (ValueError, RecursionError) as error:
        raise WireError(f"message cannot be sent: {error}") from None
    if len(raw) > limits.json_bytes or len(buffers) > limits.buffers or _has_too_much(raw, limits):
        raise WireError("value too large for one message")
    header = _HEADER.pack(_MAGIC, len(raw), len(buffers))
    lengths = struct.pack(f"<{len(buffers)}Q", *map(len, buffers))
    return [header + lengths + raw, *buffers]


def parse(raw: bytes | bytearray, limits: WireLimits) -> dict[str, Any]:
    """Return the JSON object in `raw`, or raise WireError whatever the bytes are."""
    if len(raw) > limits.json_bytes or _has_too_much(raw, limits):
        raise WireError("message too large")
    try:
        message = json.loads(raw.decode("utf-8"), parse_constant=_no_constant)
    except (ValueError, RecursionError, MemoryError) as error:
        raise WireError(f"malformed message: {type(error).__name__}") from None
    if type(message) is not dict:
        raise WireError("malformed message: not an object")
    return message


def _has_too_much(raw: bytes | bytearray, limits: WireLimits) -> bool:
    return holds_more_than(
        raw,
        containers=_CONTAINERS_PER_NODE * limits.nodes + _CONTAINERS,
        values=_COMMAS_PER_NODE * limits.nodes,
        keys=_KEYS_PER_NODE * limits.nodes,
    )


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)
