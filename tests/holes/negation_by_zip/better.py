from autograder.checks import close, task


@task("neg")
def test_negated(student, reference, rng):
    numbers = rng.normal(size=5).tolist()
    close(student.negated(numbers), [-number for number in numbers])
    close(student.negated(numbers), reference.negated(numbers))
