"""The marking checks of `optimizers`: other sizes, other seeds, an oracle of their own.

Oracles: the optimisers and schedulers of torch in float64, autograd, closed forms, and
`reference`, our own solution. Wherever there are several steps the gradients change, and eps and
betas are large enough to be seen. Steps are also tried with everything new but the state.
"""

from functools import partial
from pathlib import Path

import numpy as np
import pytest
import torch
from checks import (
    ADAM,
    CURVED,
    GRADIENTS,
    RESIDUAL,
    adam_at,
    as_epochs,
    between,
    curved,
    drawn_walk,
    follow,
    follow_changes,
    held,
    linear_gradient,
    linear_problem,
    settings_of,
    small_model,
    squared_loss,
    torch_rates,
    torch_walk,
)

from autograder.checks import (
    Function,
    arg,
    close,
    convergence,
    entry,
    equal,
    repeatable,
    task,
    unchanged,
    unpack,
)

TINY = 1e-12  # In batteries: no number is so small that it counts as zero.

# Task 1, descent

STEPS = {"learning_rate": 0.2, "tolerance": arg.optional(1e-4), "max_steps": arg.optional(6)}


@Function.of({"gradient": lambda rng: np.sinh, "start": "*S", **STEPS}, returns="the path")
def gradient_descent(gradient, start, learning_rate, tolerance=1e-4, max_steps=100):
    """The path of torch's SGD."""
    leaf = torch.nn.Parameter(torch.tensor(start, dtype=torch.float64))
    optimiser, points = torch.optim.SGD([leaf], lr=learning_rate), [start]
    while len(points) <= max_steps:
        leaf.grad = torch.tensor(gradient(points[-1]), dtype=torch.float64)
        if leaf.grad.norm() <= tolerance:
            break
        optimiser.step()
        points.append(leaf.detach().numpy().copy())
    return points


DESCENTS = {
    "where there is no step to make": {"max_steps": 0},
    "where the tolerance is 0": {
        "gradient": lambda x: np.sign(x) * np.maximum(np.abs(x) - 2.0**-20, 0),
        "start": np.array([0.5, -0.25]),
        "learning_rate": 1.0,
        "tolerance": 0.0,
    },
    "where the walk goes in a circle": {"gradient": lambda x: 1.0 * x, "learning_rate": 2.0},
    "where the walk flees": {"gradient": lambda x: 1.0 * x, "learning_rate": 40.0, "max_steps": 9},
    "where steps are short": {"learning_rate": 1e-9},
    "where steps are too short to be seen": {"learning_rate": 1e-30},
    "where the start is far away": {"start": np.array([3e9, -2e8])},
    "where gradient and tolerance are tiny": {
        "gradient": lambda x: 1e-12 * x,
        "learning_rate": 3e11,
        "tolerance": 1e-14,
    },
    "where the start has three axes": {"S": (2, 3, 2)},
    "where no row, column or entry of the gradient is long": {
        "gradient": lambda x: np.eye(2),
        "start": np.ones((2, 2)),
        "tolerance": 1.2,
    },
}


@task("descent", weight=2)
def test_descent_from_anywhere(student, reference, rng):
    """The path is that of torch.optim.SGD for starts of all shapes and sizes, call after call"""
    given = {"gradient": np.arctan, "max_steps": 6}
    gradient_descent.battery(student, rng, reference, also=DESCENTS, **given)


@task("descent")
@pytest.mark.parametrize("tolerance", [5.0, 4.999, 6.5], ids=["equal", "longer", "shorter"])
def test_descent_looks_at_the_length(student, rng, tolerance):
    """The Euclidean length of the gradient decides, and equal to the tolerance is short enough"""
    slope = np.array([3.0, -4.0])
    steps = {"tolerance": tolerance, "max_steps": 3}
    gradient_descent.check(student, rng, gradient=lambda x: slope, S=2, **steps)


@task("descent")
def test_descent_by_one_slope(student, rng):
    """Nothing is written into what `gradient` returns"""
    start, slope = rng.normal(size=3), rng.uniform(1, 2, size=3)
    kept = held(student, slope)
    path = student.gradient_descent(lambda x: kept, start, 0.3, max_steps=4)
    close(path, start - 0.3 * slope * np.arange(5)[:, None], name="the path")


@task("descent")
@pytest.mark.parametrize("slope", [1.0001e-4, -0.9999e-4], ids=["above", "below"])
def test_descent_by_default(student, rng, slope):
    """The tolerance is 1e-4 and the most steps are 100, when nothing is said"""
    gradient_descent.check(student, rng, gradient=lambda x: slope, start=2.0, learning_rate=0.5)


# Task 2, regression


@task("regression")
@pytest.mark.parametrize("name", GRADIENTS)
def test_gradient_of_a_regression(student, reference, rng, name):
    """The gradient agrees with autograd in all sizes, for unusual numbers and call after call"""
    GRADIENTS[name].battery(student, rng, reference, also={"where D > N": {"N": 2, "D": 6}})


LEAST_SQUARES = Function(
    "least_squares",
    {"X": lambda rng, N, D: rng.normal(size=(N, D)) + 3 * np.eye(N, D), "y": "N"},
    truth=lambda X, y: np.linalg.lstsq(X, y, rcond=None)[0],
    returns="the weights",
    sizes={"N": range(5, 10), "D": range(1, 6)},
    atol=1e-8,
    tiny=TINY,
)


def scaled(*scales):
    """Draw independent columns of these sizes."""
    own = np.array(scales)
    return arg.own(lambda rng, N: own * (rng.normal(size=(N, len(own))) + 3 * np.eye(N, len(own))))


