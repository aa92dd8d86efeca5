"""The marking checks of `optimizers`: other sizes, other seeds, an oracle of their own.

Oracles: the optimisers and schedulers of torch in float64, closed forms (a constant gradient, a
quadratic, least squares), and `reference`, our own solution. Wherever there are several steps the
gradients change, eps and betas are large enough to be seen, and no two shapes are equal.
"""

import dataclasses
from pathlib import Path

import numpy as np
import pytest
import torch
from checks import (
    ADAM,
    CURVED,
    RESIDUAL,
    as_epochs,
    curved,
    entry,
    linear_gradient,
    linear_problem,
    settings_of,
    sigmoid,
    squared_loss,
    stepped,
    torch_schedule,
    torch_walk,
)
from checks import small_model as model

from autograder.checks import (
    CheckFailed,
    Derivation,
    close,
    convergence,
    equal,
    repeatable,
    task,
    unchanged,
    unpack,
)


def following(spec, **expected):
    """The public derivation plus how each line follows from the lines before it."""
    lines = [dataclasses.replace(line, expected=expected[line.name]) for line in spec.lines]
    return Derivation(given=spec.given, forward=spec.forward, lines=lines)


def walks(student, name, step, params, gradients, truths, mistakes=None):
    """Let the student's optimiser walk and compare all parameters after each step.

    step(params, grads, state) calls it; `truths` are the parameters after each step, and
    `mistakes` maps a message to the walk of a known slip. No argument may change.
    """
    state = None
    for t, (grads, truth) in enumerate(zip(gradients, truths, strict=True)):
        params, state = stepped(step(params, grads, state), name)
        unchanged(student)
        for key, right in truth.items():
            what = f"{key} after step {t + 1}"
            slips = {text: wrong[t][key] for text, wrong in (mistakes or {}).items()}
            close(entry(params, key, "the parameters"), right, name=what, mistakes=slips)


def apart(student, name, step, truth, params, gradients):
    """Let two walks take turns: neither may know of the other."""
    other = {key: 0.5 - value for key, value in params.items()}
    turned = [{key: -0.7 * g for key, g in grads.items()} for grads in reversed(gradients)]
    here, kept, there, kept_there = params, None, other, None
    turns = zip(gradients, turned, truth(params, gradients), truth(other, turned), strict=True)
    for grads, opposite, truth_here, truth_there in turns:
        here, kept = stepped(step(here, grads, kept), name)
        there, kept_there = stepped(step(there, opposite, kept_there), name)
        for key, right in truth_here.items():
            found = [entry(at, key, "the parameters") for at in (here, there)]
            text = "two walks that take turns go wrong: is the state kept in one place?"
            try:
                close(found, [right, truth_there[key]], name=key)
            except CheckFailed:
                raise CheckFailed(text, misconception="shared-state") from None


# Task 1, descent


def same_path(found, points):
    """Compare a path, and say of one that has another length what that means."""
    if not isinstance(found, list | tuple | np.ndarray | torch.Tensor):
        unpack(found, len(points), name="the path")
    if len(found) != len(points):
        more = "late" if len(found) > len(points) else "early"
        text = f"the walk stops too {more}: it has {len(found)} points, expected {len(points)}"
        raise CheckFailed(text, misconception="stopping")
    slips = {
        "all points are the same array: is it changed in place?": np.array(
            [points[-1]] * len(points)
        ),
        "does it walk uphill?": 2 * np.array(points[:1]) - points,
    }
    close(found, np.array(points), name="the path", mistakes=slips)


@task("descent")
@pytest.mark.parametrize("shape", [(4,), (2, 3, 2)], ids=str)
def test_descent_of_any_shape(student, rng, shape):
    """The path of a quadratic is that of its closed form, for a start of any shape"""
    start, a, c = rng.normal(size=shape), rng.uniform(0.5, 2, size=shape), rng.normal(size=shape)
    points = [c + (1 - 0.3 * a) ** t * (start - c) for t in range(7)]
    found = student.gradient_descent(lambda x: a * (x - c), start, 0.3, max_steps=6)
    unchanged(student)
    same_path(found, points)


@task("descent")
@pytest.mark.parametrize(
    ("tolerance", "steps"), [(5.0, 0), (4.999, 3), (6.5, 0)], ids=["equal", "longer", "shorter"]
)
def test_descent_looks_at_the_length(student, tolerance, steps):
    """The Euclidean length of the gradient decides, and equal to the tolerance is short enough"""
    slope = np.array([3.0, -4.0])
    points = [np.array([1.0, 2.0]) - 0.1 * t * slope for t in range(steps + 1)]
    start = np.array([1.0, 2.0])
    same_path(student.gradient_descent(lambda x: slope, start, 0.1, tolerance, 3), points)


@task("descent")
@pytest.mark.parametrize("slope", [1.0001e-4, -0.9999e-4], ids=["above", "below"])
def test_descent_by_default(student, slope):
    """The tolerance is 1e-4 and the most steps are 100, when nothing is said"""
    points = [2.0 - 0.5 * t * slope for t in range(101 if slope > 0 else 1)]
    same_path(student.gradient_descent(lambda x: slope, 2.0, 0.5), points)


@task("descent")
def test_descent_is_torchs(student, reference, rng):
    """On a function that is no quadratic the steps are those of torch.optim.SGD"""
    start = rng.normal(size=5)
    leaf = torch.nn.Parameter(torch.tensor(start))
    optimiser, points = torch.optim.SGD([leaf], lr=0.2), [start]
    for _ in range(4):
        optimiser.zero_grad()
        torch.cosh(leaf).sum().backward()
        optimiser.step()
        points.append(leaf.detach().numpy().copy())
    found = student.gradient_descent(np.sinh, start, 0.2, max_steps=4)
    same_path(found, points)
    close(reference.gradient_descent(np.sinh, start, 0.2, max_steps=4), points, name="our path")
    close(found, points, name="the path")


