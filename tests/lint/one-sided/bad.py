from autograder.checks import close, task


@task("relu")
def test_relu(student, reference):
    close(student.relu([1.0, 2.0, 3.0]), [1.0, 2.0, 3.0])  # HOLE
    close(student.relu([4.0]), reference.relu([4.0]))
