"""How the optimisers go down: minibatches on a regression, and Adam in Rosenbrock's valley.

autograder reference optimizers
"""

import numpy as np
from checks import linear_gradient, linear_problem, squared_loss

from autograder.reference import Curve, Metric, Trace

STEPS, EVERY = 6000, 20
LEARNING_RATE = 0.1
FOUND = 1e-4


def minibatches(solution, device, seed):
    """The training of the checks: `sgd` on a linear regression, from zero."""
    X, y = linear_problem()
    w = solution.sgd(linear_gradient, X, y, np.zeros(3), 0.3, 8, 6, seed=seed)
    return Trace({"loss": Metric(float(squared_loss(X, y, w)))})


def rosenbrock(p):
    """Rosenbrock's function, whose minimum 0 is at (1, 1), and its gradient."""
    a, b = p
    value = (1 - a) ** 2 + 100 * (b - a**2) ** 2
    return value, np.array([2 * (a - 1) - 400 * a * (b - a**2), 200 * (b - a**2)])


def valley(solution, device, seed):
    """Adam from a random point of the square from -2 to 2: how soon, and how far it jumps.

    With the bias corrected, a first step has the length of the learning rate in each parameter;
    uncorrected, (1 - 0.9) / sqrt(1 - 0.999), more than three times that.
    """
    params, state = {"p": np.random.default_rng(seed).uniform(-2, 2, size=2)}, None
    values, first_step = [], None
    for step in range(1, STEPS + 1):
        before = params["p"]
        _, slope = rosenbrock(before)
        params, state = solution.adam_step(params, {"p": slope}, state, LEARNING_RATE)
        if first_step is None:
            first_step = float(np.max(np.abs(params["p"] - before)) / LEARNING_RATE)
        if step % EVERY == 0:
            values.append(max(float(rosenbrock(params["p"])[0]), 1e-16))
    return Trace(
        {"first step of Adam, in learning rates": Metric(first_step, enough=1.001)},
        {"Rosenbrock's function, Adam": Curve(values, EVERY, target=FOUND)},
    )


def separable(solution, device, seed):
    """Logistic regression on drawn data by heavy-ball momentum, down to what is possible.

    The targets are drawn with the true weights' probabilities. The floor is the loss of Newton's
    method, which needs no learning rate.
    """
    generator = np.random.default_rng(seed)
    X = generator.normal(size=(300, 4))
    y = (generator.uniform(size=300) < solution.logistic(X @ [2.0, -1.0, 0.5, 0.0])).astype(float)

    def loss(w):
        z = X @ w
        return float(np.mean(np.logaddexp(0, z) - y * z))

    best = np.zeros(4)
    for _ in range(25):
        p = solution.logistic(X @ best)
        best = best - np.linalg.solve((X.T * (p * (1 - p))) @ X, X.T @ (p - y))
    params, velocity, gaps = {"w": np.zeros(4)}, None, []
    for _ in range(300):
        slope = {"w": solution.logistic_gradient(X, y, params["w"])}
        params, velocity = solution.momentum_step(params, slope, velocity, 1.0, 0.9, True)
        gaps.append(max(loss(params["w"]) - loss(best), 1e-16))
    return Trace(
        {"loss above Newton's, momentum": Metric(gaps[-1], enough=1e-6)},
        {"logistic loss above Newton's, momentum": Curve(gaps, target=1e-2)},
    )


PARTS = {"minibatches": minibatches, "valley": valley, "regression": separable}
CPU_ONLY = tuple(PARTS)
WRONG = {
    "minibatches": ["minibatches.sgd_uphill", "minibatches.sgd_one_epoch"],
    "valley": ["adam.no_correction", "adam.no_root", "adam.betas_swapped"],
    "regression": ["momentum.uphill", "momentum.forgotten"],
}