# Task 2, regression


def torch_gradients(X, y, w):
    """The gradients of the mean squared error with its ½, and of the mean cross-entropy."""
    bce = torch.nn.functional.binary_cross_entropy_with_logits
    X, y = torch.tensor(X), torch.tensor(y)
    losses = {
        "squared_gradient": lambda f: ((f - y) ** 2).mean() / 2,
        "logistic_gradient": lambda f: bce(f, y),
    }
    found = {}
    for name, loss in losses.items():
        leaf = torch.tensor(w, requires_grad=True)
        (slope,) = torch.autograd.grad(loss(X @ leaf), leaf)
        found[name] = slope.numpy()
    return found


@task("regression")
@pytest.mark.parametrize("name", ["squared_gradient", "logistic_gradient"])
@pytest.mark.parametrize("shape", [(7, 4), (1, 3), (2, 6)], ids=str)
def test_gradient_of_a_regression(student, rng, name, shape):
    """The gradient agrees with autograd, for (N, D) of this size"""
    X, y, w = rng.normal(size=shape), rng.uniform(size=shape[0]), rng.normal(size=shape[1])
    truths = torch_gradients(X, y, w)
    (other,) = (truth for key, truth in truths.items() if key != name)
    slips = {
        "this is the gradient of the other loss": other,
        "is only the first sample used?": torch_gradients(X[:1], y[:1], w)[name],
        "is the mean taken over the features?": truths[name] * shape[0] / shape[1],
    }
    answer = getattr(student, name)(X, y, w)
    unchanged(student)
    close(
        answer, truths[name], rtol=1e-4, atol=1e-6, N=shape[0], name="the gradient", mistakes=slips
    )


@task("regression")
@pytest.mark.parametrize("shape", [(9, 4), (5, 5), (6, 1)], ids=str)
def test_closed_form(student, reference, rng, shape):
    """`least_squares` agrees with numpy's solution, for (N, D) of this size"""
    X, y = rng.normal(size=shape) + 3 * np.eye(*shape), rng.normal(size=shape[0])
    found = student.least_squares(X, y)
    unchanged(student)
    truth = np.linalg.lstsq(X, y, rcond=None)[0]
    slips = {
        "is Xᵀy alone returned?": X.T @ y,
        "is it (XᵀX)y?": np.linalg.inv(X.T @ X) @ np.ones(shape[1]),
    }
    close(found, truth, rtol=1e-7, atol=1e-8, name="the weights", mistakes=slips)
    close(found, reference.least_squares(X, y), rtol=1e-7, atol=1e-8, name="the weights")


@task("regression")
def test_walk_meets_the_closed_form(student, rng):
    """Gradient descent with `squared_gradient` ends at the least squares solution"""
    X = np.linalg.qr(rng.normal(size=(8, 3)))[0] * np.array([2.0, 2.5, 3.0])
    y, w = rng.normal(size=8), np.zeros(3)
    for _ in range(30):
        w = w - 1.2 * np.asarray(student.squared_gradient(X, y, w), dtype=np.float64)
    close(w, np.linalg.lstsq(X, y, rcond=None)[0], rtol=1e-4, atol=1e-4, name="the end of the walk")


def two_steps(x, y, eta, reduce=np.mean, again=True):
    x, y = np.array(x), np.array(y)
    w1 = -eta * reduce((0.5 - y) * x)
    return {"w1": w1, "w2": w1 - eta * reduce((sigmoid((w1 if again else 0.0) * x) - y) * x)}


@task("regression", weight=1.5)
@pytest.mark.parametrize("name", ["w1", "w2"])
def test_own_step(student, variant, name):
    """The weight in `my_weights` is right for the student's own data"""
    slips = {
        "this is the weight of the example, not of your data": {"w1": 1 / 3, "w2": 0.585558}[name],
        "is the gradient summed, not averaged?": two_steps(**variant, reduce=np.sum)[name],
        "is the second gradient taken at w0 again?": two_steps(**variant, again=False)[name],
        "is the step taken uphill?": -two_steps(**variant)["w1"],
    }
    found = entry(student.get("my_weights"), name, "my_weights")
    truth = two_steps(**variant)[name]
    close(found, truth, rtol=5e-4, atol=0, name=f'my_weights["{name}"]', mistakes=slips)


# Task 3, learning-rate

CURVED_STEPS = following(CURVED, dx1_dx="1 - a*eta", dx3_dx="dx1_dx*dx1_dx*dx1_dx")


@task("learning-rate", weight=0.5)
@pytest.mark.parametrize("line", CURVED_STEPS.names)
def test_step_of_the_rate(student, line):
    """The line is right, given the lines above it"""
    CURVED_STEPS.check(student.get("learning_rate_lines"), line)


EIGENVALUES = [(0.7, 1.9, 5.3, 2.2), (0.3,), (9.1, 0.2, 4.0)]


@task("learning-rate")
@pytest.mark.parametrize("values", EIGENVALUES, ids=["4 by 4", "1 by 1", "3 by 3"])
def test_limit(student, reference, rng, values):
    """`learning_rate_limit` is 2/L for a matrix with known eigenvalues"""
    A = curved(rng, values)
    found = student.learning_rate_limit(A)
    unchanged(student)
    slips = {
        "this is 1/L, where descent is safe but the limit is not yet reached": 1 / max(values),
        "this is 2/μ: the steepest direction sets the limit": 2 / min(values),
        "this is the best rate, 2/(L + μ)": 2 / (max(values) + min(values)),
        "is the trace or the largest entry taken for L?": 2 / np.trace(A),
    }
    close(found, 2 / max(values), rtol=1e-6, name="the limit", mistakes=slips)
    close(found, reference.learning_rate_limit(A), rtol=1e-6, name="the limit")


