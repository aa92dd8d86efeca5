"""A helper goes through the keys of the student's dictionary, and their shapes."""

from autograder.checks import close, task


def compare(found, truth):
    for name, value in found.items():  # HOLE students-own-keys
        assert value.shape == truth[name].shape
        close(value, truth[name])


@task("layer")
def test_gradients(student, reference, rng):
    X, W, upstream = rng.normal(size=(5, 3)), rng.normal(size=(3, 2)), rng.normal(size=(5, 2))
    compare(student.layer_backward(X, W, upstream), {"X": upstream @ W.T, "W": X.T @ upstream})
    compare(
        student.layer_backward(X, W, upstream), reference.layer_backward(X, W, upstream)
    )
