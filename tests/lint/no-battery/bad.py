from autograder.checks import Function, arg, close, task

shares = Function("shares", {"x": arg.uniform("N", 1, 2)}, truth=lambda x: x / x.sum())


@task("shares")
def test_shares(student, reference, rng):  # HOLE
    shares.check(student, rng, reference)


@task("shares")
def test_shares_of_more(student, rng):
    shares.check(student, rng, N=9)


@task("mix")
def test_mix(student, reference, rng):  # HOLE
    A, B = rng.normal(size=(3, 5)), rng.normal(size=(4, 5))
    close(student.mix(A, B), reference.mix(A, B))
    close(student.mix(B, A), A.dot(B.T).T)
