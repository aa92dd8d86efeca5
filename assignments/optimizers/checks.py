"""What `check("...")` runs in your notebook. Read on: there is nothing secret in here.

Your answers are compared with torch's optimisers, with numbers worked out by hand, with
differences and with properties. When we mark, these checks run again, and others with other
inputs.
"""

from functools import partial

import numpy as np
import pytest
import torch

from autograder.checks import (
    CheckFailed,
    Derivation,
    Function,
    Line,
    arg,
    close,
    draw,
    entry,
    equal,
    gradient,
    repeatable,
    shaped,
    slopes,
    task,
    unchanged,
    unpack,
)

SALT = "optimizers-2026"


def between(low, high):
    """Draw a float of Python's."""
    return arg.own(lambda rng: float(rng.uniform(low, high)))


def small_model(rng):
    """Parameters of three shapes that fit into each other, and a list of gradients for each."""
    shapes = {"W": (2, 3), "b": (3,), "scale": ()}
    params = {name: np.asarray(rng.normal(size=shape)) for name, shape in shapes.items()}

    def slope(shape):
        return np.asarray(rng.uniform(0.3, 1.5, shape) * rng.choice([-1, 1], shape))

    return params, [{name: slope(shape) for name, shape in shapes.items()} for _ in range(5)]


def torch_walk(optimiser, params, gradients, **settings):
    """The parameters after every step that an optimiser of torch makes, in float64."""
    leaves = {name: torch.nn.Parameter(torch.tensor(p)) for name, p in params.items()}
    try:
        walker = optimiser(list(leaves.values()), **settings)
    except ValueError as error:
        raise CheckFailed(f"torch does not take these settings: {error}") from None
    walk = []
    for grads in gradients:
        for name, leaf in leaves.items():
            leaf.grad = torch.tensor(grads[name])
        walker.step()
        walk.append({name: leaf.detach().numpy().copy() for name, leaf in leaves.items()})
    return walk


def torch_steps(optimiser, walk, settings):
    """Where torch leads from the parameters of each step, with the settings of each step."""
    leaves = {key: torch.nn.Parameter(torch.tensor(p)) for key, p in sorted(walk[0][0].items())}
    walker = optimiser(list(leaves.values()))
    for (params, grads), (scale, each) in zip(walk, settings, strict=True):
        walker.param_groups[0].update(each)
        for key in leaves:
            leaves[key].data = torch.tensor(params[key])
            leaves[key].grad = scale * torch.tensor(grads[key])
        walker.step()
        yield {key: leaf.detach().numpy().copy() for key, leaf in leaves.items()}


def drawn_walk(rng, optimiser, **settings):
    """Parameters, their gradients in five steps, and where an optimiser of torch goes with them."""
    params, gradients = small_model(rng)
    return params, gradients, torch_walk(optimiser, params, gradients, **settings)


def held(student, numbers):
    """An array of the student's session, for what a callback returns: to write into it is seen."""
    return student.np.poly1d([float(number) for number in numbers]).coeffs


def follow(student, step, *walks):
    """Let walks take turns: each step must lead where its walk leads, and keep its arguments.

    step(params, grads, state) calls the student's function.
    """
    at = [(params, None) for params, _, _ in walks]
    for t in range(len(walks[0][1])):
        for place, (_, gradients, truths) in enumerate(walks):
            ask = step if t else partial(repeatable, step)
            found = ask(at[place][0], gradients[t], at[place][1])
            unchanged(student)
            at[place] = unpack(found, 2, name="what the step returns")
            close(at[place][0], truths[t], name=f"the dictionary of parameters after step {t + 1}")


def adam_at(params, grads, state, learning_rate, **settings):
    """One step of torch's Adam, whose state is the list of all gradients so far."""
    seen = [*(state or []), {name: np.array(g) for name, g in grads.items()}]
    start = {name: 0 * g for name, g in seen[0].items()}
    walk = [start, *torch_walk(torch.optim.Adam, start, seen, lr=learning_rate, **settings)]
    return {name: params[name] + walk[-1][name] - walk[-2][name] for name in params}, seen


