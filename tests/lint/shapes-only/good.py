from autograder.checks import CheckFailed, close, equal, shaped, task, unpack


@task("attention")
def test_shape(student, rng):
    Q, K, V = rng.normal(size=(5, 4)), rng.normal(size=(6, 4)), rng.normal(size=(6, 3))
    shaped(student.attention(Q, K, V), (5, 3))


@task("attention")
def test_values(student, reference, rng):
    Q, K, V = rng.normal(size=(5, 4)), rng.normal(size=(6, 4)), rng.normal(size=(6, 3))
    out = student.attention(Q, K, V)
    if not isinstance(out.tolist(), list):
        raise CheckFailed("an array, please")
    close(out, reference.attention(Q, K, V))
    close(student.attention(Q, 0 * K, V), V.mean(axis=0) + 0 * out)


@task("shapes")
def test_a_function_that_returns_a_shape(student, reference):
    equal(student.output_shape((8, 9), (3, 2)), (6, 8))
    equal(student.output_shape((7, 4), (2, 3)), reference.output_shape((7, 4), (2, 3)))


@task("layer")
def test_layer(student, reference, rng):
    x = rng.normal(size=(3, 4))
    layer = student.Linear(4, 2)
    W, b = layer.get("W"), layer.get("b")
    equal(W.shape, (4, 2))
    close(layer.forward(x), x @ W + b)
    close(student.linear(x, x.T), x @ x.T)
    close(student.linear(x, x.T), reference.linear(x, x.T))


@task("layer")
def test_parts(student, rng):
    out, cache = unpack(student.both(rng.normal(size=(3, 4))), 2)
    close(out, 3.0)
    close(student.back(cache), 4.0)
