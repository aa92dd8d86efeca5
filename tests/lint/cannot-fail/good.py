import numpy as np
import pytest

from autograder.checks import CheckFailed, close, task, unchanged
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
