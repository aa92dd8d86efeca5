from dataclasses import dataclass
from functools import partial

import numpy as np
import pytest
from numpy.testing import assert_almost_equal as agree

from autograder.checks import CheckFailed, Derivation, Line, close, task, unchanged
from autograder.errors import StudentError


def expect(value, truth):
    if not np.allclose(value, truth):
        raise CheckFailed("wrong")


@task("sum")
def test_two(student, reference):
    found = student.add(1.0, 5.0)
    close(found, reference.add(1.0, 5.0))
    assert (found == 6.0), "1 + 5 is 6"


@task("sum")
def test_by_a_helper(student):
    expect(student.add(1.0, 2.0), 3.0)


@task("sum")
def test_arguments(student, rng):
    student.add(rng.normal(size=3), 1.0)
    unchanged(student)


@task("sum")
def test_refusal(student):
    with pytest.raises(StudentError, match="TypeError"):
        student.add("1", 2.0)


@task("sum")
def test_two_calls_agree(student, rng):
    x = rng.normal(size=3)
    assert student.add(x, 1.0).tolist() == student.add(x, 1.0).tolist()


@task("sum")
def test_a_verdict(student):
    ok = np.allclose(student.add(2.0, 2.0), 4.0)
    assert ok


# Through a helper, a fixture, getattr, a variable, or as an argument of something else.
STEPS = Derivation(given={"x": ()}, forward={"y": "x**2"}, lines=[Line("d", derivative=("y", "x"))])


@pytest.fixture
def doubled(student):
    return student.double(3.0)


def ask(student, name):
    return getattr(student, name)(4.0)


@task("double")
def test_helper(student, reference):
    close(ask(student, "double"), ask(reference, "double"))


@task("double")
def test_fixture(doubled):
    close(doubled, 6.0)


@task("lines")
def test_line(student):
    STEPS.check(student.get("lines"), "d")


# Comparisons in methods, in objects of the checks file, and in a library.
@dataclass
class Problem:
    x: float

    def judge(self, student):
        close(student.double(self.x), 2 * self.x)


class TestDouble:
    def compare(self, found, truth):
        close(found, truth)

    @task("elsewhere")
    def test_by_a_method(self, student, reference):
        self.compare(student.double(2.0), 4.0)
        self.compare(student.double(3.0), reference.double(3.0))

    @task("elsewhere")
    def test_by_a_problem(self, student):
        Problem(2.0).judge(student)

    @task("elsewhere")
    def test_by_a_library(self, student):
        agree(student.double(2.0), 4.0)

    @task("elsewhere")
    def test_by_numpy(self, student, rng):
        x = rng.normal(size=3)
        close(np.vectorize(student.double)(x), 2 * x)

    @task("elsewhere")
    def test_by_a_partial(self, student):
        twice = partial(student.double, 2.0)
        close(twice(), 4.0)
