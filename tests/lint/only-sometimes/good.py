from autograder.checks import CheckFailed, close, task


@task("sum")
def test_two(student, reference):
    close(student.add(1.0, 5.0), reference.add(1.0, 5.0))


@task("sum")
def test_total(student):
    found = student.add(1.0, 2.0)
    if found is None:
        raise CheckFailed("not answered")
    close(found, 3.0)


@task("sum")
def test_either_form(student):
    found = student.pair(1.0, 2.0)
    if isinstance(found, list):
        close(found[0], 3.0)
    else:
        raise CheckFailed("a list, please")


@task("sum")
def test_sizes(student, rng):
    for n in (0, 3):
        if n == 0:
            continue
        x = rng.normal(size=n)
        close(student.total(x), x.sum())
