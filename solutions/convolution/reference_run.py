"""How a small CNN learns scikit-learn's digits, and what loops, im2col and torch take.

autograder reference convolution
"""

from pathlib import Path

import numpy as np
import torch

from autograder.reference import Curve, Metric, Stopwatch, Timing, Trace

EPOCHS, BATCH, RATE, MOMENTUM = 10, 50, 0.05, 0.9
WARM_UP = 10
DATA = Path(__file__).parent / "data" / "digits.npz"
# A step's operations: the convolution forward and for its weights, and the last layer three times.
FLOPS = 2 * BATCH * (2 * 8 * 36 * 9 + 3 * 72 * 10)


def digits():
    """Images (N, 1, 8, 8) from 0 to 1 and labels, a third of them kept for the test."""
    with np.load(DATA) as file:
        images, labels = file["images"][:, None] / 16.0, file["labels"].astype(int)
    kept = np.arange(len(images)) % 3 == 0
    return images[~kept], labels[~kept], images[kept], labels[kept]


def start(generator):
    """The parameters of 8 filters of 3 x 3 and one linear layer."""
    return {
        "w": generator.normal(size=(8, 1, 3, 3)) / 3,
        "b": np.zeros(8),
        "V": 0.1 * generator.normal(size=(72, 10)),
        "c": np.zeros(10),
    }


def train(gradients, params, X, y, device, generator):
    """Momentum over minibatches without replacement; losses of all steps and the timing."""
    speed = {name: 0 * value for name, value in params.items()}
    losses, watch = [], Stopwatch(device)
    for _ in range(EPOCHS):
        order = generator.permutation(len(X))
        images, labels = X[order], y[order]  # a GPU is waited for where an index goes to it
        for k in range(0, len(X) // BATCH * BATCH, BATCH):
            if len(losses) == WARM_UP:
                watch.start()
            loss, slopes = gradients(images[k : k + BATCH], labels[k : k + BATCH], params)
            losses.append(loss)
            for name in params:
                speed[name] = MOMENTUM * speed[name] - RATE * slopes[name]
                params[name] = params[name] + speed[name]
    seconds, steps = watch.stop(), len(losses) - WARM_UP
    return [float(x) for x in losses], Timing(seconds, steps, BATCH * steps, "images", FLOPS)


def traced(losses, right, timing, how):
    """What both ways of training leave."""
    smooth = np.convolve(losses, np.ones(23) / 23, mode="valid")[::23]  # an epoch has 23 steps
    return Trace(
        {f"digits read, {how}": Metric(right, "larger", required=0.9)},
        {f"loss, {how}": Curve([float(x) for x in smooth], every=23, target=0.25)},
        {f"a step, {how}": timing},
    )


def by_hand(solution, device, seed):
    """The network of the last task, out of the layers of the tasks before."""
    X, y, X_test, y_test = digits()
    generator = np.random.default_rng(seed)

    def conv2d(x, w, b):
        rows, columns = (n - k + 1 for n, k in zip(x.shape[2:], w.shape[2:], strict=True))
        return solution.gemm(solution.im2col(x, w.shape[2:]), w, b, (rows, columns))

    layers = (conv2d, solution.conv2d_backward, solution.pool2d, solution.pool2d_backward)
    params = start(generator)
    losses, timing = train(
        lambda X, y, params: solution.cnn_gradients(X, y, params, *layers),
        params, X, y, device, generator,
    )  # fmt: skip
    hidden = np.maximum(conv2d(X_test, params["w"], params["b"]), 0)
    features = solution.pool2d(hidden, (2, 2), (2, 2), "max").reshape(len(X_test), -1)
    read = np.argmax(features @ params["V"] + params["c"], axis=1)
    return traced(losses, float(np.mean(read == y_test)), timing, "by hand")


def in_torch(solution, device, seed):
    """The same network in torch."""
    X, y, X_test, y_test = (torch.tensor(each, device=device) for each in digits())
    X, X_test = X.float(), X_test.float()
    generator = np.random.default_rng(seed)

    def logits(images, params):
        hidden = torch.relu(torch.nn.functional.conv2d(images, params["w"], params["b"]))
        pooled = torch.nn.functional.max_pool2d(hidden, 2)
        return pooled.flatten(1) @ params["V"] + params["c"]

    def gradients(images, labels, params):
        leaves = {name: value.detach().requires_grad_() for name, value in params.items()}
        loss = torch.nn.functional.cross_entropy(logits(images, leaves), labels)
        slopes = torch.autograd.grad(loss, list(leaves.values()))
        return loss.detach(), dict(zip(leaves, slopes, strict=True))

    params = {n: torch.tensor(v, device=device).float() for n, v in start(generator).items()}
    losses, timing = train(gradients, params, X, y, device, generator)
    right = (logits(X_test, params).argmax(1) == y_test).double().mean()
    return traced(losses, float(right), timing, "in torch")


def three_ways(solution, device, seed):
    """One convolution of 16 digits with 8 filters: by loops, by im2col, by torch."""
    generator = np.random.default_rng(seed)
    x, w, b = digits()[0][:16], generator.normal(size=(8, 1, 3, 3)), generator.normal(size=8)
    tensors = [torch.tensor(each) for each in (x, w, b)]
    ways = {
        "loops": (2, lambda: solution.conv2d(x, w, b)),
        "im2col": (50, lambda: solution.gemm(solution.im2col(x, (3, 3)), w, b, (6, 6))),
        "torch": (50, lambda: torch.nn.functional.conv2d(*tensors).numpy()),
    }
    found, timings, watch = {}, {}, Stopwatch(device)
    for name, (times, way) in ways.items():
        found[name] = np.asarray(way())
        watch.start()
        for _ in range(times):
            way()
        timings[f"16 digits, 8 filters, {name}"] = Timing(watch.stop(), times, 16 * times, "images")
    gap = max(float(np.max(np.abs(each - found["torch"]))) for each in found.values())
    return Trace({"largest difference of the three": Metric(gap, required=1e-12)}, {}, timings)


PARTS = {"by hand": by_hand, "in torch": in_torch, "three ways": three_ways}
CPU_ONLY = ("by hand", "three ways")
WRONG = {
    "by hand": ["cnn.sign_flipped", "cnn.mean_forgotten", "cnn.labels_in_order"],
    "three ways": ["conv2d.kernel_flipped", "im2col.weights_reversed"],
}
