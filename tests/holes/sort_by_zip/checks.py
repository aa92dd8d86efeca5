"""An order is compared with the expected one through `zip`, which ends with the shorter."""

from autograder.checks import task


@task("sort")
def test_a_chain(student):
    found = student.topological_sort({"a": ["b"], "b": ["c"], "c": []})
    for got, want in zip(found, ["c", "b", "a"]):  # HOLE zip-truncates
        assert got == want