@task("learning-rate", weight=0.25)
@pytest.mark.parametrize("rate", [0.05, 0.21, 0.36, 0.9])
@pytest.mark.parametrize("values", EIGENVALUES, ids=["4 by 4", "1 by 1", "3 by 3"])
def test_factor(student, rng, values, rate):
    """`worst_factor` is ρ for small, middling and too large rates"""
    A, values = curved(rng, values), np.array(values)
    steep, flat = 1 - rate * values.max(), 1 - rate * values.min()
    slips = {
        "this is 1 − ηL: at small rates the flat direction is the slow one": steep,
        "this is |1 − ηL|: at small rates the flat direction is the slow one": abs(steep),
        "this is 1 − ημ: at large rates the steep direction is worse": flat,
        "this is |1 − ημ|: at large rates the steep direction is worse": abs(flat),
    }
    found = student.worst_factor(A, rate)
    truth = np.linalg.norm(np.eye(len(A)) - rate * A, 2)
    close(found, truth, rtol=1e-6, name="the factor", mistakes=slips)


def rates_of(A):
    flat, steep = np.linalg.eigvalsh(A)
    k = int(np.ceil(np.log(1000) / np.log((steep + flat) / (steep - flat))))
    return {"limit": 2 / steep, "best": 2 / (steep + flat), "steps": k}


@task("learning-rate")
@pytest.mark.parametrize("name", ["limit", "best", "steps"])
def test_own_rate(student, variant, name):
    """The number in `my_rates` is right for the student's own matrix"""
    truths = rates_of(np.array(variant["A"]))
    flat, steep = np.linalg.eigvalsh(variant["A"])
    example = {"limit": 0.5527864, "best": 0.4, "steps": 9}[name]
    slips = {
        "limit": {
            "this is 1/L": 1 / steep,
            "this is 2/μ": 2 / flat,
            "this is the best rate": 2 / (steep + flat),
        },
        "best": {"this is 1/L, not 2/(L + μ)": 1 / steep, "is this 1/(L + μ)?": 1 / (steep + flat)},
        "steps": {"one step less is not yet enough": truths["steps"] - 1},
    }[name]
    found = entry(student.get("my_rates"), name, "my_rates")
    truth, rtol = truths[name], 0 if name == "steps" else 5e-4
    slips["this is the number of the example, not of your matrix"] = example
    close(found, truth, rtol=rtol, name=f'my_rates["{name}"]', mistakes=slips)


# Task 4, minibatches


@task("minibatches", weight=0.5)
@pytest.mark.parametrize(("N", "size"), [(60, 12), (61, 12), (7, 9), (1, 1), (59, 12)])
def test_updates(student, N, size):
    """The number of updates counts a partial batch as one, and no empty one"""
    close(student.updates_per_epoch(N, size), len(range(0, N, size)), name="the number of updates")


@task("minibatches")
@pytest.mark.parametrize(("N", "size"), [(23, 5), (20, 5), (6, 8), (9, 1)], ids=str)
def test_every_row_once(student, rng, N, size):
    """An epoch holds every row exactly once, in batches of the right sizes"""
    seed = int(rng.integers(1000))
    sizes = [len(range(i, min(i + size, N))) for i in range(0, N, size)]
    for epoch in as_epochs(student.minibatches(N, size, 3, seed=seed), N, 3):
        rows = [row for batch in epoch for row in batch]
        if len(rows) == sum(sizes) and len(set(rows)) < N:
            text = "some rows come twice and others never: batches are drawn without replacement"
            raise CheckFailed(text, misconception="replacement")
        equal(sorted(rows), list(range(N)), name="the rows of an epoch, sorted")
        equal([len(batch) for batch in epoch], sizes, name="the sizes of the batches")


@task("minibatches")
@pytest.mark.parametrize("seed", [11, 12, 13])
def test_epochs_are_shuffled(student, seed):
    """Each epoch has an order of its own, which the seed decides"""
    orders = []
    for chosen in (seed, seed + 100):
        found = repeatable(student.minibatches, 40, 8, 3, seed=chosen)
        for epoch in as_epochs(found, 40, 3):
            orders.append([row for batch in epoch for row in batch])
    equal([sorted(order) for order in orders], [list(range(40))] * 6, name="the rows, sorted")
    if len({tuple(order) for order in orders[:3]}) < 3:
        raise CheckFailed("two epochs have the same order: shuffle anew for each")
    if orders[0] == orders[3]:
        raise CheckFailed("two seeds give the same order: is the seed used?")
    pairs = [pair for order in orders for pair in zip(order, order[1:], strict=False)]
    if np.mean([abs(a - b) == 1 for a, b in pairs]) > 0.3:
        raise CheckFailed("rows that are neighbours stay together: shuffle rows, not batches")


@task("minibatches", weight=0.5)
@pytest.mark.parametrize("sizes", [[4, 4, 3], [6, 1], [5, 5, 5, 5]], ids=str)
def test_full_gradient(student, rng, sizes):
    """The gradients of the batches are weighted by their sizes"""
    ends = np.cumsum(sizes)
    X, y, w = rng.normal(size=(ends[-1], 3)), rng.normal(size=ends[-1]), rng.normal(size=3)

    def part(start, end):
        return X[start:end].T @ (X[start:end] @ w - y[start:end]) / (end - start)

    parts = [part(end - size, end) for size, end in zip(sizes, ends, strict=True)]
    slips = {
        "is the last, smaller batch weighted like the others?": np.mean(parts, axis=0),
        "is it the sum of the gradients?": np.sum(parts, axis=0),
        "is the sum divided by N missing?": np.dot(np.array(sizes), parts),
    }
    found = student.full_gradient(parts, sizes)
    unchanged(student)
    close(found, part(0, ends[-1]), name="the gradient", mistakes=slips)


