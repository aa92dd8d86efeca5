from autograder.checks import equal, task


@task("sort")
def test_a_chain(student, reference):
    equal(student.topological_sort({"a": ["b"], "b": ["c"], "c": []}), ["c", "b", "a"])
    graph = {"x": ["z"], "y": [], "z": ["y"]}
    equal(student.topological_sort(graph), reference.topological_sort(graph))
