"""What `check("...")` runs in your notebook. Read on: there is nothing secret in here.

Every check compares your answer with numerical differences of the loss or with torch, never
with a formula. When we mark, these checks run again, and others with other inputs.
"""

import numpy as np
import pytest
import torch

from autograder.checks import CheckFailed, Derivation, Line, close, draw, gradient, task, unpack

SALT = "backprop-2026"


def sigmoid(z):
    return 1 / (1 + np.exp(-np.asarray(z, dtype=np.float64)))


ACTIVATIONS = {"logistic": sigmoid, "tanh": np.tanh, "relu": lambda a: np.maximum(a, 0)}
IN_TORCH = {"logistic": torch.sigmoid, "tanh": torch.tanh, "relu": torch.relu}


def entry(results, name, what):
    """Take one gradient out of a dictionary."""
    if not isinstance(results, dict) or name not in results:
        raise CheckFailed(f'{what} must be a dictionary with an entry "{name}"')
    if results[name] is None:
        raise CheckFailed(f'not answered yet: the entry "{name}" of {what} is None')
    return results[name]


# 1 logistic-derivative

LOGISTIC = Derivation(
    given={"z": ()},
    forward={"e": "exp(-z)", "d": "1 + e", "s": "1/d", "t": "tanh(z)"},
    lines=[
        Line("de_dz", derivative=("e", "z")),
        Line("ds_dd", derivative=("s", "d")),
        Line("ds_dz_chain", derivative=("s", "z")),
        Line("ds_dz", derivative=("s", "z"), symbols={"s"}),
        Line("dt_dz", derivative=("t", "z"), symbols={"t"}),
    ],
)


@task("logistic-derivative", weight=0.5)
@pytest.mark.parametrize("line", LOGISTIC.names)
def test_logistic_line(student, line):
    """The line equals the derivative it stands for"""
    LOGISTIC.check(student.get("logistic_derivative_lines"), line)


@task("logistic-derivative")
def test_logistic_prime_is_the_slope(student, rng):
    """`logistic_prime` is the slope of the logistic function, for an array of shape (2, 3)"""
    z = rng.normal(size=(2, 3))
    slope = (sigmoid(z + 1e-5) - sigmoid(z - 1e-5)) / 2e-5
    close(student.logistic_prime(z), slope, rtol=1e-6, name="the slope")


# 2 scalar-network

SCALAR = Derivation(
    given={"x": (), "y": (), "w0": (), "w1": (), "w2": ()},
    forward={
        "a1": "w0*x",
        "h1": "sigmoid(a1)",
        "a2": "w1*h1",
        "h2": "sigmoid(a2)",
        "f": "w2*h2",
        "loss": "(f - y)**2",
    },
    lines=[
        Line(f"dl_d{name}", derivative=("loss", name))
        for name in ("f", "w2", "h2", "a2", "w1", "h1", "a1", "w0")
    ],
)


@draw("scalar-network")
def scalar_numbers(rng):
    """Draw numbers that no two are alike, no unit saturated and the target clearly missed."""
    x = round(rng.uniform(1.1, 1.6), 2)
    sizes = rng.permutation(rng.uniform((0.5, 0.9, 1.3), (0.8, 1.2, 1.6)))
    signs = rng.permutation([-1, 1, rng.choice([-1, 1])])
    w0, w1, w2 = (round(weight, 2) for weight in sizes * signs)
    y = round(scalar_output(x, w0, w1, w2) + rng.choice([-1, 1]) * rng.uniform(0.6, 1.4), 2)
    return {"x": float(x), "y": float(y), "w0": float(w0), "w1": float(w1), "w2": float(w2)}


def scalar_output(x, w0, w1, w2, skip=0):
    h1 = sigmoid(w0 * x)
    return w2 * (sigmoid(w1 * h1) + skip * h1)


@task("scalar-network", weight=0.5)
@pytest.mark.parametrize("line", SCALAR.names)
def test_scalar_line(student, line):
    """The line equals the derivative it stands for"""
    SCALAR.check(student.get("scalar_network_lines"), line)


@task("scalar-network")
def test_your_three_numbers(student, variant):
    """`my_gradients` holds the slopes of the loss at your own numbers"""
    answers = student.get("my_gradients")
    x, y = variant["x"], variant["y"]
    weights = np.array([variant[name] for name in ("w0", "w1", "w2")])
    slopes = gradient.numerical(lambda w: (scalar_output(x, *w) - y) ** 2, weights)
    for name, slope in zip(("w0", "w1", "w2"), slopes, strict=True):
        number = entry(answers, name, "my_gradients")
        close(number, slope, rtol=5e-4, name=f'my_gradients["{name}"]')