@task("minibatches", weight=2)
@pytest.mark.parametrize(
    ("N", "size", "epochs"), [(14, 4, 3), (6, 6, 2)], ids=["14 rows", "6 rows"]
)
def test_every_update_of_sgd(student, rng, N, size, epochs):
    """`sgd` makes one update for each batch of `minibatches`, each from where the last one led"""
    X = np.column_stack([np.arange(N), rng.normal(size=(N, 2))])
    y, start, seen = X[:, 0] + 0.5, rng.normal(size=3), []
    seed = int(rng.integers(1000))

    def spy(rows, targets, w):
        rows, targets = np.asarray(rows), np.asarray(targets)
        seen.append(([int(row) for row in rows[:, 0]], np.array(w)))
        close(targets, rows[:, 0] + 0.5, name="the targets of a batch")
        return rows.mean(axis=0) / 10 + np.asarray(w) / 5

    w = student.sgd(spy, X, y, start, 0.3, size, epochs, seed=seed)
    unchanged(student)
    shuffled = as_epochs(student.minibatches(N, size, epochs, seed=seed), N, epochs)
    batches = [batch for one in shuffled for batch in one]
    if len(seen) != len(batches):
        raise CheckFailed(f"there are {len(seen)} updates, expected {len(batches)}")
    for (rows, _), batch in zip(seen, batches, strict=True):
        equal(sorted(rows), sorted(batch), name="the rows of a batch")

    def path(scale):
        points = [start]
        for batch in batches:
            slope = X[batch].mean(axis=0) / 10 + points[-1] / 5
            points.append(points[-1] - 0.3 * scale(len(batch)) * slope)
        return points

    truth = path(lambda n: 1)
    scaled = {
        "is the learning rate divided by the batch size? The gradient is a mean": path(
            lambda n: 1 / n
        ),
        "is the learning rate divided by batch_size? The gradient is a mean": path(
            lambda n: 1 / size
        ),
        "is the learning rate multiplied by the size of the batch?": path(lambda n: n),
        "is the learning rate scaled down for the partial batch?": path(lambda n: n / size),
        "is the step taken uphill?": path(lambda n: -1),
    }
    for t, at in enumerate([*(at for _, at in seen), w]):
        slips = {text: points[t] for text, points in scaled.items()}
        close(at, truth[t], name=f"the weights after {t} updates", mistakes=slips)


ENVELOPE = Path(__file__).parent / "reference" / "cpu.json"


@task("minibatches")
def test_sgd_ends_where_it_should(student):
    """Runs of `sgd` from several seeds end with a loss that right solutions reach"""
    X, y = linear_problem()  # public

    def train(seed):
        w = student.sgd(linear_gradient, X, y, np.zeros(3), 0.3, 8, 6, seed=seed)
        return squared_loss(X, y, np.asarray(w))

    convergence.check(train, convergence.read(ENVELOPE, "loss"), name="`sgd`")


# Task 5, momentum


def momentum_walk(params, gradients, rate, beta, average):
    """torch's walk, which knows the sum only: the average is a sum with a shorter rate."""
    rate = rate * (1 - beta) if average else rate
    return torch_walk(torch.optim.SGD, params, gradients, lr=rate, momentum=beta)


@task("momentum", weight=1.5)
@pytest.mark.parametrize("average", [False, True], ids=["sum", "average"])
def test_momentum(student, rng, average):
    """Five steps on three parameters are those of the convention, and no argument is changed"""
    params, gradients = model(rng)
    upwards = [{key: -g for key, g in grads.items()} for grads in gradients]
    slips = {
        "this is the other convention": momentum_walk(params, gradients, 0.2, 0.7, not average),
        "the walk goes uphill: is there a plus before the learning rate?": momentum_walk(
            params, upwards, 0.2, 0.7, average
        ),
        "is the momentum forgotten?": torch_walk(torch.optim.SGD, params, gradients, lr=0.2),
        "are β and 1 − β swapped?": momentum_walk(params, gradients, 0.2, 0.3, average),
        "is the first velocity the bare gradient, as in torch's dampening?": torch_walk(
            torch.optim.SGD, params, gradients, lr=0.2, momentum=0.7, dampening=0.3
        ),
    }
    truths = momentum_walk(params, gradients, 0.2, 0.7, average)

    def step(*at):
        return student.momentum_step(*at, 0.2, 0.7, average)

    walks(student, "momentum_step", step, params, gradients, truths, slips)


@task("momentum", weight=0.5)
def test_momentum_takes_turns(student, rng):
    """Two walks that take turns do not disturb each other"""
    params, gradients = model(rng)
    apart(
        student,
        "momentum_step",
        lambda *at: student.momentum_step(*at, 0.2, 0.7, False),
        lambda *at: momentum_walk(*at, 0.2, 0.7, False),
        params,
        gradients,
    )


@task("momentum", weight=0.5)
@pytest.mark.parametrize("average", [False, True], ids=["sum", "average"])
def test_momentum_of_a_constant_gradient(student, rng, average):
    """Under a constant gradient the steps grow as the geometric series says"""
    start, slope, beta = rng.normal(size=4), rng.normal(size=4), 0.6
    grown = [(1 - beta**t) / (1 if average else 1 - beta) for t in range(1, 6)]
    truths = [{"w": start - 0.2 * total * slope} for total in np.cumsum(grown)]

    def step(*at):
        return student.momentum_step(*at, 0.2, beta, average)

    walks(student, "momentum_step", step, {"w": start}, [{"w": slope}] * 5, truths)


