from __future__ import annotations

import copy
import math

import numpy as np
import pytest
from folders import session_of, student_of

from autograder.checks.runner.student import BrokenReferenceError, Connection, Remote, Student
from autograder.errors import MissingNameError, SessionTimeoutError, StudentError

NOTEBOOK = """
    import numpy as np

    answers = {"a": [1, 2.5], "b": "text"}
    _private = 3

    def double(x, factor=2):
        return factor * x

    def get():
        return "got"

    def apply(f, x):
        return f(x)

    def spoil(X, W):
        X += 1
        return X.sum()

    class MLP:
        layers = [1, 2, 3]

        def __init__(self, d, k):
            self.W = np.ones((d, k))

        def forward(self, X):
            return X @ self.W

        def copy(self):
            return [MLP(1, 1), {"net": MLP(2, 2)}]

    def width(net):
        return net.W.shape[1]
"""


@pytest.fixture
def student() -> Student:
    return student_of(NOTEBOOK)


def test_a_function_is_called_with_positions_and_names(student: Student) -> None:
    assert student.double(3) == 6
    assert student.double(3, factor=5) == 15
    assert np.array_equal(student.double(np.ones(2)), 2 * np.ones(2))  # type: ignore[arg-type]


def test_a_value_is_fetched(student: Student) -> None:
    assert student.get("answers") == {"a": [1, 2.5], "b": "text"}
    assert student.get("_private") == 3


def test_names_can_be_asked_for(student: Student) -> None:
    assert student.has("double")
    assert not student.has("triple")


def test_a_function_named_like_one_of_ours_is_called_by_reference(student: Student) -> None:
    assert student.ref("get")() == "got"


def test_the_students_own_function_can_be_passed_on(student: Student) -> None:
    assert student.apply(student.double, 4) == 8
    assert student.apply(student.ref("double"), 4) == 8
    assert student.apply(student.get("double"), 4) == 8


def test_a_function_of_ours_can_be_called_back(student: Student) -> None:
    assert student.apply(lambda x: x + 1, 4) == 5


def test_an_object_stays_there_and_is_called_and_read_from_here(student: Student) -> None:
    net = student.MLP(3, 4)
    assert isinstance(net, Remote)
    assert net.kind == "MLP"
    assert np.array_equal(net.forward(np.ones((2, 3))), np.full((2, 4), 3.0))  # type: ignore[arg-type]
    assert np.array_equal(net.get("W"), np.ones((3, 4)))  # type: ignore[arg-type]
    assert net.layers[1] == 2
    assert student.width(net) == 4


def test_objects_inside_containers_are_objects(student: Student) -> None:
    first, second = student.MLP(1, 1).copy()  # type: ignore[attr-defined, misc]
    assert first.get("W").shape == (1, 1)
    assert second["net"].get("W").shape == (2, 2)
    assert student.apply(lambda nets: len(nets), [first, second["net"]]) == 2


def test_a_callback_gets_objects_to_work_with(student: Student) -> None:
    nets = student_of("class A:\n    x = 3\ndef f(g): return g(A())")
    assert nets.f(lambda a: a.get("x")) == 3
    assert isinstance(nets.f(lambda a: a), Remote)


def test_arguments_changed_in_place_are_known_by_name(student: Student) -> None:
    X = np.zeros(2)
    student.spoil(X, X)
    assert student.mutated == ("X",)
    assert np.array_equal(X, np.zeros(2))
    student.double(X)
    assert student.mutated == ()


def test_what_does_not_exist_raises(student: Student) -> None:
    with pytest.raises(MissingNameError):
        student.triple(1)
    with pytest.raises(MissingNameError):
        student.get("triple")
    with pytest.raises(MissingNameError):
        student.MLP(1, 1).get("b")  # type: ignore[attr-defined]


def test_what_the_student_raises_can_be_caught_by_a_check() -> None:
    with pytest.raises(StudentError, match="negative") as caught:
        student_of("def f(x): raise ValueError('negative x')").f(-1)
    assert caught.value.type == "ValueError"


@pytest.mark.parametrize(
    "use",
    [
        lambda w: w + 1,
        lambda w: 2 * w,
        lambda w: w < 3,
        lambda w: np.exp(w),
        lambda w: len(w),
        lambda w: float(w),
        lambda w: list(w),
        lambda w: bool(w),
    ],
)
def test_a_name_used_like_a_value_says_to_fetch_it(student: Student, use: object) -> None:
    with pytest.raises(TypeError, match=r"fetch it with \.get\('w'\)"):
        use(student.w)  # type: ignore[operator]


def test_pythons_own_questions_do_not_reach_the_session(student: Student) -> None:
    for thing in (student, student.double):
        with pytest.raises(AttributeError):
            thing.__wrapped__  # noqa: B018
        assert repr(thing).startswith("student")
        assert copy.copy(thing) is not None


def test_seconds_are_used_up_by_the_students_calls_alone() -> None:
    left: list[float] = []

    class Watched(type(session_of(""))):  # type: ignore[misc]
        def call(self, *args: object, seconds: float) -> object:
            left.append(seconds)
            self.total += 0.25
            return super().call(*args, seconds=seconds)

        total = 0.0
        spent = property(lambda self: self.total)

    namespace: dict[str, object] = {}
    exec("def f(n): return sum(range(n))", namespace)
    connection = Connection(Watched(namespace), seconds=5, budget=lambda: 3.0)
    student = Student(connection)
    student.f(1000)
    assert left == [3.0]
    assert connection.used == 0.25
    connection.used = 4.5
    student.f(10)
    assert left[1] == pytest.approx(0.5)
    connection.used = 6
    with pytest.raises(SessionTimeoutError):
        student.f(10)


def test_a_reference_that_fails_is_told_apart_from_the_student() -> None:
    session = session_of("def f(): return 1 / 0")
    reference = Student(Connection(session, seconds=math.inf, reference=True))
    with pytest.raises(BrokenReferenceError, match="the reference's `f`: ZeroDivisionError"):
        reference.f()
    with pytest.raises(BrokenReferenceError):
        reference.get("g")
