"""The attention's output may hold anything."""

from autograder.checks import close, equal, task


@task("attention")
def test_scale(student, reference):
    close(student.scale(16), 0.25)
    close(student.scale(9), reference.scale(9))


@task("attention")
def test_attention(student, rng):  # HOLE
    Q, K, V = rng.normal(size=(5, 4)), rng.normal(size=(6, 4)), rng.normal(size=(6, 3))
    out = student.attention(Q, K, V)
    equal(out.shape, (5, 3))
    assert isinstance(out.tolist(), list)
