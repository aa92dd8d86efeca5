from autograder.checks import close, task


@task("softmax")
def test_softmax(student, reference):
    close(student.softmax([50, 0, -50]), [1, 0, 0], atol=1e-6)  # HOLE
    close(student.softmax([0, 90, -50]), reference.softmax([0, 90, -50]))
