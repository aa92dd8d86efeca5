"""The points of a plain nbgrader test cell, by nbgrader's own rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nbformat import NotebookNode

from autograder.course import Stderr
from autograder.notebook import node
from autograder.sandbox.wire import TRUNCATED

UNSEALED = "asserts run in the student's own session: this task is not sealed"
_IGNORED = (
    "this cell wrote to stderr, for which nbgrader would have given 0; "
    "the course ignores it (stderr: ignore)"
)
_FAILED = "this cell wrote to stderr, which fails it (stderr: fails)"
_TOO_MUCH = "the test returned what cannot be points of this task, so that it counts 0"
_NO_NUMBER = "the test returned something that is no number, so that it counts as passed"
_LONGEST = 300


@dataclass(frozen=True)
class Asserted:
    """Points of a test cell, and what there is to say about how they came about."""

    points: float = 0.0
    notes: tuple[str, ...] = ()


def asserted(cell: NotebookNode, outputs: Sequence[NotebookNode], stderr: Stderr) -> Asserted:
    """Return the points that nbgrader gives for a test cell with these outputs, and why.

    An error, or with `stderr="fails"` text on stderr, costs all; a number that the cell
    returns is the points; anything else earns all of them. Where nbgrader itself gives up
    on the whole submission, a number above the cell's points, this cell counts 0.
    """
    # All of nbgrader comes along, which only plain tests need.
    from nbgrader.utils import determine_grade

    spoken = [output for output in outputs if not _is_cut(output)]
    quiet = [output for output in spoken if not _is_stderr(output)]
    notes = []
    if len(quiet) < len(spoken):
        notes.append(_IGNORED if stderr == "ignore" else _FAILED)
    judged = node(cell)
    judged.outputs = quiet if stderr == "ignore" else spoken
    try:
        points, maximum = determine_grade(judged)
    except (ValueError, KeyError):
        return Asserted(0.0, (*notes, _TOO_MUCH))
    if points and points == maximum and _returns_a_value(judged.outputs, maximum):
        notes.append(_NO_NUMBER)
    return Asserted(float(points), tuple(notes))


def why_lost(outputs: Sequence[NotebookNode]) -> str | None:
    """Return what the student may read of the error that ended a test; None where none did."""
    for output in outputs:
        if output.output_type == "error":
            text = f"{output.ename}: {output.evalue}" if output.evalue else str(output.ename)
            line = "".join(c if c.isprintable() else " " for c in text)
            return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
    return None


def _is_stderr(output: NotebookNode) -> bool:
    return bool(output.output_type == "stream" and output.name == "stderr")


def _is_cut(output: NotebookNode) -> bool:
    """Return whether it is only our remark that more was printed than is kept."""
    return _is_stderr(output) and output.text == TRUNCATED


def _returns_a_value(outputs: Sequence[NotebookNode], maximum: float) -> bool:
    """Return whether the value of a passed test is something else than its points."""
    for output in outputs:
        if output.output_type == "execute_result":
            try:
                return float(output.data["text/plain"]) != maximum
            except ValueError:
                return True
    return False
