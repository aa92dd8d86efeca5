from autograder.checks import close, task


@task("layer")
def test_gradients(student, reference, rng):
    X, W, upstream = rng.normal(size=(5, 3)), rng.normal(size=(3, 2)), rng.normal(size=(5, 2))
    found = student.layer_backward(X, W, upstream)
    close(found, {"X": upstream @ W.T, "W": X.T @ upstream})
    close(found, reference.layer_backward(X, W, upstream))
