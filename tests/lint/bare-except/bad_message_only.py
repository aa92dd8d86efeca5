from autograder.checks import equal, task


@task("sort")
def test_order(student, reference):
    equal(student.topological([(2, 1), (1, 0)]), reference.topological([(2, 1), (1, 0)]))
    try:
        equal(student.topological([(0, 1), (1, 2)]), [0, 1, 2])
    except Exception as error:  # HOLE
        print(f"Error: wrong output, {error}")
