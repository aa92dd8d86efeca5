from autograder.checks import Function, arg, close, task

shares = Function("shares", {"x": arg.uniform("N", 1, 2)}, truth=lambda x: x / x.sum())


@task("shares")
def test_shares(student, reference, rng):
    shares.check(student, rng, reference)


@task("shares")
def test_shares_of_any_number(student, rng):
    shares.battery(student, rng)


@task("mix")
def test_mix(student, reference, rng):  # lint: ok two sizes were given to all
    A, B = rng.normal(size=(3, 5)), rng.normal(size=(4, 5))
    close(student.mix(A, B), reference.mix(A, B))
    close(student.mix(B, A), A.dot(B.T).T)
    close(student.mix(B, A), student.mix(A, B).T)


# Nothing is called here.
@task("text")
def test_the_letter(student):
    assert student.get("answer").strip().lower() in ("b", "(b)")
