from autograder.checks import close, task


@task("softmax")
def test_softmax(student, reference):
    close(student.softmax([50, 0, -50]), [1, 0, 0], atol=1e-6)  # HOLE
    close(student.softmax([0, 90, -50]), reference.softmax([0, 90, -50]))


@task("softmax-2")
def test_softmax_2(student, reference, rng):
    for _ in range(3):
        z = 10_000 * rng.normal(size=(2, 5))
        p = student.softmax(z)  # HOLE
        close(p, reference.softmax(z))
        close(p, 1.0 * (z == z.max(axis=1, keepdims=True)))
