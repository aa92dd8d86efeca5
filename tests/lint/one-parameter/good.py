from autograder.checks import close, task, unchanged


@task("momentum")
def test_steps(student, reference, rng):
    params = [rng.normal(size=(3, 2)), rng.normal(size=2)]
    theirs, ours = student.Momentum(params, lr=0.1), reference.Momentum(params, lr=0.1)
    for _ in range(3):
        grads = [rng.normal(size=(3, 2)), rng.normal(size=2)]
        found = theirs.step(grads)
        unchanged(student)
        close(found, ours.step(grads))
    first = [p - 0.5 * p for p in params]
    close(student.Momentum(params, lr=0.5).step(params), first)


@task("layers")
def test_a_network_of_one_layer(student, reference, rng):
    x, W = rng.normal(size=(5, 3)), rng.normal(size=(3, 2))
    close(student.forward(x, [W]), x @ W)
    close(student.forward(x, [W]), reference.forward(x, [W]))