def follow_changes(student, step, walk, optimiser, settings_at):
    """Let the student's steps and torch's go side by side while everything changes but the state.

    walk: parameters and gradients of each step. step(params, grads, state, t) calls the student's
    function. settings_at(t) returns a factor for the gradients of torch's optimiser, and its
    settings. From some states the walk goes on twice: a step leaves the state as it was.
    """
    state, settings = None, [settings_at(t) for t in range(len(walk))]
    truths = torch_steps(optimiser, walk, settings)
    for t, ((params, grads), truth) in enumerate(zip(walk, truths, strict=True)):
        for again in range(1 + (t in (0, 1, 6))):
            found = step(params, grads, state, t)
            unchanged(student)
            moved, after = unpack(found, 2, name="what the step returns")
            once_more = ", made once more from the same state" if again else ""
            name = f"the dictionary of parameters after step {t + 1}, with settings of its own"
            close(moved, truth, name=name + once_more)
        state = after


# 1 descent


@task("descent")
def test_a_parabola(student):
    """From 1 on x² with learning rate 0.1 the points are 1, 0.8, 0.64, 0.512"""
    path = student.gradient_descent(lambda x: 2 * x, 1.0, 0.1, max_steps=3)
    close(path, [1.0, 0.8, 0.64, 0.512], name="the path")


@task("descent")
def test_it_stops_at_the_tolerance(student):
    """There is no step from a point where the gradient is short enough"""
    path = student.gradient_descent(lambda x: x, np.array([3.0, -4.0]), 0.5, tolerance=1.0)
    points = [[3, -4], [1.5, -2], [0.75, -1], [0.375, -0.5]]
    close(path, np.array(points), name="the path")


# 2 regression


def squared_loss(X, y, w):
    return np.mean((X @ w - y) ** 2) / 2


def regression_gradient(name, loss):
    """The gradient of a mean loss of torch's, of predictions and targets, by autograd."""

    def truth(X, y, w):
        return slopes(lambda w: loss(torch.tensor(X) @ w, torch.tensor(y).double()), w)[0]

    arguments = {"X": "N D", "y": arg.uniform("N", 0, 1), "w": "D"}
    options = {"returns": "the gradient", "batch": "N", "rtol": 1e-4, "atol": 1e-6, "tiny": 1e-12}
    return Function(name, arguments, truth=truth, **options)


GRADIENTS = {
    "squared_gradient": lambda f, y: torch.nn.functional.mse_loss(f, y) / 2,
    "logistic_gradient": torch.nn.functional.binary_cross_entropy_with_logits,
}
GRADIENTS = {name: regression_gradient(name, loss) for name, loss in GRADIENTS.items()}


@draw("regression")
def three_samples(rng):
    """Three samples, the labels not all alike, so that no step is near zero."""
    signs = rng.permutation([1, 1, -1])
    x = np.round(rng.uniform((0.6, 1.2, 1.9), (1.0, 1.6, 2.4)) * signs, 2)
    eta = float(np.round(rng.uniform(0.4, 0.9), 2))
    return {"x": [float(v) for v in x], "y": [int(sign > 0) for sign in signs], "eta": eta}


@task("regression", weight=0.5)
@pytest.mark.parametrize("name", GRADIENTS)
def test_gradients_are_slopes(student, rng, name):
    """The gradient is the slope of the mean loss, for 5 samples with 3 features"""
    GRADIENTS[name].check(student, rng, N=5, D=3)


@task("regression")
def test_no_slope_is_left_at_the_closed_form(student, rng):
    """At the weights of `least_squares` the loss is lower than anywhere around"""
    X, y = rng.normal(size=(6, 2)), rng.normal(size=6)
    w = np.array(student.least_squares(X, y), dtype=np.float64)
    slope = gradient.numerical(lambda v: squared_loss(X, y, v), w)
    close(slope, np.zeros(2), atol=1e-7, name="the slope of the loss at the weights")


@task("regression", weight=1.5)
@pytest.mark.parametrize("name", ["w1", "w2"])
def test_your_steps(student, variant, name):
    """The weight in `my_weights` is where steps against the slope of the loss lead"""
    X, y, w = np.array(variant["x"])[:, None], np.array(variant["y"]), np.zeros(1)
    for _ in range(int(name[1])):
        w = w - variant["eta"] * GRADIENTS["logistic_gradient"](X, y, w)
    found = entry(student.get("my_weights"), name, "my_weights")
    close(found, w[0], rtol=5e-4, name=f'my_weights["{name}"]')


