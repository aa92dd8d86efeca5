"""What arrives costs no more memory than `WireLimits.memory` says, in the dearest forms it has."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable
from dataclasses import replace

import pytest
from fuzz import memory
from fuzz.far_end import frame
from fuzz.memory import FIXED, peak

from autograder.sandbox.wire import Channel, Handle, WireLimits, decode

# A sixteenth of the default in everything, so that the same holds of that.
WHOLE = WireLimits()
LIMITS = replace(
    WHOLE,
    bytes=WHOLE.bytes // 16,
    nodes=WHOLE.nodes // 16,
    json_bytes=WHOLE.json_bytes // 16,
    buffers=WHOLE.buffers // 16,
)


def arriving(text: bytes, *buffers: bytes, limits: WireLimits = LIMITS) -> Callable[[], object]:
    """Return what receives a frame and decodes the value in it."""

    def work() -> object:
        theirs, ours = socket.socketpair()
        with theirs, ours:
            sender = threading.Thread(target=send, args=(theirs,))
            sender.start()
            try:
                message, received = Channel(ours, limits).receive(None)
                return decode(message.get("v"), received, limits, on_handle=same)
            finally:
                ours.close()
                sender.join()

    def send(sock: socket.socket) -> None:
        with contextlib.suppress(OSError):
            for part in (frame(text, buffers)[: -sum(map(len, buffers)) or None], *buffers):
                sock.sendall(part)

    return work


def same(handle: Handle) -> Handle:
    return handle


def filled(*units: str, head: str = '{"v":[', tail: str = "]}", most: int = 10**9) -> bytes:
    """A message of as many units as fit into one, or `most`."""
    return memory.filled(LIMITS.json_bytes, *units, head=head, tail=tail, most=most)


CROWD = 2 * LIMITS.nodes
TEXTS = {
    "objects": filled("{}", most=CROWD),
    "objects, too many": filled("{}"),
    "objects of one": filled('{"":0}', most=CROWD),
    "objects of one, too many": filled('{"":0}'),
    "lists of one": filled("[0]", most=CROWD // 2),
    "lists of five": filled("[0,1,2,3,4]", most=CROWD),
    "floats": filled("1.5", most=8 * LIMITS.nodes - 10),
    "texts": filled('"ab"', most=8 * LIMITS.nodes - 10),
    "wide texts": filled('"😀b"'),
    "crowds and texts": filled('{"":0}', '"ab"', '"cd"', '"ef"'),
    "crowds and wide texts": filled('{"":0}', '"ab"', '"cd"', '"😀b"'),
    "keys": filled('"k%d":0', head='{"v":{', tail="}}", most=5 * LIMITS.nodes - 10),
    "wide keys": filled('"😀%d":0', head='{"v":{', tail="}}", most=5 * LIMITS.nodes - 10),
    "one wide text": b'{"v":"' + b"a" * (LIMITS.json_bytes - 20) + '😀"}'.encode(),
    "one escaped text": b'{"v":"' + b"\\n" * (LIMITS.json_bytes // 2 - 20) + '😀"}'.encode(),
    "large integers": filled("9" * 4000),
    "sets": filled('{"t":"set","v":[]}', most=LIMITS.nodes - 10),
    "dicts": filled('{"t":"dict","v":[["a",0]]}', most=LIMITS.nodes // 3 - 10),
    "tuples": filled('{"t":"tuple","v":[0.5]}', most=LIMITS.nodes // 2 - 10),
    "generators": filled('{"t":"rng","v":[0,0,0,0]}', most=LIMITS.nodes // 5 - 10),
    "handles": filled('{"t":"handle","id":%d,"type":"x","callable":true}'),
    "complex": filled('{"t":"complex","v":[1.5,1.5]}', most=LIMITS.nodes // 3 - 10),
    "integers": filled('{"t":"int","v":"0x' + "f" * 1000 + '"}'),
    "scalars": filled('{"t":"scalar","dtype":"float64","v":1.5}', most=LIMITS.nodes // 2 - 10),
    "cut off": filled('{"":0}', tail="", most=CROWD),
    "a slip at the end": filled("[0]", tail="}", most=CROWD // 2),
}


@pytest.mark.parametrize("name", TEXTS)
def test_json_costs_at_most_24_times_its_limit(name: str) -> None:
    limits = replace(LIMITS, bytes=0)
    assert peak(arriving(TEXTS[name], limits=limits)) < limits.memory + FIXED


FULL = LIMITS.bytes
SPLIT = LIMITS.buffers
BUFFERS = {
    "bytes": ('{"t":"bytes","b":0}', [bytes(FULL)]),
    "ascii": ('{"t":"str","b":0}', [b"a" * FULL]),
    "wide text": ('{"t":"str","b":0}', [b"a" * (FULL // 4 - 4) + "😀".encode()]),
    "too much wide text": ('{"t":"str","b":0}', [b"a" * (FULL - 4) + "😀".encode()]),
    "text that is none": ('{"t":"str","b":0}', [b"a" * (FULL - 1) + b"\xff"]),
    "truths": (f'{{"t":"array","dtype":"bool","shape":[{FULL}],"b":0}}', [bytes(FULL)]),
    "numbers": (f'{{"t":"array","dtype":"int8","shape":[{FULL}],"b":0}}', [bytes(FULL)]),
    "arrays": ('{"t":"array","dtype":"bool","shape":[3200],"b":%d}', [bytes(3200)] * SPLIT),
    "tensors": ('{"t":"tensor","dtype":"int8","shape":[3200],"b":%d}', [bytes(3200)] * SPLIT),
    "unclaimed": ("null", [bytes(FULL)]),
}


@pytest.mark.parametrize("name", BUFFERS)
def test_buffers_cost_at_most_three_times_their_limit(name: str) -> None:
    unit, buffers = BUFFERS[name]
    nodes = ",".join(unit % i if "%" in unit else unit for i in range(len(buffers)))
    text = f'{{"v":[{nodes}]}}'.encode()
    assert sum(map(len, buffers)) <= FULL
    assert peak(arriving(text, *buffers)) < 3 * FULL + 24 * len(text) + FIXED


def test_a_full_message_stays_below_the_limit_for_all() -> None:
    text = filled('"ab"', head='{"v":[{"t":"bytes","b":0},', most=8 * LIMITS.nodes - 10)
    assert peak(arriving(text, bytes(FULL))) < LIMITS.memory + FIXED


def test_a_message_of_much_punctuated_text_is_received() -> None:
    text = ",[{:" * (LIMITS.json_bytes // 4 - 10)
    assert arriving(f'{{"v":["{text}"]}}'.encode())() == [text]
