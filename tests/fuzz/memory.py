"""The most memory that something takes."""

from __future__ import annotations

import contextlib
import tracemalloc
from collections.abc import Callable

from autograder.checks import CheckFailed
from autograder.errors import AutograderError

# An exception, a channel, what a module keeps of its first use.
FIXED = 1 << 18


def peak(work: Callable[[], object]) -> int:
    """Return the most bytes that `work`, which may refuse what it is given, held at once."""
    tracemalloc.start()
    try:
        with contextlib.suppress(AutograderError, CheckFailed):
            work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def filled(room: int, *units: str, head: str, tail: str, most: int = 10**9) -> bytes:
    """Return as many units as fit into `room` bytes, or `most`; %d stands for ever new numbers."""
    parts: list[bytes] = []
    room -= len(head + tail)
    while len(parts) < most:
        unit = units[len(parts) % len(units)]
        part = (unit % len(parts) if "%" in unit else unit).encode()
        room -= len(part) + 1
        if room < 0:
            break
        parts.append(part)
    return head.encode() + b",".join(parts) + tail.encode()