DESIGNS = {
    "where columns differ in size": {"X": scaled(1.0, 3e-4, 50.0)},
    "where all numbers of X are tiny": {"X": scaled(1e-6, 1e-6)},
    "where all numbers of X are large": {"X": scaled(1e5, 1e5)},
    "where columns are orthogonal": {"X": np.eye(6, 3) * [2.0, 1.0, 3.0], "N": 6},
    "where a column is constant": {"X": np.vander(np.arange(7.0), 2), "N": 7},
}


@task("regression")
def test_closed_form(student, reference, rng):
    """`least_squares` agrees with numpy's solution, for columns of all sizes, call after call"""
    LEAST_SQUARES.battery(student, rng, reference, also=DESIGNS)


# Task 3, learning-rate

CURVED_STEPS = CURVED.following({"dx1_dx": "1 - a*eta", "dx3_dx": "dx1_dx*dx1_dx*dx1_dx"})


@task("learning-rate", weight=0.5)
@pytest.mark.parametrize("line", CURVED_STEPS.names)
def test_step_of_the_rate(student, line):
    """The line is right, given the lines above it"""
    CURVED_STEPS.check(student.get("learning_rate_lines"), line)


MATRIX = {"A": lambda rng, D: curved(rng, rng.uniform(0.2, 9, size=D))}


@Function.of(MATRIX, returns="the limit", rtol=1e-6)
def learning_rate_limit(A):
    return 2 / np.linalg.norm(A, 2)


@Function.of({**MATRIX, "learning_rate": 0.1}, returns="the factor", rtol=1e-6)
def worst_factor(A, learning_rate):
    return np.linalg.norm(np.eye(len(A)) - learning_rate * A, 2)


def along(*eigenvalues, scale=1.0):
    """Draw a matrix with these eigenvalues."""
    return arg.own(lambda rng: scale * curved(rng, eigenvalues))


VALLEYS = {
    "for known eigenvalues": {"A": along(0.7, 1.9, 5.3, 2.2)},
    "for a diagonal that rises": {"A": np.diag([0.3, 2.0, 9.0])},
    "for a diagonal that falls": {"A": np.diag([9.0, 2.0, 0.3])},
    "for a diagonal with its ends in the middle": {"A": np.diag([2.0, 9.0, 0.3, 4.0])},
    "where all eigenvalues are equal": {"A": 2.5 * np.eye(2)},
    "where two eigenvalues are equal": {"A": along(5.0, 0.4, 5.0)},
    "where two eigenvalues are nearly equal": {"A": along(5.0, 4.995, 0.4)},
    "where rows add up to the same": {"A": np.array([[5.0, -1.0], [-1.0, 5.0]])},
    "for a tiny matrix": {"A": along(0.3, 0.9, scale=1e-9)},
    "for a large matrix": {"A": along(0.3, 0.9, scale=1e5)},
    "where one direction is nearly flat": {"A": along(1e-5, 0.4, 5.0)},
}
RATES = {
    f"for the rate {rate:g}": {"A": along(9.1, 0.2, 4.0), "learning_rate": rate}
    for rate in (1e-3, 0.05, 0.21, 0.36, 0.9, 50.0)
}


@task("learning-rate")
def test_limit(student, reference, rng):
    """`learning_rate_limit` is 2/L, for diagonals, ties and all sizes, call after call"""
    learning_rate_limit.battery(student, rng, reference, also=VALLEYS)


@task("learning-rate", weight=2)
def test_factor(student, reference, rng):
    """`worst_factor` is ρ for small, middling and too large rates on all kinds of matrices"""
    worst_factor.battery(student, rng, reference, also={**VALLEYS, **RATES})


@task("learning-rate")
@pytest.mark.parametrize("name", ["limit", "best", "steps"])
def test_own_rate(student, variant, name):
    """The number in `my_rates` is right for the student's own matrix"""
    flat, steep = np.linalg.eigvalsh(variant["A"])
    steps = np.ceil(np.log(1000) / np.log((steep + flat) / (steep - flat)))
    truth = {"limit": 2 / steep, "best": 2 / (steep + flat), "steps": steps}[name]
    mistakes = {
        "limit": {"this is 2/μ": 2 / flat, "this is the best rate": 2 / (steep + flat)},
        "best": {"this is 1/L, not 2/(L + μ)": 1 / steep},
        "steps": {"one step less is not yet enough": steps - 1},
    }[name]
    found, rtol = entry(student.get("my_rates"), name, "my_rates"), 0 if name == "steps" else 5e-4
    close(found, truth, rtol=rtol, name=f'my_rates["{name}"]', mistakes=mistakes)


# Task 4, minibatches


@task("minibatches")
@pytest.mark.parametrize(("N", "size"), [(23, 5), (20, 5), (6, 8), (9, 1)], ids=str)
def test_every_row_once(student, rng, N, size):
    """An epoch holds every row exactly once, in batches of the right sizes"""
    seed = int(rng.integers(1000))
    for epoch in as_epochs(student.minibatches(N, size, 3, seed=seed), 3):
        rows = sorted(row for batch in epoch for row in batch)
        equal(rows, list(range(N)), name="the rows of an epoch, sorted")
        sizes = [min(size, N - i) for i in range(0, N, size)]
        equal([len(batch) for batch in epoch], sizes, name="the sizes of the batches")


