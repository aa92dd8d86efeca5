"""Count what a JSON text holds before anything is made of it.

A text of nothing but `{},{},…` takes fifty times its size as Python objects, so that a cap on
its bytes alone says little about the memory it will need.
"""

from __future__ import annotations

from collections.abc import Iterator

_CHUNK = 1 << 16


def holds_more_than(
    raw: bytes | bytearray, *, containers: int, values: int | None = None, keys: int | None = None
) -> bool:
    """Return whether JSON in UTF-8 opens more containers, or has more commas or colons, than this.

    What stands in strings does not count. Correct up to the first character that is not JSON,
    and so for all that a parser makes before it gives up; needs twice the memory of `raw`.
    """
    limits = [(b"[{", containers), (b",", values), (b":", keys)]
    asked = [(marks, limit) for marks, limit in limits if limit is not None]
    # Counting everywhere is quick, and enough for nearly every text.
    if all(_count(raw, marks) <= limit for marks, limit in asked):
        return False
    left = dict(asked)
    for piece in _outside_strings(raw):
        for marks in left:
            left[marks] -= _count(piece, marks)
            if left[marks] < 0:
                return True
    return False


def _count(raw: bytes | bytearray, marks: bytes) -> int:
    return sum(raw.count(mark) for mark in marks)


def _outside_strings(raw: bytes | bytearray) -> Iterator[bytes]:
    # Backslashes come in pairs from the left; what is left of a run escapes what follows.
    plain = raw.replace(b"\\\\", b"").replace(b'\\"', b"")
    inside = False
    for start in range(0, len(plain), _CHUNK):
        pieces = plain[start : start + _CHUNK].split(b'"')
        yield b"".join(pieces[inside::2])
        inside ^= len(pieces) % 2 == 0