# 3 two-layer

TWO_LAYER = Derivation(
    given={"x": (3,), "y": (2,), "W1": (3, 4), "b1": (4,), "W2": (4, 2), "b2": (2,)},
    forward={
        "a": "x @ W1 + b1",
        "h": "sigmoid(a)",
        "f": "h @ W2 + b2",
        "loss": "sum((f - y)**2)/2",
    },
    lines=[
        Line("delta", derivative=("loss", "f")),
        Line("dl_dW2", derivative=("loss", "W2")),
        Line("dl_db2", derivative=("loss", "b2")),
        Line("s", derivative=("loss", "a")),
        Line("dl_dW1", derivative=("loss", "W1")),
        Line("dl_db1", derivative=("loss", "b1")),
    ],
)
PARAMETERS = ("W1", "b1", "W2", "b2")


def two_layer_problem(rng, N, D, H, K):
    """Return X, Y and the parameters, biases included, of a random network."""
    shapes = {"W1": (D, H), "b1": (H,), "W2": (H, K), "b2": (K,)}
    params = {name: rng.normal(size=shape) for name, shape in shapes.items()}
    return rng.normal(size=(N, D)), rng.normal(size=(N, K)), params


def two_layer_loss(X, Y, params):
    out = sigmoid(X @ params["W1"] + params["b1"]) @ params["W2"] + params["b2"]
    return np.sum((out - Y) ** 2) / (2 * len(Y))


@task("two-layer", weight=0.5)
@pytest.mark.parametrize("line", TWO_LAYER.names)
def test_two_layer_line(student, line):
    """The line equals the derivative it stands for, for one sample"""
    TWO_LAYER.check(student.get("two_layer_lines"), line)


@task("two-layer", weight=0.5)
@pytest.mark.parametrize("name", PARAMETERS)
def test_two_layer_slopes(student, rng, name):
    """The gradient that `two_layer_backward` returns is the slope of the mean loss"""
    X, Y, params = two_layer_problem(rng, N=4, D=3, H=5, K=2)
    results = student.two_layer_backward(X, Y, *params.values())
    slope = gradient.numerical(
        lambda value: two_layer_loss(X, Y, params | {name: value}), params[name]
    )
    close(
        entry(results, name, "the result"),
        slope,
        rtol=1e-4,
        atol=1e-5,
        N=4,
        name=f"the gradient of {name}",
    )


# 4 output-layers


def probabilities(rng, shape):
    """Targets that sum to one along the last axis, like one-hot vectors but softer."""
    raw = rng.uniform(0.2, 1, size=shape)
    return raw / raw.sum(axis=-1, keepdims=True)


OUTPUT = Derivation(
    given={
        "a": (),
        "y": lambda rng: rng.uniform(0.1, 0.9),
        "z": (4,),
        "t": lambda rng: probabilities(rng, 4),
    },
    forward={
        "f": "sigmoid(a)",
        "sq": "(f - y)**2/2",
        "bce": "-(y*log(f) + (1 - y)*log(1 - f))",
        "p": "softmax(z)",
        "ce": "-sum(t*log(p))",
    },
    lines=[
        Line("df_da", derivative=("f", "a")),
        Line("dsq_da", derivative=("sq", "a")),
        Line("dbce_df", derivative=("bce", "f")),
        Line("dbce_da", derivative=("bce", "a"), symbols={"f", "y"}),
        Line("dp_dz", derivative=("p", "z")),
        Line("dce_dp", derivative=("ce", "p")),
        Line("dce_dz", derivative=("ce", "z"), symbols={"p", "t"}),
    ],
)


def mean_cross_entropy(Z, Y):
    return torch.nn.functional.cross_entropy(torch.as_tensor(Z), torch.as_tensor(Y))


@task("output-layers", weight=0.5)
@pytest.mark.parametrize("line", OUTPUT.names)
def test_output_line(student, line):
    """The line equals the derivative it stands for"""
    OUTPUT.check(student.get("output_layers_lines"), line)


@task("output-layers", weight=0.5)
@pytest.mark.parametrize("function", ["squared_error_delta", "cross_entropy_delta"])
def test_sigmoid_output_slopes(student, rng, function):
    """The signal that a sigmoid output sends back is the slope of its loss"""
    a, y = rng.normal(size=5), rng.uniform(size=5)
    losses = {
        "squared_error_delta": lambda a: np.sum((sigmoid(a) - y) ** 2) / 2,
        "cross_entropy_delta": lambda a: np.sum(np.log(1 + np.exp(a)) - y * a),
    }
    slope = gradient.numerical(losses[function], a)
    close(getattr(student, function)(a, y), slope, rtol=1e-6, atol=1e-8, name="the signal", N=5)


