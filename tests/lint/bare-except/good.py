import pytest

from autograder.checks import CheckFailed, equal, task
from autograder.errors import StudentError


@task("sort")
def test_order(student, reference):
    equal(student.topological([(0, 1), (1, 2)]), [0, 1, 2])
    equal(student.topological([(2, 1), (1, 0)]), reference.topological([(2, 1), (1, 0)]))


@task("sort")
def test_a_cycle_raises_a_value_error(student):
    with pytest.raises(StudentError) as caught:
        student.topological([(0, 1), (1, 0)])
    assert caught.value.type == "ValueError"


@task("sort")
def test_another_cycle(student):
    try:
        student.topological([(0, 1), (1, 2), (2, 0)])
    except StudentError as error:
        if error.type != "ValueError":
            raise CheckFailed("a cycle wants a ValueError") from error
    else:
        raise CheckFailed("a cycle has no order")


@task("sort")
def test_a_graph_of_one(student):
    try:
        found = student.topological([])
    except Exception as error:
        raise CheckFailed("a graph without edges has an order") from error
    equal(found, [])
