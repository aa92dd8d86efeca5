"""The marking checks of `optimizers`: other sizes, other seeds, an oracle of their own.

Oracles: the optimisers and schedulers of torch in float64, autograd, closed forms, and
`reference`, our own solution. Wherever there are several steps the gradients change, eps and
betas are large enough to be seen, and no two shapes are equal.
"""

from pathlib import Path

import numpy as np
import pytest
import torch
from checks import (
    ADAM,
    CURVED,
    GRADIENTS,
    RESIDUAL,
    as_epochs,
    curved,
    drawn_walk,
    follow,
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
)

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


@task("descent")
@pytest.mark.parametrize("shape", [(4,), (2, 3, 2)], ids=str)
def test_descent_of_any_shape(student, reference, rng, shape):
    """The path is that of torch.optim.SGD, from a start of any shape, which stays as it is"""
    gradient_descent.check(student, rng, reference, S=shape, max_steps=6)


@task("descent")
@pytest.mark.parametrize("tolerance", [5.0, 4.999, 6.5], ids=["equal", "longer", "shorter"])
def test_descent_looks_at_the_length(student, rng, tolerance):
    """The Euclidean length of the gradient decides, and equal to the tolerance is short enough"""
    slope = np.array([3.0, -4.0])
    steps = {"tolerance": tolerance, "max_steps": 3}
    gradient_descent.check(student, rng, gradient=lambda x: slope, S=2, **steps)


@task("descent")
@pytest.mark.parametrize("slope", [1.0001e-4, -0.9999e-4], ids=["above", "below"])
def test_descent_by_default(student, rng, slope):
    """The tolerance is 1e-4 and the most steps are 100, when nothing is said"""
    gradient_descent.check(student, rng, gradient=lambda x: slope, start=2.0, learning_rate=0.5)


# Task 2, regression


@task("regression")
@pytest.mark.parametrize("name", GRADIENTS)
@pytest.mark.parametrize(("N", "D"), [(7, 4), (1, 3), (2, 6)])
def test_gradient_of_a_regression(student, reference, rng, name, N, D):
    """The gradient agrees with autograd, for (N, D) of this size"""
    GRADIENTS[name].check(student, rng, reference, N=N, D=D)


LEAST_SQUARES = Function(
    "least_squares",
    {"X": lambda rng, N, D: rng.normal(size=(N, D)) + 3 * np.eye(N, D), "y": "N"},
    truth=lambda X, y: np.linalg.lstsq(X, y, rcond=None)[0],
    returns="the weights",
    atol=1e-8,
)


@task("regression")
@pytest.mark.parametrize(("N", "D"), [(9, 4), (5, 5), (6, 1)])
def test_closed_form(student, reference, rng, N, D):
    """`least_squares` agrees with numpy's solution, for (N, D) of this size"""
    LEAST_SQUARES.check(student, rng, reference, N=N, D=D)


# Task 3, learning-rate

CURVED_STEPS = CURVED.following({"dx1_dx": "1 - a*eta", "dx3_dx": "dx1_dx*dx1_dx*dx1_dx"})


@task("learning-rate", weight=0.5)
@pytest.mark.parametrize("line", CURVED_STEPS.names)
def test_step_of_the_rate(student, line):
    """The line is right, given the lines above it"""
    CURVED_STEPS.check(student.get("learning_rate_lines"), line)


EIGENVALUES = [(0.7, 1.9, 5.3, 2.2), (0.3,), (9.1, 0.2, 4.0)]
MATRIX = {"A": lambda rng, D: curved(rng, rng.uniform(0.2, 9, size=D))}


@Function.of(MATRIX, returns="the limit", rtol=1e-6)
def learning_rate_limit(A):
    return 2 / np.linalg.norm(A, 2)


@Function.of({**MATRIX, "learning_rate": 0.1}, returns="the factor", rtol=1e-6)
def worst_factor(A, learning_rate):
    return np.linalg.norm(np.eye(len(A)) - learning_rate * A, 2)


@task("learning-rate")
@pytest.mark.parametrize("values", EIGENVALUES, ids=["4 by 4", "1 by 1", "3 by 3"])
def test_limit(student, reference, rng, values):
    """`learning_rate_limit` is 2/L for a matrix with known eigenvalues"""
    learning_rate_limit.check(student, rng, reference, A=curved(rng, values))


@task("learning-rate", weight=0.25)
@pytest.mark.parametrize("rate", [0.05, 0.21, 0.36, 0.9])
@pytest.mark.parametrize("values", EIGENVALUES, ids=["4 by 4", "1 by 1", "3 by 3"])
def test_factor(student, reference, rng, values, rate):
    """`worst_factor` is ρ for small, middling and too large rates"""
    worst_factor.check(student, rng, reference, A=curved(rng, values), learning_rate=rate)


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


@task("minibatches", weight=2)
@pytest.mark.parametrize(("N", "size", "epochs"), [(14, 4, 3), (6, 6, 2)], ids=str)
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
    unchanged(student)  # public
    batches = sum(as_epochs(student.minibatches(N, size, epochs, seed=seed), epochs), [])
    equal(len(seen), len(batches), name="the number of updates")
    at = start
    for t, ((rows, found), batch) in enumerate(zip(seen, batches, strict=True)):
        equal(sorted(rows), sorted(batch), name="the rows of a batch")
        close(found, at, name=f"the array of weights after {t} updates")
        at = at - 0.3 * (X[batch].mean(axis=0) / 10 + at / 5)
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

SHAPES = {"W": "A B", "b": "B", "scale": ""}


