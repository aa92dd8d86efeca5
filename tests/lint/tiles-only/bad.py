"""Windows that do not overlap: assigning gives the same as adding."""

from autograder.checks import close, task


@task("pool")
def test_pool(student, reference, rng):
    dout, x = rng.normal(size=(2, 3)), rng.normal(size=(4, 6))
    close(student.max_pool_backward(dout, x, size=2, stride=2).sum(axis=None), dout.sum())  # HOLE
    truth = reference.max_pool_backward(dout, x, size=2, stride=2)
    close(student.max_pool_backward(dout, x, size=2, stride=2), truth)
