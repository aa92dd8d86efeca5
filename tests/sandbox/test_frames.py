from __future__ import annotations

import json
import socket
import struct
import time
from collections.abc import Iterator

import pytest

from autograder.errors import WireError
from autograder.sandbox.wire import Channel, WireLimits
from autograder.sandbox.wire.frames import pack, parse

LIMITS = WireLimits(bytes=1 << 16, json_bytes=1 << 16, nodes=1000)


@pytest.fixture
def ends() -> Iterator[tuple[socket.socket, Channel]]:
    theirs, ours = socket.socketpair()
    with theirs, ours:
        yield theirs, Channel(ours, LIMITS)


def soon() -> float:
    return time.monotonic() + 0.2


def test_a_message_arrives_with_its_buffers(ends: tuple[socket.socket, Channel]) -> None:
    theirs, channel = ends
    Channel(theirs, LIMITS).send({"id": 1, "text": "ü"}, [b"abc", b""], soon())
    assert channel.receive(soon()) == ({"id": 1, "text": "ü"}, [b"abc", b""])


@pytest.mark.parametrize(
    "header",
    [
        struct.pack("<4sII", b"AGW1", 0xFFFFFFFF, 0),
        struct.pack("<4sII", b"AGW1", 2, 0xFFFFFFFF),
        struct.pack("<4sIIQ", b"AGW1", 2, 1, 1 << 60),
        struct.pack("<4sIIQQ", b"AGW1", 2, 2, 1 << 16, 1),
        struct.pack("<4sII", b"HTTP", 2, 0),
    ],
)
def test_a_header_is_refused_before_anything_is_allocated(
    ends: tuple[socket.socket, Channel], header: bytes
) -> None:
    theirs, channel = ends
    theirs.send(header)
    with pytest.raises(WireError):
        channel.receive(soon())


def test_a_dripping_sender_is_watched_all_the_same(ends: tuple[socket.socket, Channel]) -> None:
    theirs, channel = ends
    theirs.send(struct.pack("<4sII", b"AGW1", 1000, 0) + b" " * 1000)
    looks: list[float] = []
    channel.meanwhile = lambda: looks.append(time.monotonic())
    with pytest.raises(WireError):
        channel.receive(soon())
    assert looks


def test_a_reader_who_never_reads_runs_the_writer_out_of_time(
    ends: tuple[socket.socket, Channel],
) -> None:
    _, channel = ends
    frame: list[bytes | bytearray] = [b"x" * (64 << 20)]
    with pytest.raises(TimeoutError):
        channel.write(frame, soon())


def test_an_end_in_the_middle_of_a_frame_is_an_end(ends: tuple[socket.socket, Channel]) -> None:
    theirs, channel = ends
    theirs.send(struct.pack("<4sII", b"AGW1", 100, 0) + b"{")
    theirs.close()
    with pytest.raises(EOFError):
        channel.receive(soon())


@pytest.mark.parametrize(
    "raw",
    [
        b'{"a": NaN}',
        b'{"a": -Infinity}',
        b"[" * 60_000,
        b"[" * 4000 + b"]" * 4000,
        b"[" + b"," * 30_000,
        b"1" * 5000,
        b'{"a": ' + b"1" * 5000 + b"}",
        b"[]",
        b"\xff\xfe{\x00}\x00",
        b'"\xff"',
        b"{",
        b"",
        b'{"a": 1}' * 2,
        b"{}" + b" " * 70_000,
    ],
    ids=lambda raw: raw[:12],
)
def test_what_is_not_a_json_object_of_ours_is_refused(raw: bytes) -> None:
    with pytest.raises(WireError):
        parse(raw, LIMITS)


def test_the_sender_refuses_what_the_receiver_would() -> None:
    for message in ({"a": float("nan")}, {"a": "x" * 70_000}, {"a": "\ud800"}):
        with pytest.raises(WireError):
            pack(message, [], LIMITS)
    assert json.loads(bytes(pack({"a": 1}, [], LIMITS)[0][12:])) == {"a": 1}
