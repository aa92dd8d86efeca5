"""Stand-ins for the functions that a notebook imports of `autograder`, while it is being marked."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_variants: dict[str, dict[str, Any]] = {}


class NotRun:
    """The answer of `check("…")` in a cell of the student's own: checks run elsewhere."""

    def __repr__(self) -> str:
        return "not run while marking"


def check(task: str) -> NotRun:
    """Return a `NotRun`: neither the checks nor the verdict are here."""
    return NotRun()


def draw_recorded(axes: object, name: str, label: str = "") -> None:
    """Do nothing: this plot is looked at by no one."""


def student(name: str = "") -> None:
    """Do nothing: whose notebook this is the grader knows."""


def variant(task: str) -> dict[str, Any]:
    """Return this student's numbers for `task`; LookupError when it has none."""
    if task not in _variants:
        known = ", ".join(sorted(_variants)) or "none has"
        raise LookupError(f"task {task!r} has no numbers of its own (of the tasks, {known})")
    return copy.deepcopy(_variants[task])


_OURS = {"check": check, "draw_recorded": draw_recorded, "student": student, "variant": variant}


def set_variants(numbers: dict[str, dict[str, Any]]) -> None:
    """Say what `variant` answers from here on."""
    _variants.clear()
    _variants.update(numbers)


def install() -> None:
    """Put these in the place of the package's own, which would load the checks."""
    import autograder

    vars(autograder).update(_OURS)


@contextmanager
def installed(numbers: dict[str, dict[str, Any]]) -> Iterator[None]:
    """Put these in place for the length of a with block, `variant` answering from `numbers`."""
    import autograder

    package = vars(autograder)
    before: dict[str, Any] = {name: package[name] for name in _OURS if name in package}
    install()
    set_variants(numbers)
    try:
        yield
    finally:
        for name in _OURS:
            del package[name]
        package.update(before)
