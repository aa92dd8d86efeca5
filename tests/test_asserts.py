"""The points of a plain test cell: nbgrader's rule, and what is said about it."""

from __future__ import annotations

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from autograder.nbgrader.asserts import asserted, why_lost
from autograder.notebook import node
from autograder.sandbox.wire import TRUNCATED

TEST = new_code_cell("", metadata={"nbgrader": {"grade": True, "grade_id": "t", "points": 2}})


def value(text: str) -> NotebookNode:
    return node({"output_type": "execute_result", "data": {"text/plain": text}, "metadata": {}})


@pytest.mark.parametrize(
    ("returned", "points", "note"),
    [
        ("1.5", 1.5, None),
        ("2", 2, None),
        ("3", 0, "cannot be points of this task"),
        ("inf", 0, "cannot be points of this task"),
        ("-1", 2, "is no number"),
        ("'1'", 2, "is no number"),
        ("", 0, "cannot be points of this task"),
    ],
)
def test_a_returned_value_is_judged_as_nbgrader_does(
    returned: str, points: float, note: str | None
) -> None:
    found = asserted(TEST, [value(returned)], "ignore")
    assert found.points == points
    assert not found.notes if note is None else note in found.notes[0]


def test_our_own_remark_on_long_output_is_no_stderr() -> None:
    cut = node({"output_type": "stream", "name": "stderr", "text": TRUNCATED})
    assert asserted(TEST, [cut], "fails").points == 2


def test_why_a_test_failed_is_one_short_line() -> None:
    error = node({"output_type": "error", "ename": "E", "evalue": "a\nb\x1b" + "c" * 500})
    said = why_lost([error])
    assert said is not None
    assert said.startswith("E: a b c")
    assert len(said) == 300
    assert why_lost([]) is None
