"""How gradients of the MLP train it, and how they fade with depth.

autograder reference backprop
"""

import numpy as np

from autograder.reference import Curve, Metric, Trace

STEPS, EVERY, RATE = 1500, 10, 0.5
DEPTHS = (1, 2, 4, 8, 12, 16, 20)


def spirals(generator):
    """Three spiral arms of 40 points each, with a little noise: (120, 2) points and labels."""
    label = np.repeat(np.arange(3), 40)
    radius = np.tile(np.linspace(0.1, 1, 40), 3)
    angle = 4 * radius + label * 2 * np.pi / 3 + 0.15 * generator.normal(size=120)
    return 2 * np.column_stack([radius * np.cos(angle), radius * np.sin(angle)]), label


def network(sizes, generator, variance):
    """Weights of the given variance, a function of a layer's inputs and outputs; zero biases."""
    pairs = list(zip(sizes[:-1], sizes[1:], strict=True))
    weights = [generator.normal(size=pair) * np.sqrt(variance(*pair)) for pair in pairs]
    return weights, [np.zeros(outputs) for _, outputs in pairs]


def he(inputs, outputs):
    """He's variance."""
    return 2 / inputs


def xavier(inputs, outputs):
    """Xavier's variance."""
    return 2 / (inputs + outputs)


def deep(solution, device, seed):
    """Full-batch gradient descent of a 2-16-16-3 tanh network on spirals, by `mlp_backward`."""
    generator = np.random.default_rng(seed)
    X, label = spirals(generator)
    X_test, label_test = spirals(generator)
    weights, biases = network([2, 16, 16, 3], generator, lambda i, _: 1 / i)
    losses = []
    for step in range(1, STEPS + 1):
        loss, dW, db = solution.mlp_backward(X, np.eye(3)[label], weights, biases, "tanh")
        weights = [W - RATE * np.asarray(g) for W, g in zip(weights, dW, strict=True)]
        biases = [b - RATE * np.asarray(g) for b, g in zip(biases, db, strict=True)]
        if step % EVERY == 0:
            losses.append(float(loss))
    logits = solution.mlp_forward(X_test, weights, biases, "tanh")[0][-1]
    right = float(np.mean(np.argmax(logits, axis=1) == label_test))
    return Trace(
        {"loss on spirals": Metric(losses[-1]), "new points read": Metric(right, "larger")},
        {"loss on spirals, 2-16-16-3": Curve(losses, EVERY, target=0.3)},
    )


def depth(solution, device, seed):
    """The first layer's gradient norm by depth, relative to that of one hidden layer."""
    generator = np.random.default_rng(seed)
    metrics, curves = {}, {}
    for activation, skip in (("logistic", False), ("tanh", False), ("tanh", True), ("relu", False)):
        norms, variance = [], he if activation == "relu" else xavier
        for layers in DEPTHS:
            found = []
            for _ in range(20):
                weights, _ = network([8, *layers * [16], 3], generator, variance)
                X, Y = generator.normal(size=(32, 8)), generator.normal(size=(32, 3))
                norm = solution.first_layer_gradient_norm(X, Y, weights, activation, skip)
                found.append(np.log10(norm))
            norms.append(float(np.mean(found)))
        name = f"{activation} with skips" if skip else activation
        relative = [norm - norms[0] for norm in norms]
        better = "larger" if skip or activation == "relu" else "smaller"
        metrics[f"log10 of the gradient at depth 20, {name}"] = Metric(relative[-1], better)
        curves[f"log10 of the first layer's gradient by depth, {name}"] = Curve(
            relative, axis="hidden layers", at=DEPTHS
        )
    return Trace(metrics, curves)


PARTS = {"spirals": deep, "depth": depth}
CPU_ONLY = tuple(PARTS)
WRONG = {
    "spirals": ["mlp.slope_missing", "mlp.first_layer_only", "mlp.sign_flipped"],
    "depth": ["vanishing.skips_ignored", "vanishing.slope_missing", "vanishing.last_layer"],
}