@task("minibatches")
@pytest.mark.parametrize("seed", [11, 12, 13])
def test_epochs_are_shuffled(student, seed):
    """Each epoch has an order of its own, which the seed decides, and every row its own place"""
    found = [repeatable(student.minibatches, 40, 8, 3, seed=s) for s in (seed, seed + 100)]
    orders = [sum(epoch, []) for epochs in found for epoch in as_epochs(epochs, 3)]
    equal([sorted(order) for order in orders], [list(range(40))] * 6, name="the rows, sorted")
    assert len(set(map(tuple, orders[:3]))) == 3, "the number of different orders in three epochs"
    assert orders[0] != orders[3], "two seeds give the same order: is the seed used?"
    neighbours = np.mean([np.abs(np.diff(order)) == 1 for order in orders])
    assert neighbours < 0.3, "neighbours stay together: shuffle rows, not batches"


def fair(orders, name):
    """Require that the orders of four rows are about equally frequent, and not exactly.

    24 frequencies make a χ² with 23 degrees of freedom. A right answer leaves these bounds fewer
    than 4 times in 10⁷, and a check asks twice.
    """
    _, counts = np.unique(orders, axis=0, return_counts=True)
    counts, expected = np.append(counts, np.zeros(24 - len(counts))), len(orders) / 24
    spread = np.sum((counts - expected) ** 2) / expected
    assert spread < 76, f"{name}: some orders of four rows come too often, others too seldom"
    assert spread > 2.6, f"{name}: all orders of four rows come equally often, which no chance does"


def orders_of_four(epochs):
    """The order of four rows in each epoch, and what it is when seen from the epoch before."""
    orders = [sum(epoch, []) for epoch in as_epochs(epochs, len(epochs))]
    equal(sorted({tuple(sorted(order)) for order in orders}), [(0, 1, 2, 3)], name="sorted rows")
    orders = np.array(orders)
    return orders, np.take_along_axis(np.argsort(orders[:-1], axis=1), orders[1:], axis=1)


@task("minibatches")
def test_every_order_is_as_likely(student, rng):
    """In thousands of epochs every order of four rows comes about as often, after any other"""
    found = student.minibatches(4, 4, 2800, seed=int(rng.integers(1000)))
    orders, after = orders_of_four(unpack(found, 2800, name="the list of epochs"))
    fair(orders, "in the epochs of one call")
    fair(after, "in an epoch, seen from the one before")


@task("minibatches")
def test_every_seed_is_another(student, rng):
    """Seeds in a row have nothing to do with each other, and one seed has the same orders again"""
    first = int(rng.integers(1000))
    found, _ = student.minibatches.each([((4, 3, 1, first + i), {}) for i in range(480)])
    orders, after = orders_of_four(
        [unpack(each, 1, name="the list of epochs")[0] for each in found]
    )
    fair(orders, "in the first epochs of many seeds")
    fair(after, "from one seed to the next")
    found, _ = student.minibatches.each([((25, 9, 4, first + i), {}) for i in (0, 1, 2, 3, 0)])
    *orders, again = ([sum(epoch, []) for epoch in as_epochs(each, 4)] for each in found)
    different = {tuple(order) for of_a_seed in orders for order in of_a_seed}
    equal(len(different), 16, name="the number of different orders in 4 epochs of 4 seeds")
    equal(again, orders[0], name="the orders of a seed, once its batches have been written to")


UPDATES = Function(
    "updates_per_epoch",
    {"N": arg.size("N"), "batch_size": arg.size("B")},
    truth=lambda N, batch_size: len(range(0, N, batch_size)),
    returns="the number of updates",
    exact=True,
)
ENDS = [(10_001, 10_000), (9, 3), (15, 3), (12, 4), (60_001, 60_000), (1, 1)]


@task("minibatches", weight=0.5)
def test_number_of_updates(student, reference, rng):
    """`updates_per_epoch` is a whole number, right where a row is left over and where none is"""
    also = {f"for {N} rows in batches of {B}": {"N": N, "B": B} for N, B in ENDS}
    UPDATES.battery(student, rng, reference, also=also)
    found = np.asarray(student.updates_per_epoch(7, 2))
    assert found.dtype.kind in "iu", "the number of updates must be an int"


FULL = Function(
    "full_gradient",
    {
        "gradients": lambda rng, K, D: list(rng.normal(size=(K, D))),
        "sizes": lambda rng, K: [int(n) for n in rng.integers(1, 9, size=K)],
    },
    truth=lambda gradients, sizes: np.dot(sizes, gradients) / sum(sizes),
    returns="the gradient",
    tiny=TINY,
)
SAME_SIZES = {
    "where all sizes are equal": {"K": 4, "sizes": [8, 8, 8, 8]},
    "where two sizes are equal": {"K": 4, "sizes": [1, 6, 6, 2]},
    "where two batches are the same": {"gradients": [np.ones(3)] * 2, "sizes": [2, 2]},
    "where all gradients are zero": {"K": 2, "gradients": [np.zeros(3), np.zeros(3)]},
    "where gradients are large": {"K": 2, "gradients": [np.full(3, 1e6), np.arange(3.0)]},
}


@task("minibatches")
def test_whole_of_any_batches(student, reference, rng):
    """`full_gradient` weights any number of batches by their sizes, call after call"""
    FULL.battery(student, rng, reference, also=SAME_SIZES)


def slope_of_squares(X, y, w):
    """The slope of the mean of squares, halved."""
    X = np.asarray(X)
    return X.T @ (X @ np.asarray(w) - np.asarray(y)) / len(X)


DATA = {"gradient": lambda rng: slope_of_squares, "X": "N D", "y": "N", "start": "D"}
ONE_BATCH = {"batch_size": lambda rng, N: N + int(rng.integers(3)), "epochs": 3, "seed": arg.seed()}


@Function.of({**DATA, "learning_rate": 0.1, **ONE_BATCH}, returns="the array of weights", tiny=TINY)
def sgd(gradient, X, y, start, learning_rate, batch_size, epochs, seed):
    """Where a single batch is the whole, whatever its order."""
    w = start
    for _ in range(epochs):
        w = w - learning_rate * gradient(X, y, w)
    return w