# 3 learning-rate

CURVED = Derivation(
    given={"x": (), "c": (), "eta": lambda rng: rng.uniform(0.1, 0.9), "a": ()},
    forward={
        "x1": "x - eta*a*(x - c)",
        "x2": "x1 - eta*a*(x1 - c)",
        "x3": "x2 - eta*a*(x2 - c)",
    },
    lines=[
        Line("dx1_dx", derivative=("x1", "x"), symbols={"eta", "a"}),
        Line("dx3_dx", derivative=("x3", "x"), symbols={"eta", "a", "dx1_dx"}),
    ],
    positive={"a"},
)


def curved(rng, eigenvalues):
    """A symmetric matrix with these eigenvalues, along random directions."""
    Q, _ = np.linalg.qr(rng.normal(size=(len(eigenvalues), len(eigenvalues))))
    A = Q @ np.diag(eigenvalues) @ Q.T
    return (A + A.T) / 2


@draw("learning-rate")
def a_valley(rng):
    """A matrix of condition 3 to 9, such that the number of steps is beyond all rounding."""
    while True:
        turn, flat, steep = rng.uniform((0.3, 0.8, 4.0), (1.2, 1.3, 7.0))
        e = np.array([np.cos(turn), np.sin(turn)])
        A = np.round(flat * np.eye(2) + (steep - flat) * np.outer(e, e), 2)
        low, high = np.linalg.eigvalsh(A)
        needed = np.log(1000) / np.log((high + low) / (high - low))
        if 0.1 < needed % 1 < 0.9:
            return {"A": [[float(value) for value in row] for row in A]}


@task("learning-rate", weight=0.5)
@pytest.mark.parametrize("line", CURVED.names)
def test_line_of_the_rate(student, line):
    """The line equals the derivative it stands for"""
    CURVED.check(student.get("learning_rate_lines"), line)


@task("learning-rate")
def test_example_of_the_rates(student):
    """The matrix of the text has the limit 0.552786, and the factor 0.447214 at rate 0.4"""
    A = np.array([[3.0, 1.0], [1.0, 2.0]])
    close(student.learning_rate_limit(A), 0.5527864045, rtol=1e-6, name="the limit")
    close(student.worst_factor(A, 0.4), 0.4472135955, rtol=1e-6, name="the factor")


@task("learning-rate")
def test_your_limit(student, variant):
    """Just below `my_rates["limit"]` the walk on your matrix shrinks, just above it grows"""
    A = np.array(variant["A"])
    limit = entry(student.get("my_rates"), "limit", "my_rates")
    for factor, shrinks in ((0.999, True), (1.001, False)):
        power = np.linalg.matrix_power(np.eye(2) - factor * float(limit) * A, 4000)
        assert bool(np.linalg.norm(power, 2) < 1) == shrinks, "the limit is somewhere else"


# 4 minibatches


def linear_problem(N=41):
    """N rows of 3 features, and targets that a linear model nearly fits."""
    rows = np.arange(N)
    X = np.sin(np.outer(rows, [1.0, 1.7, 2.3]) + 0.3)
    return X, X @ np.array([2.0, -1.0, 0.5]) + 0.3 * np.cos(7 * rows)


def linear_gradient(X, y, w):
    """The slope of the mean loss of these rows, by differences."""
    return gradient.numerical(lambda v: squared_loss(X, y, v), np.asarray(w, dtype=np.float64))


def as_epochs(found, epochs):
    """Take apart what `minibatches` returned: the rows of each batch of each epoch."""
    result = []
    for epoch in unpack(found, epochs, name="the list of epochs"):
        if not isinstance(epoch, list | tuple):
            raise CheckFailed("an epoch must be a list of batches")
        batches = [np.asarray(batch) for batch in epoch]
        # X[(0, 3)] is a single number: a tuple picks no rows.
        if any(isinstance(batch, tuple) for batch in epoch) or any(
            batch.ndim != 1 or batch.dtype.kind not in "iu" for batch in batches
        ):
            raise CheckFailed("a batch must be an array of row indices")
        result.append([[int(row) for row in batch] for batch in batches])
    return result