@task("momentum")
@pytest.mark.parametrize("convention", ["sum", "average"])
def test_settings_of_torch(student, variant, rng, convention):
    """With these settings torch makes the steps of the convention, five of them"""
    eta, beta = variant["eta"], variant["beta"]
    params, gradients = model(rng)

    def walk(**settings):
        return torch_walk(torch.optim.SGD, params, gradients, **settings)

    truths = momentum_walk(params, gradients, eta, beta, convention == "average")
    damped = walk(lr=eta, momentum=beta, dampening=1 - beta)
    slips = {
        "dampening = 1 − β leaves the first step undamped": damped,
        "this is the other convention": momentum_walk(
            params, gradients, eta, beta, convention == "sum"
        ),
    }
    settings = settings_of(student, convention)
    found = [at["W"] for at in walk(**settings)]
    slips = {text: [at["W"] for at in slip] for text, slip in slips.items()}
    name, truth = "what torch reaches in five steps", np.array([at["W"] for at in truths])
    close(np.array(found), truth, rtol=5e-4, atol=1e-6, name=name, mistakes=slips)
    close(settings["momentum"], beta, rtol=5e-3, name="the momentum")


@task("momentum", weight=0.5)
@pytest.mark.parametrize("convention", ["sum", "average"])
def test_settings_of_torch_in_the_long_run(student, variant, convention):
    """Under a constant gradient torch's steps tend to what the convention's tend to"""
    eta, beta = variant["eta"], variant["beta"]
    start, slope = {"w": np.array([0.3])}, {"w": np.array([1.7])}
    settings = settings_of(student, convention)
    walk = torch_walk(torch.optim.SGD, start, [slope] * 300, **settings)
    truth = eta * 1.7 / (1 if convention == "average" else 1 - beta)
    close(walk[-2]["w"] - walk[-1]["w"], [truth], rtol=5e-4, name="the length of a late step")


# Task 6, normalised


@task("normalised")
def test_normalised(student, rng):
    """Every entry is divided by its own size plus eps, and zero stays where it is"""
    params, (grads, *_) = model(rng)
    grads["W"][0, 1] = 0.0
    found = student.normalised_step(params, grads, 0.2, 0.3)
    unchanged(student)
    for name, g in grads.items():
        slips = {
            "is eps inside the root?": params[name] - 0.2 * g / np.sqrt(g**2 + 0.3),
            "is eps missing?": params[name] - 0.2 * np.sign(g),
            "is it divided by the length of the whole array?": params[name]
            - 0.2 * g / (np.linalg.norm(g) + 0.3),
            "the walk goes uphill": params[name] + 0.2 * g / (np.abs(g) + 0.3),
            "is it divided by the square, without the root?": params[name] - 0.2 * g / (g**2 + 0.3),
            "is the sign of the gradient lost?": params[name] - 0.2 * np.abs(g) / (np.abs(g) + 0.3),
        }
        truth = params[name] - 0.2 * g / (torch.tensor(g).abs() + 0.3).numpy()
        close(entry(found, name, "the result"), truth, name=name, mistakes=slips)


@task("normalised", weight=0.5)
def test_normalised_does_not_see_the_scale(student, rng):
    """Without eps a gradient a thousand times as large makes the same step"""
    params, (grads, *_) = model(rng)
    large = {name: 1000 * g for name, g in grads.items()}
    found = student.normalised_step(params, large, 0.2, 0.0)
    for name, g in grads.items():
        truth = params[name] - 0.2 * np.where(g > 0, 1.0, -1.0)
        close(entry(found, name, "the result"), truth, name=name)


def rmsprop_walk(params, gradients, rate, gamma, eps, slip=""):
    """The walk with a known slip, or the right one."""
    at, s, found = dict(params), dict.fromkeys(params, 0.0), []
    for grads in gradients:
        for name, g in grads.items():
            new = np.abs(g) if slip == "not squared" else g**2
            before, keep = s[name], 1 - gamma if slip == "swapped" else gamma
            s[name] = keep * s[name] + (1 - keep) * new
            size = before if slip == "old" else s[name]
            root = np.sqrt(size + eps) if slip == "inside" else np.sqrt(size) + eps
            root = size + eps if slip == "no root" else root
            root = np.sqrt(size) if slip == "no eps" else root
            with np.errstate(all="ignore"):
                at[name] = at[name] - (-rate if slip == "uphill" else rate) * g / root
        found.append(dict(at))
    return found


RMSPROP_SLIPS = {
    "inside": "is eps inside the root?",
    "no eps": "is eps missing?",
    "not squared": "is the gradient squared before it is averaged?",
    "swapped": "are γ and 1 − γ swapped?",
    "old": "is s used before it is updated?",
    "no root": "is the root missing?",
    "uphill": "the walk goes uphill",
}


@task("normalised", weight=1.5)
def test_rmsprop(student, rng):
    """Five steps on three parameters are those of torch, and no argument is changed"""
    params, gradients = model(rng)
    truths = torch_walk(torch.optim.RMSprop, params, gradients, lr=0.2, alpha=0.7, eps=0.4)
    slips = {
        text: rmsprop_walk(params, gradients, 0.2, 0.7, 0.4, slip)
        for slip, text in RMSPROP_SLIPS.items()
    }

    def step(*at):
        return student.rmsprop_step(*at, 0.2, 0.7, 0.4)

    walks(student, "rmsprop_step", step, params, gradients, truths, slips)