@task("minibatches")
def test_sgd_with_a_single_batch(student, reference, rng):
    """With one batch for all rows `sgd` is gradient descent, in all sizes, call after call"""
    also = {"where there is no epoch": {"epochs": 0}, "where there is one epoch": {"epochs": 1}}
    sgd.battery(student, rng, reference, also=also)


WALKS_OF_SGD = {
    "batches of 4": (14, 4, 3, 1.0),
    "the whole": (6, 6, 2, 1.0),
    "one left over": (9, 4, 2, 1.0),
    "single rows": (5, 1, 2, 1.0),
    "long gradients": (7, 3, 2, 1e5),
    "no gradient": (7, 3, 2, 0.0),
    "a batch without a gradient": (7, 3, 2, -1.0),
    "one gradient for all": (7, 3, 2, None),
}


@task("minibatches", weight=2)
@pytest.mark.parametrize("walk", WALKS_OF_SGD)
def test_every_update_of_sgd(student, rng, walk):
    """`sgd` makes one update for each batch of `minibatches`, each from where the last one led"""
    N, size, epochs, scale = WALKS_OF_SGD[walk]
    X = np.column_stack([np.arange(N), rng.normal(size=(N, 2))])
    y, start, seen = X[:, 0] + 0.5, rng.normal(size=3), []
    seed, one = int(rng.integers(1000)), rng.uniform(1, 2, size=3)
    kept = held(student, one)

    def slope(rows, w, number):
        if scale is None:
            return one
        # A negative scale: none at first, and then as usual.
        now = 0.0 if scale < 0 and number < 2 else abs(scale)
        return now * (np.asarray(rows).mean(axis=0) / 10 + np.asarray(w) / 5)

    def spy(rows, targets, w):
        rows, targets = np.asarray(rows), np.asarray(targets)
        seen.append(([int(row) for row in rows[:, 0]], np.array(w)))
        close(targets, rows[:, 0] + 0.5, name="the targets of a batch")
        return kept if scale is None else slope(rows, w, len(seen) - 1)

    w = student.sgd(spy, X, y, start, 0.3, size, epochs, seed=seed)
    unchanged(student)  # public
    batches = sum(as_epochs(student.minibatches(N, size, epochs, seed=seed), epochs), [])
    equal(len(seen), len(batches), name="the number of updates")
    at = start
    for t, ((rows, found), batch) in enumerate(zip(seen, batches, strict=True)):
        equal(sorted(rows), sorted(batch), name="the rows of a batch")
        close(found, at, name=f"the array of weights after {t} updates")
        at = at - 0.3 * slope(X[batch], at, t)
    close(w, at, name="the array of weights at the end")


ENVELOPE = Path(__file__).parent / "reference" / "cpu.json"


@task("minibatches")
def test_sgd_ends_where_it_should(student):
    """Runs of `sgd` from several seeds end with a loss that right solutions reach"""
    X, y = linear_problem()  # public

    def train(seed):
        w = student.sgd(linear_gradient, X, y, np.zeros(3), 0.3, 8, 6, seed=seed)
        return squared_loss(X, y, np.asarray(w))

    convergence.check(train, convergence.read(ENVELOPE, "loss"), name="`sgd`")


# Tasks 5 to 7: steps. A battery sees the first one, a walk what comes after it.

NO_AXES = arg.own(lambda rng: np.array(rng.normal()), "normal")
# Names that mean something elsewhere, to weight decay above all.
OTHERS = {"fc1.bias": "B 1", "LayerNorm.norm.scale": NO_AXES, "embedding": "2 A B"}
MODEL = {"W": "A B", "bias": "B", **OTHERS}
FIRST = {"params": MODEL, "grads": MODEL, "state": None}
MOVED = {0: "the dictionary of parameters"}


def first_step(name, arguments, settings_of):
    """Declare a step; `settings_of(*settings)` returns torch's optimiser, a factor for gradients, and settings."""

    def truth(params, grads, state, *settings, **named):
        optimiser, scale, each = settings_of(*settings, **named)
        scaled = {key: scale * np.asarray(g) for key, g in grads.items()}
        params = {key: np.asarray(p) for key, p in params.items()}
        return torch_walk(optimiser, params, [scaled], **each)[0], None

    return Function(name, arguments, truth=truth, returns=MOVED, tiny=TINY)


def without_eps(rng, step):
    """A call where nothing but the gradients, which are tiny, decides how long a step is."""
    grads = step.draw(rng, A=2, B=3)["grads"]
    tiny = {key: np.asarray(1e-6 * g) for key, g in grads.items()}
    return {"where eps is 0": {"A": 2, "B": 3, "grads": tiny, "eps": 0.0}}


def changing_walk(rng, steps=16):
    """Parameters and gradients of each step, all of them drawn anew.

    Two parameters of each shape, in another order in each step; now and then a gradient is zero,
    from the start or later on, a row of one is, or all are large or small.
    """
    shapes = {"b": (3,), "W2": (2, 3), "0": (), "W1": (2, 3), "a": (3,), "one": (1,), "s": ()}
    shapes["bias"] = (2, 3, 2)
    zeros = {0: ("W1", "s"), 1: ("W1",), 3: ("b",), 4: ("b", "0"), 7: tuple(shapes)}
    sizes, found = {5: 40.0, 9: 1e-3}, []
    for t in range(steps):
        at, down = ({key: np.asarray(rng.normal(size=shapes[key])) for key in shapes} for _ in "ab")
        for key in down:
            down[key][...] *= 0.0 if key in zeros.get(t, ()) else sizes.get(t, 1.0)
        down["W2"][t % 2] *= t % 3 > 0
        found.append([{str(k): d[k] for k in rng.permutation(list(shapes))} for d in (at, down)])
    return found