@task("output-layers", weight=0.5)
def test_softmax_jacobian_slopes(student, rng):
    """Entry [i, j] of `softmax_jacobian(z)` is the slope of output i along logit j"""
    z = rng.normal(size=3)
    rows = [
        gradient.numerical(lambda z, i=i: np.exp(z[i]) / np.sum(np.exp(z)), z) for i in range(3)
    ]
    J = student.softmax_jacobian(z)
    close(J, np.stack(rows), rtol=1e-6, atol=1e-8, name="the Jacobian")


@task("output-layers", weight=0.5)
def test_softmax_cross_entropy_slopes(student, rng):
    """`softmax_cross_entropy` returns the mean loss and its slopes"""
    Z, Y = rng.normal(size=(3, 4)), np.eye(4)[[2, 0, 3]]
    results = student.softmax_cross_entropy(Z, Y)
    loss, grad = unpack(results, 2, name="the result")
    close(loss, mean_cross_entropy(Z, Y), rtol=1e-7, name="the loss", N=3)
    slope = gradient.numerical(lambda Z: float(mean_cross_entropy(Z, Y)), Z)
    close(grad, slope, rtol=1e-6, atol=1e-8, name="the gradient", N=3)


# 5 mlp


def mlp_problem(rng, sizes, N):
    """Return X, one-hot Y, weights and biases for layers of the given sizes."""
    pairs = list(zip(sizes[:-1], sizes[1:], strict=True))
    weights = [rng.normal(size=pair) / np.sqrt(pair[0]) for pair in pairs]
    biases = [rng.normal(size=outputs) for _, outputs in pairs]
    Y = np.eye(sizes[-1])[rng.permutation(np.arange(N) % sizes[-1])]
    return rng.normal(size=(N, sizes[0])), Y, weights, biases


def mlp_truth(X, Y, weights, biases, activation):
    """Return the logits, the mean loss and its gradients, all by torch's autograd."""
    phi = IN_TORCH.get(activation, activation)
    leaves = [torch.tensor(p, requires_grad=True) for p in (*weights, *biases)]
    out = torch.as_tensor(X)
    for layer, (W, b) in enumerate(zip(leaves, leaves[len(weights) :], strict=False)):
        out = torch.nn.functional.linear(phi(out) if layer else out, W.T, b)
    loss = mean_cross_entropy(out, Y)
    slopes = [g.numpy() for g in torch.autograd.grad(loss, leaves)]
    return out.detach().numpy(), loss.item(), slopes[: len(weights)], slopes[len(weights) :]


def layer_gradients(results, depth):
    """Take apart what `mlp_backward` returned, both lists of the right length."""
    loss, dW, db = unpack(results, 3, name="the result of `mlp_backward`")
    dW = unpack(dW, depth, name="the weight gradients")
    return loss, dW, unpack(db, depth, name="the bias gradients")


@task("mlp")
def test_mlp_forward_with_one_hidden_layer(student, rng):
    """Every A is its H times weights plus bias, every further H the tanh of the A before it"""
    X, _, weights, biases = mlp_problem(rng, (3, 5, 2), N=4)
    results = student.mlp_forward(X, weights, biases, "tanh")
    A, H = unpack(results, 2, name="the result of `mlp_forward`")
    A, H = unpack(A, 2, name="the list A"), unpack(H, 2, name="the list H")
    close(H[0], X, name="H[0]")
    close(A[0], X @ weights[0] + biases[0], name="A[0]")
    close(H[1], np.tanh(np.asarray(A[0])), name="H[1]")
    close(A[1], np.asarray(H[1]) @ weights[1] + biases[1], name="A[1]")


@task("mlp", weight=0.5)
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_mlp_gradients_with_one_hidden_layer(student, rng, activation):
    """`mlp_backward` agrees with torch on a network with one hidden layer"""
    X, Y, weights, biases = mlp_problem(rng, (3, 5, 2), N=4)
    results = student.mlp_backward(X, Y, weights, biases, activation)
    loss, dW, db = layer_gradients(results, 2)
    _, true_loss, true_dW, true_db = mlp_truth(X, Y, weights, biases, activation)
    close(loss, true_loss, rtol=1e-7, name="the loss", N=4)
    for layer in (1, 0):
        close(db[layer], true_db[layer], N=4, name=f"the gradient of biases[{layer}]")
        close(dW[layer], true_dW[layer], N=4, name=f"the gradient of weights[{layer}]")


# 6 skip-connection