@task("normalised", weight=0.5)
def test_rmsprop_takes_turns(student, rng):
    """Two walks that take turns do not disturb each other"""
    params, gradients = model(rng)
    apart(
        student,
        "rmsprop_step",
        lambda *at: student.rmsprop_step(*at, 0.2, 0.7, 0.4),
        lambda *at: rmsprop_walk(*at, 0.2, 0.7, 0.4),
        params,
        gradients,
    )


@task("normalised")
def test_cycle(student, variant):
    """`my_cycle` holds where the walk from the student's own start ends"""
    x0, eta = variant["x0"], variant["eta"]
    x = x0
    for _ in range(50):
        x = x - eta * np.sign(x)
    ends = sorted([x, x - eta * np.sign(x)])
    found = student.get("my_cycle")
    slips = {"this is the cycle of the example": [-0.05, 0.05], "this is ±η/2": [-eta / 2, eta / 2]}
    pair = [entry(found, "low", "my_cycle"), entry(found, "high", "my_cycle")]
    close(pair, ends, rtol=0, atol=1e-6, name="[low, high]", mistakes=slips)


# Task 7, adam

ADAM_STEPS = following(
    ADAM,
    dm4_dg4="1 - beta",
    dm4_dg1="dm4_dg4*beta**3",
    dn4_dg="1 - beta**4",
    du_deta="(1 - beta1)/sqrt(1 - beta2)",
)


@task("adam", weight=0.5)
@pytest.mark.parametrize("line", ADAM_STEPS.names)
def test_adam_follows(student, line):
    """The line is right, given the lines above it"""
    ADAM_STEPS.check(student.get("adam_lines"), line)


def adam_walk(params, gradients, rate=0.2, betas=(0.6, 0.85), eps=0.4, slip=""):
    """The walk with a known slip, or the right one."""
    at, found = dict(params), []
    m, v = dict.fromkeys(params, 0.0), dict.fromkeys(params, 0.0)
    b1, b2 = betas[::-1] if slip == "swapped" else betas
    for t, grads in enumerate(gradients, 1):
        t = 1 if slip == "t stays" else t + 1 if slip == "t ahead" else t
        for name, g in grads.items():
            m[name] = b1 * m[name] + (1 - b1) * g
            v[name] = b2 * v[name] + (1 - b2) * (np.abs(g) if slip == "not squared" else g**2)
            c1 = 1 if slip in ("no correction", "no first") else 1 - b1**t
            c2 = 1 if slip in ("no correction", "no second") else 1 - b2**t
            if slip == "notes":
                c1 = c2
            mean, square = m[name] / c1, v[name] / c2
            if slip == "kept":
                m[name], v[name] = mean, square
            root = np.sqrt(square) + eps
            root = np.sqrt(square + eps) if slip == "inside" else root
            root = np.sqrt(square) if slip == "no eps" else root
            root = (
                np.sqrt(v[name]) / np.sqrt(c2) + eps / np.sqrt(c2) if slip == "early eps" else root
            )
            root = square + eps if slip == "no root" else root
            at[name] = at[name] - (-rate if slip == "uphill" else rate) * mean / root
        found.append(dict(at))
    return found


ADAM_SLIPS = {
    "no correction": "is the bias correction missing?",
    "no first": "is the bias correction of m missing?",
    "no second": "is the bias correction of v missing?",
    "notes": "is m divided by the correction of v, as notes 000 print it?",
    "t stays": "does t grow from step to step?",
    "t ahead": "is t one ahead? In the first step t = 1",
    "kept": "do the corrected averages go into the state? They are for one step only",
    "inside": "is eps inside the root?",
    "early eps": "is eps added before the bias correction?",
    "no eps": "is eps missing?",
    "no root": "is the root missing?",
    "swapped": "are the betas swapped?",
    "not squared": "is the gradient squared before it goes into v?",
    "uphill": "the walk goes uphill",
}


@task("adam", weight=3)
@pytest.mark.parametrize("betas", [(0.6, 0.85), (0.9, 0.99)], ids=str)
def test_adam(student, rng, betas):
    """Five steps on three parameters are those of torch, and no argument is changed"""
    params, gradients = model(rng)
    truths = torch_walk(torch.optim.Adam, params, gradients, lr=0.2, betas=betas, eps=0.4)
    slips = {
        text: adam_walk(params, gradients, betas=betas, slip=slip)
        for slip, text in ADAM_SLIPS.items()
    }

    def step(*at):
        return student.adam_step(*at, 0.2, betas, 0.4)

    walks(student, "adam_step", step, params, gradients, truths, slips)


@task("adam")
def test_adam_takes_turns(student, reference, rng):
    """Two walks that take turns do not disturb each other"""
    params, gradients = model(rng)
    apart(
        student,
        "adam_step",
        lambda *at: student.adam_step(*at, 0.2, (0.6, 0.85), 0.4),
        adam_walk,
        params,
        gradients,
    )
    ours, _ = reference.adam_step(params, gradients[0], None, 0.2, (0.6, 0.85), 0.4)
    found, _ = stepped(
        student.adam_step(params, gradients[0], None, 0.2, (0.6, 0.85), 0.4), "adam_step"
    )
    close(found, ours, name="the parameters")


@task("adam")
def test_adam_by_default(student, rng):
    """The defaults are those of the first line, seen with tiny gradients, too"""
    start = rng.normal(size=(3, 2))
    gradients = [{"w": rng.uniform(1e-8, 5e-8, (3, 2))} for _ in range(3)]
    truths = torch_walk(torch.optim.Adam, {"w": start}, gradients)
    state, params = None, {"w": start}
    for t, grads in enumerate(gradients):
        params, state = stepped(student.adam_step(params, grads, state), "adam_step")
        moved = np.asarray(entry(params, "w", "the parameters")) - start
        close(moved, truths[t]["w"] - start, rtol=1e-6, atol=1e-12, name="the way from the start")