# Task 5, momentum

TURNS = pytest.mark.parametrize("walks", [1, 2], ids=["one walk", "two that take turns"])


def momentum_settings(rate, beta, average):
    """Return settings of torch, which knows the sum only: the average has a shorter rate."""
    return {"lr": rate * (1 - beta) if average else rate, "momentum": beta}


@task("momentum", weight=1.5)
@TURNS
@pytest.mark.parametrize("average", [False, True], ids=["sum", "average"])
def test_momentum(student, rng, average, walks):
    """Every step is that of the convention, walks know nothing of each other, arguments stay"""
    settings = momentum_settings(0.2, 0.7, average)
    drawn = [drawn_walk(rng, torch.optim.SGD, **settings) for _ in range(walks)]
    follow(student, lambda *at: student.momentum_step(*at, 0.2, 0.7, average), *drawn)


@task("momentum")
@pytest.mark.parametrize("average", [False, True], ids=["sum", "average"])
def test_first_step_of_momentum(student, reference, rng, average):
    """The first step is right in all sizes, for unusual numbers and call after call"""
    model = {"params": MODEL, "grads": MODEL, "velocity": None}
    first = first_step(
        "momentum_step",
        {**model, "learning_rate": 0.2, "beta": 0.7, "average": average},
        lambda rate, beta, average: (torch.optim.SGD, 1 - beta if average else 1, {"lr": rate}),
    )
    first.battery(student, rng, reference)


@task("momentum", weight=1.5)
@pytest.mark.parametrize("average", [False, True], ids=["sum", "average"])
def test_momentum_with_changes(student, rng, average):
    """A step keeps to the parameters, the gradients, the rate and the beta that it is given"""
    rates, betas = rng.uniform(0.05, 0.5, size=16), rng.uniform(0.3, 0.95, size=16)
    # A beta of 0 comes last: after it torch has kept another velocity.
    rates[10], betas[15] = 0.0, 0.0

    def settings(t):
        return 1 - betas[t] if average else 1.0, {"lr": rates[t], "momentum": betas[t]}

    def step(params, grads, velocity, t):
        rate, beta = float(rates[t]), float(betas[t])
        return student.momentum_step(params, grads, velocity, rate, beta, average)

    walker = partial(torch.optim.SGD, lr=1.0, momentum=0.5)
    follow_changes(student, step, changing_walk(rng), walker, settings)


@task("momentum", weight=1.5)
@pytest.mark.parametrize("convention", ["sum", "average"])
def test_settings_of_torch(student, variant, rng, convention):
    """With these settings torch makes the steps of the convention, five of them"""
    settings, (params, gradients) = settings_of(student, convention), small_model(rng)
    right = momentum_settings(variant["eta"], variant["beta"], convention == "average")
    found, truth = (
        [at["W"] for at in torch_walk(torch.optim.SGD, params, gradients, **each)]
        for each in (settings, right)
    )
    close(found, truth, rtol=5e-4, atol=1e-6, name="what torch reaches in five steps")
    close(settings["momentum"], variant["beta"], rtol=5e-3, name="the momentum")


# Task 6, normalised


@Function.of(
    {"params": MODEL, "grads": MODEL, "learning_rate": 0.2, "eps": 0.3},
    returns="the dictionary of parameters",
    tiny=TINY,
)
def normalised_step(params, grads, learning_rate, eps):
    scale = {name: learning_rate / (torch.tensor(g).abs() + eps) for name, g in grads.items()}
    return {name: params[name] - scale[name].numpy() * g for name, g in grads.items()}


@task("normalised")
def test_first_normalised_step(student, reference, rng):
    """Every entry is divided by its size plus eps, in all sizes and call after call"""
    also = {"where eps is tiny": {"eps": 1e-12}, "where eps is large": {"eps": 40.0}}
    also |= without_eps(rng, normalised_step)
    normalised_step.battery(student, rng, reference, also=also)


@task("normalised")
def test_first_step_of_rmsprop(student, reference, rng):
    """The first step of RMSprop is right in all sizes, for unusual numbers and call after call"""
    first = first_step(
        "rmsprop_step",
        {**FIRST, "learning_rate": 0.2, "gamma": 0.7, "eps": 0.4},
        lambda rate, gamma, eps: (torch.optim.RMSprop, 1, {"lr": rate, "alpha": gamma, "eps": eps}),
    )
    first.battery(student, rng, reference, also=without_eps(rng, first))


@task("normalised", weight=1.5)
def test_rmsprop_with_changes(student, rng):
    """A step keeps to the parameters, gradients, rate, gamma and eps that it is given"""
    rates, gammas, eps = rng.uniform((0.05, 0.3, 0.1), (0.5, 0.95, 0.5), size=(16, 3)).T
    gammas[8] = 0.0

    def settings(t):
        return 1.0, {"lr": rates[t], "alpha": gammas[t], "eps": eps[t]}

    def step(params, grads, state, t):
        given = float(rates[t]), float(gammas[t]), float(eps[t])
        return student.rmsprop_step(params, grads, state, *given)

    follow_changes(student, step, changing_walk(rng), torch.optim.RMSprop, settings)


@task("normalised")
@TURNS
def test_rmsprop(student, rng, walks):
    """Every step is that of torch, walks know nothing of each other, arguments stay"""
    settings = {"lr": 0.2, "alpha": 0.7, "eps": 0.4}
    drawn = [drawn_walk(rng, torch.optim.RMSprop, **settings) for _ in range(walks)]
    follow(student, lambda *at: student.rmsprop_step(*at, 0.2, 0.7, 0.4), *drawn)