@task("minibatches", weight=0.5)
@pytest.mark.parametrize(
    ("N", "size", "updates"), [(60_000, 128, 469), (60, 12, 5), (61, 12, 6), (7, 9, 1), (59, 12, 5)]
)
def test_updates(student, N, size, updates):
    """N samples in batches of this size are so many updates"""
    close(student.updates_per_epoch(N, size), updates, name="the number of updates")


@task("minibatches")
def test_sizes_of_batches(student):
    """11 rows in batches of 4 are batches of 4, 4 and 3, in each of two epochs"""
    for epoch in as_epochs(student.minibatches(11, 4, 2, seed=5), 2):
        equal([len(batch) for batch in epoch], [4, 4, 3], name="the sizes of the batches")


@task("minibatches", weight=0.5)
@pytest.mark.parametrize("sizes", [[4, 4, 3], [9, 2], [5, 2, 3, 1]], ids=str)
def test_batches_make_the_whole(student, rng, sizes):
    """From the gradients of batches of these sizes `full_gradient` makes that of all 11 rows"""
    (X, y), w = linear_problem(11), rng.normal(size=3)
    batches = np.split(np.arange(11), np.cumsum(sizes)[:-1])
    found = student.full_gradient([linear_gradient(X[b], y[b], w) for b in batches], sizes)
    close(found, linear_gradient(X, y, w), rtol=1e-6, atol=1e-8, name="the gradient")


@task("minibatches")
@pytest.mark.parametrize("seed", [5, 6])
def test_sgd_gets_lower(student, seed):
    """`sgd` returns one weight for each feature, with a lower loss than the start"""
    X, y = linear_problem()
    w = student.sgd(linear_gradient, X, y, np.zeros(3), 0.2, 10, 2, seed=seed)
    w = shaped(w, (3,), name="the array of weights")
    assert squared_loss(X, y, w) < 0.5 * squared_loss(X, y, np.zeros(3))


# 5 momentum


@draw("momentum")
def rate_and_beta(rng):
    eta, beta = rng.uniform((0.05, 0.6), (0.3, 0.95))
    return {"eta": float(np.round(eta, 3)), "beta": float(np.round(beta, 2))}


@task("momentum")
@pytest.mark.parametrize("average", [False, True], ids=["sum", "average"])
def test_three_steps_by_hand(student, average):
    """With β = ½, η = 0.1 and the gradients 1, 1, 2 a weight makes the steps of the formulas"""
    points = (1.95, 1.875, 1.7375) if average else (1.9, 1.75, 1.475)
    start, *truths = ({"w": np.array([x])} for x in (2.0, *points))
    gradients = [{"w": np.array([slope])} for slope in (1.0, 1.0, 2.0)]

    def step(*at):
        return student.momentum_step(*at, 0.1, 0.5, average)

    follow(student, step, (start, gradients, truths))


def settings_of(student, convention):
    """The arguments that the student gives for torch's SGD, checked to be numbers."""
    given = entry(student.get("torch_settings"), convention, "torch_settings")
    found = {}
    for key in ("lr", "momentum", "dampening"):
        value = entry(given, key, f'torch_settings["{convention}"]')
        if isinstance(value, bool) or not isinstance(value, int | float | np.number):
            raise CheckFailed(f'torch_settings["{convention}"]["{key}"] must be a number')
        found[key] = float(value)
    return found


@task("momentum")
@pytest.mark.parametrize("convention", ["sum", "average"])
def test_first_step_of_your_settings(student, variant, convention):
    """With your settings torch's first step is as long as the convention's"""
    first = {"sum": 1, "average": 1 - variant["beta"]}[convention] * variant["eta"]
    start, grads = {"w": np.array([1.0])}, [{"w": np.array([1.0])}]
    (walk,) = torch_walk(torch.optim.SGD, start, grads, **settings_of(student, convention))
    close(1 - walk["w"], np.array([first]), rtol=5e-4, name="torch's first step")


# 6 normalised


@draw("normalised")
def a_walk(rng):
    eta = float(np.round(rng.uniform(0.15, 0.45), 2))
    x0 = eta * (rng.integers(3, 8) + rng.uniform(0.2, 0.8))
    return {"x0": float(np.round(x0, 3)), "eta": eta}


