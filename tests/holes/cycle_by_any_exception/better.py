from autograder.checks import CheckFailed, equal, task
from autograder.errors import StudentError


@task("sort")
def test_a_cycle_is_refused(student, reference):
    equal(student.ordered({"a": ["b"], "b": []}), ["b", "a"])
    equal(student.ordered({"a": [], "b": ["a"]}), reference.ordered({"a": [], "b": ["a"]}))
    try:
        student.ordered({"a": ["b"], "b": ["a"]})
    except StudentError as error:
        equal(error.type, "ValueError")
    else:
        raise CheckFailed("a cycle has no order")