@task("adam")
def test_adam_of_a_constant_gradient(student, rng):
    """With the correction, every step under a constant gradient has the same length"""
    start, slope = rng.normal(size=(4, 1)), rng.normal(size=(4, 1))
    one = 0.2 * slope / (np.abs(slope) + 0.4)
    truths = [{"w": start - t * one} for t in range(1, 7)]

    def step(*at):
        return student.adam_step(*at, 0.2, (0.6, 0.85), 0.4)

    walks(student, "adam_step", step, {"w": start}, [{"w": slope}] * 6, truths)


# Task 8, recipe


@task("recipe", weight=0.5)
@pytest.mark.parametrize("every", [1, 3, 4])
def test_step_decay(student, every):
    """The rate falls after every `every` updates, and not before"""
    rates = torch_schedule(lambda o: torch.optim.lr_scheduler.StepLR(o, every, 0.7), 14, 0.3)
    found = [student.step_decay(t, 0.3, 0.7, every) for t in range(14)]
    slips = {"is it one update early?": [0.3 * 0.7 ** ((t + 1) // every) for t in range(14)]}
    close(found, rates, name="the rates", mistakes=slips)


@task("recipe", weight=0.25)
@pytest.mark.parametrize("factor", [0.8, 0.35])
def test_exponential_decay(student, reference, factor):
    """The rate is multiplied by the factor after each update"""
    found = [student.exponential_decay(t, 0.3, factor) for t in range(9)]
    slips = {
        "is it one update early?": [0.3 * factor ** (t + 1) for t in range(9)],
        "is this exp(−factor·t)? The factor is a factor": [
            0.3 * np.exp(-factor * t) for t in range(9)
        ],
    }
    close(found, [0.3 * factor**t for t in range(9)], name="the rates", mistakes=slips)
    ours = reference.exponential_decay(3, 0.3, factor)
    close(found[3], ours, name="the rate of update 3")


def cosine(t, base, final, total):
    return float(final + (base - final) * np.cos(np.pi * t / total / 2) ** 2)


@task("recipe", weight=0.5)
def test_cosine_decay(student):
    """The rate follows half a cosine from `base` to `final`"""
    found = [student.cosine_decay(t, 0.9, 0.15, 11) for t in range(12)]
    slips = {
        "does it end at 0 instead of final?": [cosine(t, 0.9, 0.0, 11) for t in range(12)],
        "is it a quarter of a period? The cosine goes down to −1": [
            0.15 + 0.75 * float(np.cos(np.pi * t / 22)) for t in range(12)
        ],
        "does it begin at base + final?": [0.15 + cosine(t, 0.9, 0.0, 11) for t in range(12)],
    }
    close(found, [cosine(t, 0.9, 0.15, 11) for t in range(12)], name="the rates", mistakes=slips)


@task("recipe", weight=0.5)
@pytest.mark.parametrize(("warmup", "total"), [(1, 5), (5, 13)], ids=str)
def test_warmup(student, warmup, total):
    """The rate rises in equal parts to `base`, and then follows a cosine to `final`"""
    updates = range(total + 1)

    def rates(early=0, clock=warmup, end=total - warmup):
        rising = [0.9 * (t + 1 - early) / warmup for t in updates if t < warmup]
        return rising + [cosine(t - clock, 0.9, 0.15, end) for t in updates if t >= warmup]

    slips = {
        "does it begin at 0? The first update already learns": rates(early=1),
        "does the cosine begin at update 0 instead of after the warm-up?": rates(0, 0, total),
        "does the cosine end too late?": rates(end=total),
    }
    found = [student.warmup_cosine(t, 0.9, 0.15, warmup, total) for t in updates]
    close(found, rates(), name="the rates", mistakes=slips)


def adam_at(params, grads, state, learning_rate):
    """One step of the right Adam, whose state is the list of all gradients so far."""
    seen = [*(state or []), {name: np.asarray(g) for name, g in grads.items()}]
    walk = [dict.fromkeys(params, 0.0), *adam_walk(dict.fromkeys(params, 0.0), seen, learning_rate)]
    moved = {name: np.asarray(p) + walk[-1][name] - walk[-2][name] for name, p in params.items()}
    return moved, seen


def decayed_walk(params, gradients, kind):
    """torch's Adam with the decay of this kind."""
    optimiser = {"l2_step": torch.optim.Adam, "decoupled_step": torch.optim.AdamW}[kind]
    settings = {"lr": 0.2, "betas": (0.6, 0.85), "eps": 0.4, "weight_decay": 0.5}
    return torch_walk(optimiser, params, gradients, **settings)


def shrunk_walk(params, gradients, part):
    """Adam's walk, after each step of which `part(before, after)` is taken off."""
    at, state, found = dict(params), None, []
    for grads in gradients:
        moved, state = adam_at(at, grads, state, 0.2)
        at = {name: moved[name] - part(at[name], moved[name]) for name in at}
        found.append(at)
    return found


@task("recipe", weight=1.5)
@pytest.mark.parametrize("kind", ["l2_step", "decoupled_step"])
def test_decay_in_adam(student, rng, kind):
    """Around Adam the decay makes the steps of torch's Adam (L2) or AdamW (decoupled)"""
    params, gradients = model(rng)
    (other,) = {"l2_step", "decoupled_step"} - {kind}
    slips = {
        "this is the other kind of decay": decayed_walk(params, gradients, other),
        "is the decay missing?": adam_walk(params, gradients),
        "is the learning rate missing in the decay?": shrunk_walk(
            params, gradients, lambda before, after: 0.5 * before
        ),
        "is the decay taken of the parameters after the step?": shrunk_walk(
            params, gradients, lambda before, after: 0.1 * after
        ),
        "do the weights grow instead of shrink?": shrunk_walk(
            params, gradients, lambda before, after: -0.1 * before
        ),
        "is the gradient of λ‖θ‖² taken, twice that of the text?": torch_walk(
            torch.optim.Adam,
            params,
            gradients,
            lr=0.2,
            betas=(0.6, 0.85),
            eps=0.4,
            weight_decay=1.0,
        ),
    }

    def step(at, grads, state):
        return getattr(student, kind)(adam_at, at, grads, state, 0.2, 0.5)

    walks(student, kind, step, params, gradients, decayed_walk(params, gradients, kind), slips)


# Task 9, minimum-norm

RESIDUAL_STEPS = following(RESIDUAL, dR_dr="r", dR_dx="dR_dr @ A")


@task("minimum-norm", weight=0.5)
@pytest.mark.parametrize("line", RESIDUAL_STEPS.names)
def test_step_of_the_residual(student, line):
    """The line is right, given the lines above it"""
    RESIDUAL_STEPS.check(student.get("minimum_norm_lines"), line)


SHAPES = [(2, 5), (1, 3), (4, 6)]


@task("minimum-norm")
@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_split(student, reference, rng, shape):
    """The row part is a combination of rows, and the null part orthogonal to all rows"""
    A, x = rng.normal(size=shape), rng.normal(size=shape[1])
    row, null = unpack(student.split(A, x), 2, name="the result of `split`")
    unchanged(student)
    truth = A.T @ np.linalg.lstsq(A.T, x, rcond=None)[0]
    close(row, truth, name="the row part", mistakes={"are the two parts swapped?": x - truth})
    close(null, x - truth, name="the null part")
    close((row, null), reference.split(A, x), name="the two parts")


@task("minimum-norm")
@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_limit_of_descent(student, rng, shape):
    """From zero the limit has the smallest norm, from elsewhere it is the closest solution"""
    A, b, start = rng.normal(size=shape), rng.normal(size=shape[0]), rng.normal(size=shape[1])
    smallest = A.T @ np.linalg.solve(A @ A.T, b)
    close(student.descent_limit(A, b, np.zeros(shape[1])), smallest, name="the limit from zero")
    truth = start + np.linalg.lstsq(A, b - A @ start, rcond=None)[0]
    slips = {
        "this is A⁺b, the limit from zero only": smallest,
        "is A·start forgotten? b − A·start is what is left to do": start + smallest,
    }
    found = student.descent_limit(A, b, start)
    unchanged(student)
    close(found, truth, name="the limit", mistakes=slips)


# Task 10, adam-fails


def game(C, rounds, start, step, period=1):
    path, state = [start], None
    for t in range(1, rounds + 1):
        x, state = step(path[-1], C if t % 3 == period else -1.0, state)
        path.append(float(np.clip(x, -1, 1)))
    return path


def adam_player(x, g, state):
    v, t = (0.0, 1) if state is None else state
    v = 0.1 * v + 0.9 * g**2
    return float(x - 0.3 * g / np.sqrt(v * t)), (v, t + 1)


@task("adam-fails", weight=1.5)
@pytest.mark.parametrize(("C", "start"), [(3.0, 0.0), (4.5, -0.8)], ids=str)
def test_game(student, reference, C, start):
    """The positions of a game with Adam are right, from round 0 to the last"""
    truth = game(C, 40, start, adam_player)
    slips = {
        "does the large gradient come in the wrong rounds?": game(C, 40, start, adam_player, 0),
        "the first large gradient comes in round 1, not in round 2": game(
            C, 40, start, adam_player, 2
        ),
        "is the state passed on?": game(C, 40, start, lambda x, g, _: adam_player(x, g, None)),
    }
    found = student.play(adam_player, C, 40, start)
    close(found, truth, name="the positions", mistakes=slips)
    close(reference.play(adam_player, C, 40, start), truth, name="our positions")


@task("adam-fails")
def test_walls(student):
    """The position is clipped at both walls, before the next round"""
    slips = {"is x clipped at the walls?": [0.2, -3.8, -2.8, -1.8, -5.8]}

    def step(x, g, state):
        return x - g, state

    found = student.play(step, 4.0, 4, 0.2)
    close(found, [0.2, -1.0, 0.0, 1.0, -1.0], name="the positions", mistakes=slips)
    close(student.play(lambda x, g, s: (x - 2 * g, s), 2.5, 3, 0.6), [0.6, -1.0, 1.0, 1.0])


def drifts(C):
    """The drifts in three rounds, from the fixed point of v over three rounds."""
    b = 1 / (1 + C**2)
    large = (1 - b) * (C**2 + b + b**2) / (1 - b**3)
    small = b * large + 1 - b
    smaller = b * small + 1 - b
    adam = 1 / np.sqrt(small) + 1 / np.sqrt(smaller) - C / np.sqrt(large)
    return {"sgd": 2 - C, "adam": adam, "amsgrad": (2 - C) / np.sqrt(large)}


@task("adam-fails")
@pytest.mark.parametrize("name", ["sgd", "adam", "amsgrad"])
def test_drift(student, variant, name):
    """The drift in `my_drift` is right for the student's own C"""
    C = variant["C"]
    slips = {
        "the sign is the other way round: x moves against the gradient": -drifts(C)[name],
        "this is the drift of the example, not of your C": drifts(3.0)[name],
        "this is the drift in one round, on average": drifts(C)[name] / 3,
    }
    found = entry(student.get("my_drift"), name, "my_drift")
    close(found, drifts(C)[name], rtol=1e-6, atol=0, name=f'my_drift["{name}"]', mistakes=slips)
