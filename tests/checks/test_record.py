"""A session's answers are kept as far as there is room."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.checks import Derivation, Line
from autograder.checks.diagnosis.record import Record, Unknown, recording
from autograder.checks.runner.student import Connection, Student
from autograder.sandbox import LocalSession


def answering(**namespace: object) -> tuple[Student, Record]:
    record = Record()
    return Student(Connection(LocalSession(namespace), record=record)), record


@pytest.mark.parametrize(
    "large",
    [np.zeros(1 << 19), list(range(1 << 17)), "x" * (1 << 22), [np.zeros(1 << 12)] * 200],
    ids=["an array", "a list", "a text", "many arrays"],
)
def test_of_answers_that_are_too_large_nothing_is_kept(large: object) -> None:
    record = Record()
    record.note("get", "small", 1)
    record.note("get", "large", large)
    record.note("get", "small", 1)
    assert (record.whole, record.events, record.size) == (False, [], 0)


def test_many_small_answers_are_too_large_together() -> None:
    record = Record()
    for _ in range(100_000):
        record.note("callback", "", (1.0, 2.0))
    assert not record.whole


def test_a_line_is_kept_as_what_it_comes_to() -> None:
    spec = Derivation(
        given={"x": ()}, forward={"y": "x**2"}, lines=[Line("dy", derivative=("y", "x"))]
    )

    def values(text: str) -> list[float]:
        student, record = answering(lines={"dy": text})
        with recording(record):
            answers = student.get("lines")
            try:
                spec.check(answers, "dy")
            except AssertionError:
                assert text != "2*x"
        assert [event.kind for event in record.events] == ["get", "means"]
        assert record.events[0].value == Unknown()
        return [float(value) for value in record.events[1].value]

    assert values("3*x") == pytest.approx(values("x + 2*x"))
    assert values("3*x") == pytest.approx([1.5 * value for value in values("2*x")])
