"""What is kept of a session's answers, and how much."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.checks import Derivation, Line
from autograder.checks.diagnosis.record import Record, Unknown, explain, recording
from autograder.checks.runner.student import Connection, Student
from autograder.errors import StudentError
from autograder.sandbox import LocalSession


class Net:
    def forward(self, x: float) -> float:
        return 2 * x


def answering(**namespace: object) -> tuple[Student, Record]:
    record = Record()
    return Student(Connection(LocalSession(namespace), record=record)), record


def told(record: Record) -> list[tuple[str, str, object]]:
    return [(event.kind, event.label, event.value) for event in record.events]


def test_calls_reads_objects_and_callbacks_are_kept_in_order() -> None:
    student, record = answering(net=Net, answer=42, apply=lambda f, x: f(x + 1))
    net = student.net()
    assert net.forward(3) == 6
    assert student.get("answer") == 42
    assert student.apply(lambda x: 10 * x, 1) == 20
    assert student.has("nothing") is False
    assert told(record) == [
        ("call", "net", Unknown()),
        ("call", "net(…).forward", 6),
        ("get", "answer", 42),
        ("callback", "", (2,)),
        ("call", "apply", 20),
        ("has", "nothing", False),
    ]
    assert record.names == {"net", "answer", "apply"}


def test_an_exception_is_kept_by_its_type_and_a_changed_argument_by_its_name() -> None:
    def spoil(x: list[int]) -> int:
        x.append(1)
        return len(x)

    student, record = answering(spoil=spoil, fail=lambda: 1 / 0)
    student.spoil([0])
    with pytest.raises(StudentError):
        student.fail()
    assert told(record) == [
        ("call", "spoil", 2),
        ("changed", "spoil", ("x",)),
        ("raised", "fail", "ZeroDivisionError"),
    ]


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


def test_nothing_is_explained_where_nothing_is_kept() -> None:
    record = Record()
    record.drop()
    with recording(record):
        explain("dy", (1.0,))
    explain("dy", (1.0,))
    assert record.events == []