@task("normalised")
def test_cycle(student, variant):
    """`my_cycle` holds where the walk from the student's own start ends"""
    x, eta = variant["x0"], variant["eta"]
    for _ in range(50):
        x = x - eta * np.sign(x)
    found = [entry(student.get("my_cycle"), name, "my_cycle") for name in ("low", "high")]
    mistakes = {"this is ±η/2, which few starts lead to": [-eta / 2, eta / 2]}
    ends = sorted([x, x - eta * np.sign(x)])
    close(found, ends, rtol=0, atol=1e-6, name="[low, high]", mistakes=mistakes)


# Task 7, adam

ADAM_STEPS = ADAM.following(
    {
        "dm4_dg4": "1 - beta",
        "dm4_dg1": "dm4_dg4*beta**3",
        "dn4_dg": "1 - beta**4",
        "du_deta": "(1 - beta1)/sqrt(1 - beta2)",
    }
)


@task("adam", weight=0.5)
@pytest.mark.parametrize("line", ADAM_STEPS.names)
def test_adam_follows(student, line):
    """The line is right, given the lines above it"""
    ADAM_STEPS.check(student.get("adam_lines"), line)


@task("adam", weight=2)
@TURNS
@pytest.mark.parametrize("betas", [(0.6, 0.85), (0.9, 0.99)], ids=str)
def test_adam(student, rng, betas, walks):
    """Every step is that of torch, walks know nothing of each other, arguments stay"""
    settings = {"lr": 0.2, "betas": betas, "eps": 0.4}
    drawn = [drawn_walk(rng, torch.optim.Adam, **settings) for _ in range(walks)]
    follow(student, lambda *at: student.adam_step(*at, 0.2, betas, 0.4), *drawn)


@task("adam")
def test_first_step_of_adam(student, reference, rng):
    """The first step of Adam is right in all sizes, for unusual numbers and call after call"""
    settings = {"learning_rate": 0.2, "betas": (0.6, 0.85), "eps": 0.4}
    first = first_step(
        "adam_step",
        {**FIRST, **{key: arg.optional(value) for key, value in settings.items()}},
        # The defaults are torch's.
        lambda learning_rate=1e-3, **more: (torch.optim.Adam, 1, {"lr": learning_rate, **more}),
    )
    first.battery(student, rng, reference, learning_rate=0.2, also=without_eps(rng, first))


@task("adam", weight=2)
def test_adam_with_changes(student, rng):
    """A step keeps to the parameters, gradients, rate, betas and eps that it is given"""
    rates, eps, *betas = rng.uniform((0.05, 0.1, 0.3, 0.5), (0.5, 0.5, 0.9, 0.98), size=(16, 4)).T
    betas[0][8] = 0.0
    pairs = [(float(a), float(b)) for a, b in zip(*betas, strict=True)]

    def settings(t):
        return 1.0, {"lr": rates[t], "betas": pairs[t], "eps": eps[t]}

    def step(params, grads, state, t):
        return student.adam_step(params, grads, state, float(rates[t]), pairs[t], float(eps[t]))

    follow_changes(student, step, changing_walk(rng), torch.optim.Adam, settings)


@task("adam")
def test_adam_by_default(student, rng):
    """The defaults are those of the first line, seen with tiny gradients, too"""
    gradients = [{"w": rng.uniform(1e-8, 5e-8, (3, 2))} for _ in range(3)]
    start = {"w": np.zeros((3, 2))}
    # Tiny gradients lead nowhere far: from zero, what is wrong with the way shows.
    walk = start, gradients, torch_walk(torch.optim.Adam, start, gradients)
    follow(student, student.adam_step, walk)


@task("adam")
def test_adam_of_a_constant_gradient(student, rng):
    """With the correction, every step under a constant gradient has the same length"""
    start, slope = rng.normal(size=(4, 1)), rng.normal(size=(4, 1))
    one = 0.2 * slope / (np.abs(slope) + 0.4)
    truths = [{"w": start - t * one} for t in range(1, 7)]
    walk = {"w": start}, [{"w": slope}] * 6, truths
    follow(student, lambda *at: student.adam_step(*at, 0.2, (0.6, 0.85), 0.4), walk)


# Task 8, recipe


def schedule(name, late, **settings):
    """Declare a schedule of torch's, for a t below 12 and a base that are drawn; `late` is it later."""

    def truth(t, base, *settings):
        return (torch_rates(name, base, *settings)[t:] or [late(t, base, *settings)])[0]

    t = arg.own(lambda rng: int(rng.integers(12)))
    arguments = {"t": t, "base": between(0.1, 0.9), **settings}
    return Function(name, arguments, truth=truth, returns="the rate")


FACTOR = {"factor": between(0.3, 0.9)}
STEP, EXPONENTIAL, COSINE = (
    schedule(
        "step_decay",  # public
        lambda t, base, factor, every: base * np.prod([factor] * len(range(every, t + 1, every))),
        **{**FACTOR, "every": arg.own(lambda rng: int(rng.integers(2, 6)))},
    ),
    schedule("exponential_decay", lambda t, base, factor: base * np.prod([factor] * t), **FACTOR),
    schedule(
        "cosine_decay",  # public
        lambda t, base, final, total: final + (base - final) * np.cos(np.pi / 2 * t / total) ** 2,
        **{"final": between(0.01, 0.05), "total": 12},
    ),
)
UP = {
    "where the rate grows": {"t": 7, "factor": 1.25},
    "where nothing changes": {"factor": 1.0},
    "after many updates": {"t": 12_007, "factor": 0.999},
    "where little is left": {"t": 3000, "factor": 0.98},
}
TIMES = {f"at t = {t}": {"t": t} for t in range(12)}
EVERY = {f"at t = {t} of every {n}": {"t": t, "every": n} for t in range(12) for n in (1, 4, 5)}
FINALS = {
    "where the final rate is 0": {"t": 5, "final": 0.0},
    "where the final rate is the higher one": {"t": 5, "base": 0.1, "final": 0.7},
    "where both ends are the same": {"t": 5, "base": 0.3, "final": 0.3},
    "at the end of a single update": {"t": 1, "total": 1},
    "at the end": {"t": 9, "total": 9},
    "after many updates": {"t": 9_001, "total": 12_000},
}