@Function.of(
    {"params": SHAPES, "grads": SHAPES, "learning_rate": 0.2, "eps": 0.3},
    returns="the dictionary of parameters",
)
def normalised_step(params, grads, learning_rate, eps):
    scale = {name: learning_rate / (torch.tensor(g).abs() + eps) for name, g in grads.items()}
    return {name: params[name] - scale[name].numpy() * g for name, g in grads.items()}


@task("normalised", weight=0.75)
@pytest.mark.parametrize("eps", [0.3, 0.0])
def test_normalised(student, reference, rng, eps):
    """Every entry is divided by its size plus eps: with eps zero stays, without none counts more"""
    grads = normalised_step.draw(rng, A=2, B=3)["grads"]
    grads["W"] *= 1000.0 if eps == 0 else np.array([0.0, 1.0, 1.0])
    normalised_step.check(student, rng, reference, A=2, B=3, grads=grads, eps=eps)


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


@task("recipe", weight=0.4)
@pytest.mark.parametrize(
    ("schedule", "settings"),
    [
        *(("step_decay", (0.7, every)) for every in (1, 4, 5)),
        *(("exponential_decay", (factor,)) for factor in (0.8, 0.35)),
        ("cosine_decay", (0.15, 13)),
    ],
    ids=str,
)
def test_schedule(student, reference, schedule, settings):
    """The schedule agrees with torch's for 12 updates"""
    found, ours = (
        [getattr(each, schedule)(t, 0.3, *settings) for t in range(12)]
        for each in (student, reference)
    )
    close(found, torch_rates(schedule, 0.3, *settings), name="the array of rates")
    close(found, ours, name="the array of rates")


@task("recipe", weight=0.5)
@pytest.mark.parametrize(("warmup", "total"), [(1, 5), (5, 13)], ids=str)
def test_warmup(student, warmup, total):
    """The rate rises in equal parts to `base`, and then follows a cosine to `final`"""
    cosine = np.cos(np.pi / 2 * np.linspace(0, 1, total - warmup + 1)) ** 2
    rates = [*(0.9 * np.linspace(0, 1, warmup + 1)[1:]), *(0.15 + 0.75 * cosine)]
    found = [student.warmup_cosine(t, 0.9, 0.15, warmup, total) for t in range(total + 1)]
    close(found, rates, name="the array of rates")


ADAMS = {"lr": 0.2, "betas": (0.6, 0.85), "eps": 0.4}


def adam_at(params, grads, state, learning_rate):
    """One step of torch's Adam, whose state is the list of all gradients so far."""
    seen = [*(state or []), {name: np.array(g) for name, g in grads.items()}]
    start = {name: 0 * g for name, g in seen[0].items()}
    walk = [start, *torch_walk(torch.optim.Adam, start, seen, **ADAMS)]
    return {name: params[name] + walk[-1][name] - walk[-2][name] for name in params}, seen


@task("recipe", weight=1.5)
@pytest.mark.parametrize("kind", ["l2_step", "decoupled_step"])
def test_decay_in_adam(student, rng, kind):
    """Around Adam the decay makes the steps of torch's Adam (L2) or AdamW (decoupled)"""
    optimiser = {"l2_step": torch.optim.Adam, "decoupled_step": torch.optim.AdamW}[kind]
    walk = drawn_walk(rng, optimiser, weight_decay=0.5, **ADAMS)
    follow(student, lambda *at: getattr(student, kind)(adam_at, *at, 0.2, 0.5), walk)


# Task 9, minimum-norm

RESIDUAL_STEPS = RESIDUAL.following({"dR_dr": "r", "dR_dx": "dR_dr @ A"})


@task("minimum-norm", weight=0.5)
@pytest.mark.parametrize("line", RESIDUAL_STEPS.names)
def test_step_of_the_residual(student, line):
    """The line is right, given the lines above it"""
    RESIDUAL_STEPS.check(student.get("minimum_norm_lines"), line)


@Function.of({"A": "M D", "x": "D"}, returns=("the row part", "the null part"))
def split(A, x):
    row = A.T @ np.linalg.lstsq(A.T, x, rcond=None)[0]
    return row, x - row


@Function.of({"A": "M D", "b": "M", "start": "D"}, returns="the limit")
def descent_limit(A, b, start):
    return start + np.linalg.lstsq(A, b - A @ start, rcond=None)[0]


@task("minimum-norm")
@pytest.mark.parametrize(("M", "D"), [(2, 5), (1, 3), (4, 6)])
def test_split(student, reference, rng, M, D):
    """The row part is a combination of rows, and the null part orthogonal to all rows"""
    split.check(student, rng, reference, M=M, D=D)


@task("minimum-norm")
@pytest.mark.parametrize(("M", "D"), [(2, 5), (1, 3), (4, 6)])
def test_limit_of_descent(student, reference, rng, M, D):
    """From zero the limit has the smallest norm, from elsewhere it is the closest solution"""
    descent_limit.check(student, rng, M=M, D=D, start=np.zeros(D))
    descent_limit.check(student, rng, reference, M=M, D=D)


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


GAMES = {
    "Adam": {},
    "Adam from elsewhere": {"C": 4.5, "start": -0.8},
    "the lower wall": {"step": lambda x, g, state: (x - g, state), "C": 4.0, "start": 0.2},
    "the upper wall": {"step": lambda x, g, state: (x - 2 * g, state), "C": 1.25, "start": 0.6},
}


@task("adam-fails")
@pytest.mark.parametrize("game", GAMES)
def test_game(student, reference, rng, game):
    """The positions are right from round 0 to the last, clipped at both walls after each round"""
    play.check(student, rng, reference, **GAMES[game])


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
