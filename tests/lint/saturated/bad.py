from autograder.checks import close, task


@task("softmax")
def test_softmax(student, reference, rng):
    for _ in range(3):
        z = 10_000 * rng.normal(size=(2, 5))
        p = student.softmax(z)  # HOLE
        close(p, reference.softmax(z))
        close(p, 1.0 * (z == z.max(axis=1, keepdims=True)))
