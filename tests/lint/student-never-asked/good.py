"""Through a helper, a fixture, getattr, a variable, or as an argument of something else."""

import pytest

from autograder.checks import Derivation, Line, close, task

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