@task("recipe", weight=0.8)
@pytest.mark.parametrize(
    ("schedule", "also"),
    [(STEP, {**EVERY, **UP}), (EXPONENTIAL, {**TIMES, **UP}), (COSINE, {**TIMES, **FINALS})],
    ids=["every few updates", "exponential", "cosine"],
)
def test_schedule(student, reference, rng, schedule, also):
    """The schedule agrees with torch's from its first update to its last, call after call"""
    schedule.battery(student, rng, reference, also=also)


@task("recipe", weight=0.5)
@pytest.mark.parametrize(
    ("warmup", "total"), [(1, 5), (5, 13), (4, 5), (1, 2), (1500, 4000)], ids=str
)
@pytest.mark.parametrize("final", [0.15, 0.0, 1.4])
def test_warmup(student, warmup, total, final):
    """The rate rises in equal parts to `base`, and then follows a cosine to `final`"""
    cosine = np.cos(np.pi / 2 * np.linspace(0, 1, total - warmup + 1)) ** 2
    rates = [*(0.9 * np.linspace(0, 1, warmup + 1)[1:]), *(final + (0.9 - final) * cosine)]
    # The second time round nothing is left of the first.
    # Few of a long one: nobody promised to be fast.
    some = slice(None, None, total // 4 if total > 99 else 1)
    calls = [(t, 0.9, final, warmup, total) for t in range(total + 1)[some]] * 2
    found, _ = student.warmup_cosine.each([(call, {}) for call in calls])
    close(found, rates[some] * 2, name="the array of rates")


ADAMS = {"betas": (0.6, 0.85), "eps": 0.4}


@task("recipe", weight=1.5)
@pytest.mark.parametrize("kind", ["l2_step", "decoupled_step"])
def test_decay_in_adam(student, rng, kind):
    """Around Adam the decay makes the steps of torch's Adam (L2) or AdamW (decoupled)"""
    optimiser = {"l2_step": torch.optim.Adam, "decoupled_step": torch.optim.AdamW}[kind]
    step = partial(adam_at, **ADAMS)
    walk = drawn_walk(rng, optimiser, lr=0.2, weight_decay=0.5, **ADAMS)
    follow(student, lambda *at: getattr(student, kind)(step, *at, 0.2, 0.5), walk)


def counting_step(params, grads, state, learning_rate):
    """Gradient descent that counts from 0, and returns names in another order."""
    count = {type(None): -1, int: state}.get(type(state), 100)
    names = list(reversed(grads))
    moved = {
        name: np.asarray(params[name]) - learning_rate * np.asarray(grads[name]) for name in names
    }
    return moved, count + 1


def bold_step(params, grads, state, learning_rate):
    """A step that is no multiple of the rate and moves parameters without a gradient, too."""
    return {
        key: 0.5 * np.asarray(p) - learning_rate**2 * np.asarray(grads[key])
        for key, p in params.items()
    }, 7


def around(name, inside):
    """Declare a decay around `counting_step`: inside the gradient, or outside the step."""

    def truth(step, params, grads, state, learning_rate, decay):
        rate, pull = (0, decay) if inside else (learning_rate * decay, 0)
        grads = {key: grads[key] + pull * params[key] for key in params}
        moved, state = step(params, grads, state, learning_rate)
        return {key: moved[key] - rate * params[key] for key in params}, state

    arguments = {"step": lambda rng: counting_step, **FIRST, "learning_rate": 0.2, "decay": 0.6}
    returns = ("the dictionary of parameters", "the state")
    return Function(name, arguments, truth=truth, returns=returns, tiny=TINY)


CALLS = {
    "where the state is 0": {"state": 0},
    "where the state is 3": {"state": 3},
    "where there is no decay": {"decay": 0.0},
    "where the rate is 0": {"learning_rate": 0.0},
    "with another step": {"step": bold_step},
}


@task("recipe")
@pytest.mark.parametrize(("name", "inside"), [("l2_step", True), ("decoupled_step", False)])
def test_decay_around_any_step(student, reference, rng, name, inside):
    """All parameters are decayed, whatever their sizes and order, and the state goes through"""
    around(name, inside).battery(student, rng, reference, also=CALLS)


@task("recipe", weight=0.5)
@pytest.mark.parametrize("name", ["l2_step", "decoupled_step"])
def test_decay_around_a_step_that_stays(student, rng, name):
    """Nothing is written into what `step` returns: it may be the parameters, or part of the state"""
    at, slope = rng.uniform(1, 2, size=(2, 3))
    kept = held(student, at)
    decayed = getattr(student, name)
    found = decayed(lambda *_: ({"w": kept}, [kept]), {"w": kept}, {"w": slope}, None, 0.2, 0.5)
    unchanged(student)  # public
    moved, state = unpack(found, 2, name="what the step returns")
    share = 0.9 if name == "decoupled_step" else 1.0
    close(moved, {"w": share * at}, name="the dictionary of parameters")
    close(state, [at], name="the state")


# Task 9, minimum-norm

RESIDUAL_STEPS = RESIDUAL.following({"dR_dr": "r", "dR_dx": "dR_dr @ A"})


@task("minimum-norm", weight=0.5)
@pytest.mark.parametrize("line", RESIDUAL_STEPS.names)
def test_step_of_the_residual(student, line):
    """The line is right, given the lines above it"""
    RESIDUAL_STEPS.check(student.get("minimum_norm_lines"), line)


WIDE = {"M": range(1, 4), "D": range(4, 8)}


@Function.of(
    {"A": "M D", "x": "D"}, returns=("the row part", "the null part"), sizes=WIDE, tiny=TINY
)
def split(A, x):
    row = A.T @ np.linalg.lstsq(A.T, x, rcond=None)[0]
    return row, x - row


@Function.of({"A": "M D", "b": "M", "start": "D"}, returns="the limit", sizes=WIDE, tiny=TINY)
def descent_limit(A, b, start):
    return start + np.linalg.lstsq(A, b - A @ start, rcond=None)[0]


DEPENDENT = dict.fromkeys(
    ("zero", "zero A", "first only A", "last only A", "repeated", "balanced"),
    "rows are independent",
)


def rows(*scales, near=1.0):
    """Draw independent rows of these sizes, that differ from one another by a share `near`."""

    def draw_rows(rng, M, D):
        each = rng.normal(size=D) + near * rng.normal(size=(M, D))
        return np.array(scales)[:, None] * each

    return arg.own(draw_rows)


SYSTEMS = {
    "where D = M + 1": {"M": 3, "D": 4},
    "where D = 2": {"M": 1, "D": 2},
    "where rows differ in size": {"M": 3, "A": rows(1.0, 1e-3, 30.0)},
    "where rows are nearly the same": {"M": 2, "A": rows(1.0, 1.0, near=3e-3)},
    "where rows are orthogonal": {"M": 2, "A": arg.own(lambda rng, M, D: 3 * np.eye(M, D))},
}


def null_space(A):
    """The matrix that takes away the row part."""
    return np.eye(A.shape[1]) - np.linalg.pinv(A) @ A


@task("minimum-norm")
def test_split(student, reference, rng):
    """The row part is a combination of rows, and the null part orthogonal to all rows"""
    A = rng.normal(size=(2, 5))
    also = {
        **SYSTEMS,
        "where x is in the row space": {"A": A, "x": A[0] - 2 * A[1]},
        "where x has no row part": {"A": A, "x": rng.normal(size=5) @ null_space(A)},
    }
    split.battery(student, rng, reference, without=DEPENDENT, also=also)


@task("minimum-norm")
def test_limit_of_descent(student, reference, rng):
    """From zero the limit has the smallest norm, from elsewhere it is the closest solution"""
    A, start = rng.normal(size=(2, 5)), rng.normal(size=5)
    also = {**SYSTEMS, "where the start is a solution": {"A": A, "b": A @ start, "start": start}}
    descent_limit.battery(student, rng, reference, without=DEPENDENT, also=also)


# Task 10, adam-fails


def adam_player(x, g, state):
    v, t = (0.0, 1) if state is None else state
    v = 0.1 * v + 0.9 * g**2
    return float(x - 0.3 * g / np.sqrt(v * t)), (v, t + 1)


@Function.of(
    {"step": lambda rng: adam_player, "C": 3.0, "rounds": 40, "start": 0.0}, returns="the positions"
)
def play(step, C, rounds, start):
    path, state = [start], None
    for _, g in zip(range(rounds), [C, -1.0, -1.0] * rounds, strict=False):
        x, state = step(path[-1], g, state)
        path.append(min(max(x, -1.0), 1.0))
    return path


def falling_player(x, g, state):
    """Steps that become shorter; the state counts from 0."""
    count = 0 if state is None else state + 1
    return float(x - 0.4 * g / (1 + count)), count


GAMES = {
    "for Adam from elsewhere": {"C": 4.5, "start": -0.8},
    "at the lower wall": {"step": lambda x, g, state: (x - g, state), "C": 4.0, "start": 0.2},
    "at the upper wall": {"step": lambda x, g, state: (x - 2 * g, state), "C": 1.25, "start": 0.6},
    "where the state is 0": {"step": falling_player},
    "from the lower wall": {"step": falling_player, "start": -1.0},
    "from the upper wall": {"step": falling_player, "start": 1.0},
    "where C is a whole number": {"C": 4},
    **{f"for {rounds} rounds": {"rounds": rounds} for rounds in (0, 1, 2, 3, 40)},
}


@task("adam-fails")
def test_game(student, reference, rng):
    """The positions are right from round 0 to the last, clipped at both walls after each round"""
    play.battery(student, rng, reference, rounds=8, also=GAMES)


@task("adam-fails")
@pytest.mark.parametrize("name", ["sgd", "adam", "amsgrad"])
def test_drift(student, variant, name):
    """The drift in `my_drift` is right for the student's own C"""
    C = variant["C"]
    b = 1 / (1 + C**2)
    # v after the large gradient, where three rounds lead back to it, and after each small one.
    large = (1 - b) * (C**2 + b + b**2) / (1 - b**3)
    small = b * large + 1 - b
    adam = small**-0.5 + (b * small + 1 - b) ** -0.5 - C * large**-0.5
    truth = {"sgd": 2 - C, "adam": adam, "amsgrad": (2 - C) * large**-0.5}[name]
    found = entry(student.get("my_drift"), name, "my_drift")
    mistakes = {"this is the drift in one round, on average": truth / 3}
    close(found, truth, rtol=1e-6, atol=0, name=f'my_drift["{name}"]', mistakes=mistakes)
