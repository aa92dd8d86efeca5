from autograder.checks import close, task, unpack


@task("split")
def test_split(student, reference, rng):
    x = rng.normal(size=20)
    train, test = unpack(student.split(x, 0.8), 2)  # HOLE
    close(sorted([*train, *test]), sorted(x))
    close((train, test), unpack(reference.split(x, 0.8), 2))