@task("normalised")
def test_a_normalised_step(student):
    """With eps = 1 and learning rate 2, gradients 3 and -1 make steps of -1.5 and 1"""
    found = student.normalised_step({"w": np.array([5.0, 4.0])}, {"w": np.array([3.0, -1.0])}, 2, 1)
    close(entry(found, "w", "the result"), np.array([3.5, 5.0]), name="the weights")


@task("normalised")
def test_rmsprop_is_torchs(student, rng):
    """Five steps of `rmsprop_step` on three parameters are those of torch.optim.RMSprop"""
    walk = drawn_walk(rng, torch.optim.RMSprop, lr=0.1, alpha=0.8, eps=0.3)
    follow(student, lambda *at: student.rmsprop_step(*at, 0.1, 0.8, 0.3), walk)


@task("normalised")
def test_your_cycle_is_a_cycle(student, variant):
    """The two numbers of `my_cycle` have either sign, and the walk passes through them"""
    cycle = student.get("my_cycle")
    low, high = (entry(cycle, name, "my_cycle") for name in ("low", "high"))
    close(np.subtract(high, low), variant["eta"], atol=2e-6, name="the distance of the two")
    assert low < 0 < high, "the walk jumps over the minimum at 0"
    steps = np.subtract(variant["x0"], high) / variant["eta"]
    close(steps, np.round(steps), atol=2e-5, name="the number of steps from x0 to high")


# 7 adam

GROWING = " + (1 - beta)*"
ADAM = Derivation(
    given={
        **dict.fromkeys(("g1", "g2", "g3", "g4"), ()),
        **dict.fromkeys(("g", "eta"), lambda rng: np.array(rng.uniform(0.5, 2.0))),
        **dict.fromkeys(("beta", "beta1", "beta2"), lambda rng: rng.uniform(0.3, 0.95)),
    },
    forward={
        "m1": "(1 - beta)*g1",
        "m2": "beta*m1" + GROWING + "g2",
        "m3": "beta*m2" + GROWING + "g3",
        "m4": "beta*m3" + GROWING + "g4",
        "n1": "(1 - beta)*g",
        "n2": "beta*n1" + GROWING + "g",
        "n3": "beta*n2" + GROWING + "g",
        "n4": "beta*n3" + GROWING + "g",
        "first": "(1 - beta1)*g",
        "square": "(1 - beta2)*g**2",
        "u": "eta*first/sqrt(square)",
    },
    lines=[
        Line("dm4_dg4", derivative=("m4", "g4"), symbols={"beta"}),
        Line("dm4_dg1", derivative=("m4", "g1"), symbols={"beta", "dm4_dg4"}),
        Line("dn4_dg", derivative=("n4", "g"), symbols={"beta"}),
        Line("du_deta", derivative=("u", "eta"), symbols={"beta1", "beta2"}),
    ],
)


@task("adam", weight=0.5)
@pytest.mark.parametrize("line", ADAM.names)
def test_adam_line(student, line):
    """The line equals the derivative it stands for"""
    ADAM.check(student.get("adam_lines"), line)


@task("adam", weight=2)
def test_adam_is_torchs(student, rng):
    """Five steps of `adam_step` on three parameters are those of torch.optim.Adam"""
    walk = drawn_walk(rng, torch.optim.Adam, lr=0.1, betas=(0.7, 0.9), eps=0.3)
    follow(student, lambda *at: student.adam_step(*at, 0.1, (0.7, 0.9), 0.3), walk)


# 8 recipe


def torch_rates(name, base, *settings):
    """The rates for updates 0, 1, ..., 11 that torch sets, with the arguments of our schedule."""
    optimiser = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=base)
    of_torch = torch.optim.lr_scheduler
    schedulers = {
        "step_decay": lambda factor, every: of_torch.StepLR(optimiser, every, factor),
        "exponential_decay": lambda factor: of_torch.ExponentialLR(optimiser, factor),
        "cosine_decay": lambda final, total: of_torch.CosineAnnealingLR(optimiser, total, final),
    }
    scheduler, rates = schedulers[name](*settings), []
    for _ in range(12):
        rates.append(optimiser.param_groups[0]["lr"])
        optimiser.step()
        scheduler.step()
    return rates


