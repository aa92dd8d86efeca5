"""How the MLP trains on XOR: the problems of the checks, and how often each width solves it.

autograder reference xor-mlp
"""

import json
from pathlib import Path

import numpy as np
import torch
from checks import SQUARE, XOR, cross_entropy

from autograder.reference import Curve, Metric, Stopwatch, Timing, Trace

PROBLEMS = json.loads((Path(__file__).parent / "reference" / "data.json").read_text())
NETWORKS = 200  # of each kind, so that a share is known to a few percent
STEPS, WARM_UP, EVERY = 300, 20, 5
RATE = 1.0


def problems(solution, device, seed):
    """The training of the checks, with the solution's own `train` and `gradients`."""
    metrics = {}
    for name, task in PROBLEMS.items():
        X, y = np.array(task["X"]), np.array(task["y"])
        hidden, activation = task["hidden"], task["activation"]
        found = solution.train(
            solution.gradients, X, y, hidden, activation, seed, task["steps"], task["learning_rate"]
        )
        metrics[name] = Metric(float(cross_entropy(X, y, found, activation)))
    return Trace(metrics)


def networks(hidden, device, seed):
    """Parameters of many networks, stacked, drawn uniformly as the notebook's `train` does."""
    generator = torch.Generator().manual_seed(1_000_003 * seed + hidden)

    def uniform(rows, columns, inputs):
        drawn = torch.rand(NETWORKS, rows, columns, generator=generator, dtype=torch.float64)
        return ((2 * drawn - 1) / np.sqrt(inputs)).to(device).requires_grad_()

    return [
        uniform(2, hidden, 2),
        uniform(1, hidden, 2),
        uniform(hidden, 1, hidden),
        uniform(1, 1, hidden),
    ]


def descend(kind, hidden, device, seed):
    """Full-batch gradient descent of all networks at once: the share solved, and the timing."""
    X = torch.tensor(SQUARE, dtype=torch.float64, device=device)
    y = torch.tensor(XOR, dtype=torch.float64, device=device)[:, None].expand(NETWORKS, 4, 1)
    W1, b1, W2, b2 = parameters = networks(hidden, device, seed)
    activation = torch.tanh if kind == "tanh" else torch.relu
    watch, solved = Stopwatch(device), []
    for step in range(STEPS + 1):
        if step == WARM_UP:
            watch.start()
        logits = activation(X @ W1 + b1) @ W2 + b2
        each = torch.nn.functional.binary_cross_entropy_with_logits(logits, y, reduction="none")
        losses = each.mean(dim=(1, 2))
        # A network's gradient is that of its own loss: the sum keeps them apart.
        gradients = torch.autograd.grad(losses.sum(), parameters)
        with torch.no_grad():
            for parameter, gradient in zip(parameters, gradients, strict=True):
                parameter -= RATE * gradient
        if step % EVERY == 0:
            solved.append(((logits.detach() > 0) == (y == 1)).all(dim=1).double().mean())
    seconds, steps = watch.stop(), STEPS + 1 - WARM_UP
    timing = Timing(seconds, steps, 4 * NETWORKS * steps, "examples")
    return [float(share) for share in solved[1:]], timing


def two_units(solution, device, seed):
    """The same of two hidden units: a coin toss, and for students to measure."""
    return Trace(
        {
            f"share solved, 2 {kind}": Metric(descend(kind, 2, device, seed)[0][-1], "larger")
            for kind in ("tanh", "relu")
        }
    )


def widths(solution, device, seed):
    """The share of 200 networks that get all four points of XOR right, in the notebook's setting.

    Uniform start, 300 steps of full-batch gradient descent, learning rate 1.
    """
    metrics, curves, timings = {}, {}, {}
    for kind, hidden, required in (("tanh", 8, 199 / 200), ("relu", 16, None)):
        name = f"share solved, {hidden} {kind}"
        shares, timing = descend(kind, hidden, device, seed)
        metrics[name] = Metric(shares[-1], "larger", required=required)
        curves[name] = Curve(shares, EVERY, better="larger")
        timings[f"{NETWORKS} networks, {hidden} {kind}"] = timing
    return Trace(metrics, curves, timings)


PARTS = {"problems": problems, "widths": widths, "two units": two_units}
CPU_ONLY = ("problems",)
WRONG = {
    "problems": [
        "train.gradients_linear_network",
        "train.starts_equal",
        "train.on_one_point",
        "train.learning_rate_ignored",
    ]
}