SKIP = Derivation(
    given={"x": (), "y": (), "w0": (), "w1": (), "w2": ()},
    forward={
        "a1": "w0*x",
        "h1": "sigmoid(a1)",
        "a2": "w1*h1",
        "h2": "sigmoid(a2) + h1",
        "f": "w2*h2",
        "loss": "(f - y)**2",
    },
    lines=[
        Line("dh2_da2", derivative=("h2", "a2"), symbols={"h1", "h2"}),
        Line("dh2_dh1", derivative=("h2", "h1")),
        Line("dl_dw2", derivative=("loss", "w2")),
        Line("dl_dw1", derivative=("loss", "w1")),
        Line("dl_dw0", derivative=("loss", "w0")),
    ],
)


@task("skip-connection", weight=0.5)
@pytest.mark.parametrize("line", SKIP.names)
def test_skip_line(student, line):
    """The line equals the derivative it stands for"""
    SKIP.check(student.get("skip_connection_lines"), line)


@task("skip-connection")
def test_skip_slopes_at_the_example(student):
    """`skip_gradients` gives the slopes at x = y = 1 and weights (0.5, -1, 2)"""
    results = student.skip_gradients(np.ones(1), np.ones(1), 0.5, -1.0, 2.0)
    example = np.array([0.5, -1.0, 2.0])
    slopes = gradient.numerical(lambda w: (scalar_output(1.0, *w, skip=1) - 1) ** 2, example)
    slip = "is this h2*(1 - h2)? With the skip, h2 is not the value of the logistic function"
    notes = {"w0": {slip: 0.86237463}, "w1": {slip: 0.06463115}}
    for name, slope in zip(("w0", "w1", "w2"), slopes, strict=True):
        claimed = entry(results, name, "the result")
        label = f"the gradient of {name}"
        close(claimed, slope, rtol=1e-5, name=label, mistakes=notes.get(name))


# 7 gradient-check


def toy_problem(rng):
    """Return a function of a matrix and a vector, its gradient, and a point."""
    target = rng.normal(size=(2, 3))

    def f(p):
        return float(np.sum(np.sin(p["W"]) * target) + np.sum(p["b"] ** 3) * p["W"][0, 1])

    point = {"W": rng.uniform(0.4, 1, size=(2, 3)), "b": rng.uniform(0.4, 1, size=2)}
    slopes = {"W": target * np.cos(point["W"]), "b": 3 * point["b"] ** 2 * point["W"][0, 1]}
    slopes["W"][0, 1] += np.sum(point["b"] ** 3)
    return f, slopes, point


def verdict(student, f, grads, params):
    """Ask `gradient_check` and insist on True or False."""
    answer = student.gradient_check(f, grads, params)
    if not isinstance(answer, bool | np.bool_):
        raise CheckFailed("`gradient_check` must return True or False, for every gradient")
    return bool(answer)


@task("gradient-check")
@pytest.mark.parametrize("fault", ["sign", "zeros", "two entries swapped"])
def test_simple_faults_are_found(student, rng, fault):
    """`gradient_check` says True to a right gradient and False to one with this fault"""
    f, slopes, point = toy_problem(rng)
    wrong = {
        "sign": slopes | {"W": -slopes["W"]},
        "zeros": slopes | {"b": np.zeros(2)},
        "two entries swapped": slopes | {"b": slopes["b"][::-1].copy()},
    }[fault]
    assert verdict(student, f, slopes, point), "a right gradient was refused"
    assert not verdict(student, f, wrong, point), "a wrong gradient was accepted"


# 8 vanishing


def deep_loss(X, Y, weights, activation, skip):
    """The loss of the network without biases; skips around hidden layers 2, 3, ..."""
    H = ACTIVATIONS[activation](X @ weights[0])
    for middle in weights[1:-1]:
        H = ACTIVATIONS[activation](H @ middle) + (H if skip else 0)
    return np.sum((H @ weights[-1] - Y) ** 2) / (2 * len(Y))


@task("vanishing")
@pytest.mark.parametrize("skip", [False, True])
def test_norm_of_the_slopes(student, rng, skip):
    """The norm is that of the slopes along W_0, three hidden layers of tanh, skip as given"""
    X, Y = rng.normal(size=(5, 2)), rng.normal(size=(5, 4))
    sizes = (2, 3, 3, 3, 4)
    weights = [rng.normal(size=pair) for pair in zip(sizes[:-1], sizes[1:], strict=True)]
    slopes = gradient.numerical(
        lambda W: deep_loss(X, Y, [W, *weights[1:]], "tanh", skip), weights[0]
    )
    norm = student.first_layer_gradient_norm(X, Y, weights, "tanh", skip)
    close(norm, np.sqrt(np.sum(slopes**2)), rtol=1e-5, atol=0, name="the norm", N=5)
