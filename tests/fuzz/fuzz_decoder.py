"""Fuzz all that reads from a session: frames, the decoder, replies, outputs and callbacks.

    pip install "deep-learning-autograder[fuzz]"
    python tests/fuzz/fuzz_decoder.py -max_total_time=630 -timeout=10 -rss_limit_mb=2048

Whatever arrives, only a SessionError may come out, and no more than `LIMITS.memory` bytes may
be allocated for a message. Options are libFuzzer's; folders named after them keep the corpus.
"""

from __future__ import annotations

import contextlib
import json
import random
import socket
import struct
import sys
import time
import tracemalloc
from pathlib import Path
from typing import Any

import atheris

sys.path.insert(0, str(Path(__file__).parents[1]))
with atheris.instrument_imports(include=["autograder", "json"]):
    from fuzz.driving import fuzz
    from fuzz.far_end import (
        JUNK,
        LIMITS,
        VALUES,
        HostileSession,
        ask,
        encoded,
        frame,
        furnished,
        replies,
        text_of,
    )
    from fuzz.mangling import mangled
    from fuzz.memory import FIXED

    from autograder.errors import SessionError, WireError
    from autograder.sandbox import Handle
    from autograder.sandbox.wire import Channel, decode
    from autograder.sandbox.wire.decoder import BUILDERS

# Words of the wire, and values that readers stumble over.
WORDS = [
    *BUILDERS, "t", "v", "b", "dtype", "shape", "of", "id", "ok", "value", "held", "mutated",
    "error", "refused", "type", "message", "trace", "missing", "outputs", "output_type", "stream",
    "display_data", "execute_result", "text", "data", "metadata", "execution_count", "lib",
    "numpy", "torch", "float64", "int8", "bool", "bfloat16", "complex64", "nan", "-inf",
]  # fmt: skip
ODD = [
    b"AGW1", b"\xff\xff\xff\xff", b"\\ud800", b"NaN", b"Infinity", b"-1", b"1e400",
    b"9223372036854775808", b"0x", b"[[", b'{"t":', b"\n\xff", b"\0\1\0",
]  # fmt: skip
# An input is a digit that says how it is used, and messages with this between them. A message
# is JSON, and where it has buffers a zero, and before each buffer its length in two bytes.
BETWEEN = b"\n\xff"
RAW, BARE, *ASKED = range(5)


def one_input(data: bytes) -> None:
    """Use `data` as an attacker would; anything but a SessionError passes through."""
    how, rest = data[0] % 5 if data else RAW, data[1:]
    raw = rest if how == RAW else b"".join(frame(*split(part)) for part in rest.split(BETWEEN))
    if len(raw) > 1 << 17:  # more would not fit into the socket at once
        return
    before = tracemalloc.get_traced_memory()[0]
    tracemalloc.reset_peak()
    with contextlib.suppress(SessionError):
        (receive if how in (RAW, BARE) else request)(raw, how)
    peak = tracemalloc.get_traced_memory()[1] - before
    if peak > LIMITS.memory + FIXED + 2 * len(raw):
        raise MemoryError(f"{peak:,} bytes were allocated for a message of {len(raw):,}")


def request(raw: bytes, how: int) -> None:
    """Make a request of a session that answers with `raw`."""
    with HostileSession(raw) as session:
        ask(session, how)


def receive(raw: bytes, how: int) -> None:
    """Receive and decode frames until they end; what was taken can be sent again."""
    theirs, ours = socket.socketpair()
    with theirs, ours:
        theirs.sendall(raw)
        theirs.shutdown(socket.SHUT_WR)
        channel = Channel(ours, LIMITS)
        with contextlib.suppress(EOFError):
            while True:
                message, buffers = channel.receive(time.monotonic() + 5)
                node = message.get("ok", message.get("value"))
                value = decode(node, buffers, LIMITS, on_handle=_handle, on_target=_target)
                node, again = encoded(value, LIMITS)
                same = decode(node, again, LIMITS, on_callback=_callback, on_target=_target)
                if type(value) is not type(same) and type(value) is not Handle:
                    raise AssertionError(f"{type(value)} became {type(same)}")


def _handle(handle: Handle) -> object:
    return handle


def _callback(number: int) -> object:
    return number


def _target(target: object) -> object:
    return None


def split(part: bytes) -> tuple[bytes, list[bytes]]:
    """Return the JSON and the buffers of one message of an input."""
    text, zero, rest = part.partition(b"\0")
    buffers = []
    while zero and len(rest) >= 2 and len(buffers) < 80:
        length = struct.unpack("<H", rest[:2])[0]
        buffers.append(rest[2 : 2 + length])
        rest = rest[2 + length :]
    return text, buffers


def join(text: bytes, buffers: list[bytes]) -> bytes:
    """Return the opposite of `split`."""
    packed = b"".join(struct.pack("<H", len(buffer)) + buffer for buffer in buffers)
    return text + b"\0" + packed if buffers else text


def mutate(data: bytes, max_size: int, seed: int) -> bytes:
    """Change the bytes of an input, or the values of one of its messages."""
    draw = random.Random(seed)
    messages = data[1:].split(BETWEEN)
    index = draw.randrange(len(messages))
    text, buffers = split(messages[index])
    if draw.random() < 0.4:
        return atheris.Mutate(data, max_size)
    try:
        if draw.random() < 0.5:
            message, buffers = _other_value(json.loads(text), buffers, draw)
        else:
            message = mangled(json.loads(text), draw, JUNK, times=draw.randint(1, 3))
            buffers = furnished(message, buffers) if draw.random() < 0.7 else buffers
        messages[index] = join(text_of(message), buffers)
    except (ValueError, TypeError, RecursionError, WireError, struct.error):
        return atheris.Mutate(data, max_size)
    mutated = data[:1] + BETWEEN.join(messages)
    return mutated if len(mutated) <= max_size else atheris.Mutate(data, max_size)


def _other_value(message: Any, buffers: list[bytes], draw: random.Random) -> Any:
    """Return a message with the value of another one changed, but soundly encoded."""
    if not isinstance(message, dict):
        raise ValueError("not a message")
    key = "ok" if "ok" in message else "value"
    value = decode(message.get(key), buffers, LIMITS, on_handle=_handle, on_target=_target)
    node, buffers = encoded(mangled(value, draw, VALUES, times=draw.randint(1, 2)))
    return message | {key: node}, buffers


def seeds() -> list[bytes]:
    """Return inputs made of honest messages, for each way of using them."""
    last = text_of({"id": 1, "ok": None, "mutated": [], "held": []})
    found = [bytes([RAW]) + frame(text_of(message), buffers) for message, buffers in replies()]
    for message, buffers in replies():
        parts = join(text_of(message), buffers) + BETWEEN + last
        found += [bytes([how]) + parts for how in (BARE, *ASKED)]
    return found


if __name__ == "__main__":
    words = [*(f'"{word}"'.encode() for word in WORDS), *ODD]
    fuzz(one_input, mutate, seeds=seeds(), words=words, max_len=40_000)
