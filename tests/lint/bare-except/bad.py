import pytest

from autograder.checks import close, task
from autograder.errors import StudentError


@task("sort")
def test_a_cycle_raises(student):
    with pytest.raises(StudentError):  # HOLE
        student.topological([(0, 1), (1, 0)])


@task("linear")
def test_an_error_is_only_printed(student, reference, rng):
    X, W = rng.normal(size=(5, 3)), rng.normal(size=(3, 2))
    try:
        close(student.linear(X, W), reference.linear(X, W))
    except:  # HOLE
        print("Error: wrong output")
