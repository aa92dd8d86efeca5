"""No cell is in a session's reach before its turn, least of all a test with a hidden part."""

from __future__ import annotations

from pathlib import Path

from test_plain_course import course_with, hand_in, marked, source

from autograder.authoring import build

PEEK = """
import socket
wire = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM, 0, fileno=3)
try:
    waiting = wire.recv(1 << 16, socket.MSG_PEEK | socket.MSG_DONTWAIT)
except BlockingIOError:
    waiting = b""
wire.detach()
seen, leaked = b"visible" in waiting, b"SECRET" in waiting
"""


def test_nothing_of_a_later_cell_waits_on_the_wire(tmp_path: Path) -> None:
    hidden = "### BEGIN HIDDEN TESTS\nassert not leaked  # SECRET\n### END HIDDEN TESTS"
    course = course_with(
        tmp_path, {"a": source("1.0 * (not seen)  # visible", f"assert f\n{hidden}")}
    )
    build(course)
    hand_in(course, "a", answer=f"f = 1\n{PEEK}")
    first, second = marked(course).tasks
    assert first.points == 1
    assert second.points == 1, second.note
