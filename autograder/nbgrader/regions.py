"""Regions of a cell that only instructors see, between a BEGIN and an END line."""

from __future__ import annotations

from dataclasses import dataclass

from autograder.errors import BuildError

SOLUTION = "SOLUTION"
HIDDEN_TESTS = "HIDDEN TESTS"
MARK_SCHEME = "MARK SCHEME"
ALL = (SOLUTION, HIDDEN_TESTS, MARK_SCHEME)


@dataclass(frozen=True)
class Region:
    """The lines of a cell from its BEGIN line to its END line, both included, from 0."""

    kind: str
    begin: int
    end: int


def regions(source: str, kind: str) -> list[Region]:
    """Return the regions of one kind; BuildError where BEGIN and END do not pair up."""
    found = []
    begin: int | None = None
    for number, line in enumerate(source.split("\n")):
        if f"BEGIN {kind}" in line:
            if begin is not None:
                raise BuildError(f"BEGIN {kind} within BEGIN {kind}")
            begin = number
        elif f"END {kind}" in line:
            if begin is None:
                raise BuildError(f"END {kind} without BEGIN {kind}")
            found.append(Region(kind, begin, number))
            begin = None
    if begin is not None:
        raise BuildError(f"BEGIN {kind} without END {kind}")
    return found