@task("recipe", weight=0.5)
@pytest.mark.parametrize(
    ("name", "settings"),
    [("step_decay", (0.4, 3)), ("exponential_decay", (0.6,)), ("cosine_decay", (0.2, 11))],
    ids=["step", "exponential", "cosine"],
)
def test_schedule_of_torch(student, name, settings):
    """The schedule agrees with torch's scheduler for 12 updates"""
    for t, rate in enumerate(torch_rates(name, 0.7, *settings)):
        found = getattr(student, name)(t, 0.7, *settings)
        close(found, rate, name=f"the rate of update {t}")


@task("recipe", weight=0.5)
def test_warmup_by_hand(student):
    """With a warm-up of 4 in 10 updates the rates rise to 0.8, stay once, and fall to 0.2"""
    rates = {0: 0.2, 1: 0.4, 3: 0.8, 4: 0.8, 7: 0.5, 10: 0.2}
    for t, rate in rates.items():
        close(student.warmup_cosine(t, 0.8, 0.2, 4, 10), rate, name=f"the rate of update {t}")


def plain_step(params, grads, state, learning_rate):
    """Gradient descent without a memory, as a step."""
    moved = {name: params[name] - learning_rate * np.asarray(grads[name]) for name in params}
    return moved, (state or 0) + 1


@task("recipe")
@pytest.mark.parametrize("name", ["l2_step", "decoupled_step"])
def test_both_decays_agree_for_plain_descent(student, rng, name):
    """With plain gradient descent both decays make the steps of torch.optim.SGD"""
    walk = drawn_walk(rng, torch.optim.SGD, lr=0.1, weight_decay=0.6)
    follow(student, lambda *at: getattr(student, name)(plain_step, *at, 0.1, 0.6), walk)


# 9 minimum-norm

RESIDUAL = Derivation(
    given={"A": (2, 4), "x": (4,), "b": (2,)},
    forward={"r": "A @ x - b", "R": "sum(r**2)/2"},
    lines=[Line("dR_dr", derivative=("R", "r")), Line("dR_dx", derivative=("R", "x"))],
)


@task("minimum-norm", weight=0.5)
@pytest.mark.parametrize("line", RESIDUAL.names)
def test_line_of_the_residual(student, line):
    """The line equals the derivative it stands for"""
    RESIDUAL.check(student.get("minimum_norm_lines"), line)


@task("minimum-norm")
def test_parts_of_the_example(student):
    """With the single row (1, 2), the point (3, 1) is (1, 2) plus (2, -1)"""
    found = student.split(np.array([[1.0, 2.0]]), np.array([3.0, 1.0]))
    parts = np.array([1.0, 2.0]), np.array([2.0, -1.0])
    close(found, parts, name=("the row part", "the null part"))


@task("minimum-norm")
def test_a_walk_ends_at_the_limit(student, rng):
    """Gradient descent on 2 equations with 4 unknowns ends where `descent_limit` says"""
    A, b, start = rng.normal(size=(2, 4)), rng.normal(size=2), rng.normal(size=4)
    x, rate = start, 1 / np.linalg.norm(A, 2) ** 2
    for _ in range(3000):
        x = x - rate * (A @ x - b) @ A
    close(student.descent_limit(A, b, start), x, rtol=1e-6, atol=1e-6, name="the limit")


# 10 adam-fails


@draw("adam-fails")
def a_game(rng):
    return {"C": float(np.round(rng.uniform(3.5, 6.5), 1))}


@task("adam-fails")
def test_six_rounds_by_hand(student):
    """Steps of 0.1 against the gradients 4, -1, -1, 4, -1, -1 lead where they should"""
    path = student.play(lambda x, g, state: (x - 0.1 * g, None), 4.0, 6, 0.5)
    close(path, [0.5, 0.1, 0.2, 0.3, -0.1, 0.0, 0.1], name="the positions")


@task("adam-fails")
def test_signs_of_your_drift(student):
    """Of the three, only Adam drifts upwards"""
    drifts = student.get("my_drift")
    signs = [np.sign(entry(drifts, name, "my_drift")) for name in ("sgd", "adam", "amsgrad")]
    close(signs, [-1, 1, -1], name="the signs of sgd, adam and amsgrad")
