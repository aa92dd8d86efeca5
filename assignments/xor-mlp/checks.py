"""What `check("...")` runs in your notebook. Read on: there is nothing secret in here.

Every check compares your answer with an example worked by hand, with torch, with differences or
with a property that it must have. When we mark, these checks run again, and others with other
inputs.
"""

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
    normal,
    shaped,
    slopes,
    task,
    unpack,
)

SALT = "xor-mlp-2026"

SQUARE = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
XOR = np.array([0.0, 1.0, 1.0, 0.0])
IN_TORCH = {
    "relu": torch.relu,
    "tanh": torch.tanh,
    "logistic": torch.sigmoid,
    "identity": lambda a: a,
}


def linear(X, W, b):
    """A layer by torch in float64, for data in rows and W of shape (inputs, outputs)."""
    X, W, b = (torch.as_tensor(part, dtype=torch.float64) for part in (X, W, b))
    return torch.nn.functional.linear(X, W.T, b)


def single(X, w, b):
    """A layer with one output: a number for each row."""
    return linear(X, torch.as_tensor(w)[:, None], torch.as_tensor(b)[None])[:, 0]


# 1 perceptron


@task("perceptron")
def test_perceptron_by_hand(student):
    """The example of the third hint: w = (-1, 3), b = 1, mistakes (2, 1)"""
    X, y = np.array([[1.0, 2.0], [3.0, 1.0]]), np.array([1, -1])
    w, b, mistakes = unpack(student.perceptron(X, y, [0, 1, 0]), 3, name="the result")
    close(w, [-1.0, 3.0], name="w")
    close(b, 1.0, name="b")
    equal(mistakes, [2, 1], name="mistakes")


@task("perceptron")
@pytest.mark.parametrize("gate", ["AND", "OR"])
def test_gates_are_learnt(student, gate):
    """After 12 rounds the line that `perceptron` has found gets all four points right"""
    y = {"AND": np.array([-1, -1, -1, 1]), "OR": np.array([-1, 1, 1, 1])}[gate]
    w, b, _ = unpack(student.perceptron(SQUARE, y, np.tile(np.arange(4), 12)), 3, name="the result")
    z = SQUARE @ shaped(w, (2,), name="w") + shaped(b, (), name="b")
    close(np.where(z > 0, 1, -1), y, name=f"what the line says for {gate}")


@task("perceptron")
def test_best_line(student):
    """`best_line` gets three of the four points of XOR right"""
    answer = student.get("best_line")
    w = shaped(entry(answer, "w", "best_line"), (2,), name='best_line["w"]')
    b = shaped(entry(answer, "b", "best_line"), (), name='best_line["b"]')
    right = int(np.sum((SQUARE @ w + b > 0) == (XOR == 1)))
    assert right == 3, f"it gets {right} of the four points right"


# 2 certificate

SUMS = Derivation(
    given={"w1": (), "w2": (), "b": ()},
    forward={"z00": "b", "z01": "w2 + b", "z10": "w1 + b", "z11": "w1 + w2 + b"},
    lines=[
        Line("class_one", expected="z01 + z10", symbols={"w1", "w2", "b"}),
        Line("class_zero", expected="z00 + z11", symbols={"w1", "w2", "b"}),
    ],
)


@task("certificate", weight=0.5)
@pytest.mark.parametrize("line", SUMS.names)
def test_sum(student, line):
    """The line equals the sum of pre-activations that it stands for"""
    SUMS.check(student.get("certificate_lines"), line)


@draw("certificate")
def crossing_points(rng):
    """Draw two crossing segments with whole ends, the crossing in no segment's middle."""
    ratios = [(1, 2), (1, 3), (2, 3)]
    first, second = rng.permutation(3)[:2]
    u, v = np.array([rng.integers(1, 4), rng.integers(1, 4)]), np.array([rng.integers(1, 4), 0])
    v[1] = -rng.integers(1, 4)
    meet = rng.integers(-4, 5, size=2)
    points = []
    for ratio, direction in ((ratios[first], u), (ratios[second], v)):
        ahead, back = rng.permutation(ratio)
        points += [meet + ahead * direction, meet - back * direction]
    order = rng.permutation(4)
    return {
        "points": [[int(x) for x in points[n]] for n in order],
        "labels": [[1, 1, -1, -1][n] for n in order],
    }


def insist_on_proof(found, X, y, name):
    """Raise CheckFailed unless `found` is a certificate that no line separates the points."""
    if found is None:
        raise CheckFailed(f"{name} is None, but no line separates the points")
    proof = shaped(found, (len(y),), name=name)
    if proof.min() < -1e-9:
        raise CheckFailed(f"{name} has a negative entry: this proves nothing")
    close(proof.sum(), 1.0, rtol=1e-6, name=f"the sum of {name}")
    size = np.max(np.abs(X))
    close(proof @ y, 0.0, atol=1e-6, name=f"the sum of y times {name}")
    close((proof * y) @ X, np.zeros(X.shape[1]), atol=1e-6 * size, name=f"the sum of {name}·y·x")


@task("certificate", weight=2)
def test_your_certificate(student, variant):
    """`my_certificate` proves that no line separates your own four points"""
    points, labels = np.array(variant["points"], dtype=float), np.array(variant["labels"])
    insist_on_proof(student.get("my_certificate"), points, labels, "my_certificate")


@task("certificate")
def test_certificate_of_xor(student):
    """`certificate` proves that no line does XOR, and returns None for AND"""
    insist_on_proof(student.certificate(SQUARE, 2 * XOR - 1), SQUARE, 2 * XOR - 1, "the result")
    found = student.certificate(SQUARE, np.array([-1, -1, -1, 1]))
    assert found is None, "a line separates the points of AND, but it does not return None"


# 3 xor-weights


@task("xor-weights")
def test_readout(student):
    """`readout` is positive at (0, 1) and (1, 0), and not positive at (0, 0) and (1, 1)"""
    answer = student.get("readout")
    v = shaped(entry(answer, "v", "readout"), (2,), name='readout["v"]')
    c = shaped(entry(answer, "c", "readout"), (), name='readout["c"]')
    folded = torch.relu(linear(SQUARE, [[1.0, -1.0], [1.0, -1.0]], [-1.5, 0.5]))
    # Each is the sum of two exact numbers, and so has the right sign, however small it is.
    found = (single(folded, v, c) > 0).tolist()
    equal(found, [False, True, True, False], name="f > 0 at (0,0), (0,1), (1,0), (1,1)")


@draw("xor-weights")
def own_corners(rng):
    """Draw a low and a high value for each input, the two gaps clearly different."""
    low_1, low_2 = round(rng.uniform(-2, -0.5), 1), round(rng.uniform(0.4, 1.5), 1)
    return {
        "low_1": low_1,
        "high_1": round(low_1 + rng.uniform(1.6, 3), 1),
        "low_2": low_2,
        "high_2": round(low_2 + rng.uniform(0.5, 1.3), 1),
    }


def corner_outputs(answer, variant):
    """Return the four outputs of `my_xor` at a student's corners, in the order of SQUARE."""
    W1 = shaped(entry(answer, "W1", "my_xor"), (2, None), name='my_xor["W1"]')
    H = W1.shape[1]
    if not 2 <= H <= 8:
        raise CheckFailed(f"my_xor has {H} hidden units, expected 2 to 8")
    b1, W2, b2 = (
        shaped(entry(answer, name, "my_xor"), shape, name=f'my_xor["{name}"]')
        for name, shape in {"b1": (H,), "W2": (H,), "b2": ()}.items()
    )
    low, high = ([variant[f"{which}_1"], variant[f"{which}_2"]] for which in ("low", "high"))
    return single(torch.relu(linear(np.where(SQUARE == 1, high, low), W1, b1)), W2, b2)


@task("xor-weights", weight=2)
def test_your_network(student, variant):
    """`my_xor` computes 0, 1, 1, 0 at your own corners"""
    found = corner_outputs(student.get("my_xor"), variant)
    close(found, XOR, atol=1e-6, name="f at (low, low), (low, high), (high, low), (high, high)")


# 4 shallow


@Function.of(
    {
        "X": "N D",
        "W1": "D H",
        "b1": "H",
        "W2": "H K",
        "b2": "K",
        "activation": arg.fixed("tanh"),
    },
    returns="F",
)
def forward(X, W1, b1, W2, b2, activation):
    """The network by torch."""
    return linear(IN_TORCH[activation](linear(X, W1, b1)), W2, b2)


@task("shallow")
@pytest.mark.parametrize("activation", ["relu", "tanh"])
def test_forward(student, rng, activation):
    """`forward` agrees with torch for 5 points of 3 features, 4 hidden units and 2 outputs"""
    forward.check(student, rng, N=5, D=3, H=4, K=2, activation=activation)


@task("shallow", weight=0.5)
def test_count_by_hand(student):
    """2-3-1 has 13 parameters, 784-256-128-10 has 235146"""
    equal(student.count_parameters([2, 3, 1]), 13, name="the count for 2-3-1")
    equal(student.count_parameters([784, 256, 128, 10]), 235146, name="the count for MNIST")


@draw("shallow")
def own_network(rng):
    """Draw a depth and a width such that the offset counts in what one layer can afford."""
    return {"K": int(rng.choice([2, 5])), "D": int(rng.choice([4, 7, 10, 13]))}


def counted(sizes):
    """The number of parameters of a network of these sizes, counted by torch."""
    layers = [torch.nn.Linear(a, b) for a, b in zip(sizes[:-1], sizes[1:], strict=True)]
    return sum(p.numel() for layer in layers for p in layer.parameters())


@task("shallow")
def test_your_parameters(student, variant):
    """`my_counts` has the parameters of your own network, and four whole numbers"""
    answer = student.get("my_counts")
    for name in ("pieces", "shallow_width", "shallow_pieces"):
        number = shaped(entry(answer, name, "my_counts"), (), name=f'my_counts["{name}"]')
        assert number == np.round(number) > 0, f'my_counts["{name}"] is a whole number'
    total = counted([1, *variant["K"] * [variant["D"]], 1])
    equal(entry(answer, "parameters", "my_counts"), total, name='my_counts["parameters"]')


# 5 activations

SLOPES = Derivation(
    given={"z": (), "c": (), "w": (), "x": (), "y": ()},
    forward={
        "s": "sigmoid(z)",
        "q": "sigmoid(2*z)",
        "r": "relu(z)",
        "k": "relu(z) - c*relu(-z)",
        "p": "log(1 + exp(z))",
        "t": "tanh(z)",
        "l": "(step(w*x) - y)**2",
    },
    lines=[
        Line("dr_dz", derivative=("r", "z")),
        Line("dk_dz", derivative=("k", "z")),
        Line("dp_dz", derivative=("p", "z"), symbols={"s"}),
        Line("dt_dz", derivative=("t", "z"), symbols={"q"}),
        Line("dl_dw", derivative=("l", "w")),
    ],
    positive={"c"},
    points=12,
)


@task("activations", weight=0.5)
@pytest.mark.parametrize("line", SLOPES.names)
def test_slope(student, line):
    """The line equals the derivative it stands for"""
    SLOPES.check(student.get("activation_lines"), line)


@task("activations")
def test_active_share_by_hand(student):
    """Three points, two units: the first is on at one of them, the second at none"""
    X, W, b = np.array([[1.0], [2.0], [3.0]]), np.array([[1.0, -1.0]]), np.array([-2.0, 1.0])
    close(student.active_share(X, W, b), [1 / 3, 0.0], name="the shares")


# 6 compose


def stack(rng, sizes):
    """Return weights and biases of linear layers between these sizes."""
    pairs = list(zip(sizes[:-1], sizes[1:], strict=True))
    return [rng.normal(size=p) for p in pairs], [rng.normal(size=p[1]) for p in pairs]


def through(X, weights, biases):
    """Send X through the layers, one after the other."""
    for W, b in zip(weights, biases, strict=True):
        X = linear(X, W, b)
    return X.numpy()


@task("compose")
def test_two_layers_are_one(student, rng):
    """`collapse` gives one layer that does what two layers do"""
    weights, biases = stack(rng, (3, 4, 2))
    W, b = unpack(student.collapse(weights, biases), 2, name="the result")
    X = rng.normal(size=(6, 3))
    found = linear(X, shaped(W, (3, 2), name="W"), shaped(b, (2,), name="b"))
    close(found, through(X, weights, biases), name="X @ W + b")


@task("compose")
def test_merged_network(student, rng):
    """With `merge` the deep network's second layer has the values of the two networks in a row"""
    phi0, (phi, theta0, theta1) = float(rng.normal()), normal(rng, 4, 3, 3)
    psi0, Psi = unpack(student.merge(phi0, phi, theta0, theta1), 2, name="the result")
    h = rng.uniform(0, 2, size=(5, 4))
    y = linear(h, phi[:, None], [phi0])
    deep = linear(h, shaped(Psi, (4, 3), name="Psi"), shaped(psi0, (3,), name="psi0"))
    close(deep, linear(y, theta1[None], theta0), name="psi0 + h @ Psi")


# 7 regions


@task("regions")
def test_pieces_by_hand(student):
    """ReLU(x) - 2 ReLU(x - 1) + ReLU(-x - 2) has the slopes -1, 0, 1, -1"""
    units = np.array([0.0, -1.0, -2.0]), np.array([1.0, 1.0, -1.0]), np.array([1.0, -2.0, 1.0])
    by_hand = [-2.0, 0.0, 1.0], [-1.0, 0.0, 1.0, -1.0]
    close(student.linear_pieces(*units), by_hand, name=("joints", "slopes"))


@task("regions")
def test_no_joint(student):
    """ReLU(x) - ReLU(-x) is x: no joint, and the one slope is 1"""
    found = student.linear_pieces(np.zeros(2), np.array([1.0, -1.0]), np.array([1.0, -1.0]))
    close(found, ([], [1.0]), name=("joints", "slopes"))


# 8 approximation


def units(x, knots):
    """The hidden units at each x, by torch."""
    return torch.relu(torch.tensor(x)[:, None] - torch.tensor(knots))


@task("approximation")
def test_zigzag_is_recovered(student, rng):
    """A zig-zag that bends at the knots is fitted exactly"""
    knots, truth = np.array([-0.5, 0.2, 0.7]), rng.normal(size=4)
    x = np.linspace(-1, 1.5, 23)
    y = single(units(x, knots), truth[1:], truth[0]).numpy()
    close(student.fit_relu(x, y, knots), truth, rtol=1e-6, name="phi")


# 9 train


def labels(rng, N):
    """Return N labels, of both classes as often as possible."""
    return (rng.permutation(N) % 2).astype(float)


def logits(X, params, activation):
    """The logits of a network as a torch tensor, with gradients."""
    hidden = IN_TORCH[activation](linear(X, params["W1"], params["b1"]))
    return single(hidden, params["W2"], params["b2"])


def cross_entropy(X, y, params, activation):
    """The mean binary cross-entropy as a torch tensor, with gradients."""
    z = logits(X, params, activation)
    target = torch.as_tensor(y, dtype=torch.float64)
    return torch.nn.functional.binary_cross_entropy_with_logits(z, target)


PARAMS = {
    "W1": "D H",
    "b1": "H",
    "W2": "H",
    "b2": arg.own(lambda rng: float(rng.normal()), "normal"),
}


@Function.of(
    {"X": "N D", "y": labels, "params": PARAMS, "activation": arg.fixed("tanh")},
    returns=("the loss", "the gradients"),
    batch="N",
)
def gradients(X, y, params, activation):
    """The loss and its gradients, by autograd."""
    found = slopes(lambda **leaves: cross_entropy(X, y, leaves, activation), **params)
    return float(cross_entropy(X, y, params, activation)), found


@task("train")
@pytest.mark.parametrize("activation", ["tanh", "relu"])
def test_gradients_are_slopes(student, rng, activation):
    """`gradients` returns the mean loss and its slopes for 5 points and 4 hidden units"""
    gradients.check(student, rng, N=5, D=3, H=4, activation=activation)


def trained(params, D, H):
    """Return the parameters of a network with one output as arrays, once their shapes are right."""
    shapes = {"W1": (D, H), "b1": (H,), "W2": (H,), "b2": ()}
    return {
        name: shaped(entry(params, name, "the parameters"), shape, name=f'params["{name}"]')
        for name, shape in shapes.items()
    }


@task("train")
@pytest.mark.parametrize("seed", [21, 22, 23])
def test_training_goes_downhill(student, seed):
    """After 60 steps on XOR with 8 tanh units the loss is below that of a coin"""
    result = student.train(gradients.truth, SQUARE, XOR, 8, "tanh", seed, steps=60)
    loss = float(cross_entropy(SQUARE, XOR, trained(result, 2, 8), "tanh"))
    # Of a million right starts none misses this.
    assert loss < np.log(2), f"the loss is {loss:.4f}, that of a coin log 2 = 0.6931"


# 10 coin-toss

ALWAYS = {"W1": np.ones((2, 3)), "b1": np.zeros(3), "W2": np.zeros(3), "b2": 1.0}


@task("coin-toss")
def test_accuracy_by_hand(student):
    """A network that always says class 1 gets two of five points right, and with NaN none"""
    X, y = np.arange(10.0).reshape(5, 2) / 10, np.array([0.0, 1.0, 0.0, 0.0, 1.0])
    close(student.accuracy(X, y, ALWAYS, "tanh"), 0.4, name="the accuracy")
    broken = ALWAYS | {"b2": float("nan")}
    equal(float(student.accuracy(X, y, broken, "tanh")), 0.0, name="the accuracy with NaN logits")


@task("coin-toss")
def test_share_of_seeds(student):
    """With a training that succeeds for one seed of four, `success_rate` is 0.25"""
    y = np.array([1.0, 1.0, 1.0, 1.0])

    def train_once(seed):
        return ALWAYS if seed == 7 else ALWAYS | {"b2": -1.0}

    rate = student.success_rate(train_once, SQUARE, y, "relu", [5, 7, 6, 9])
    close(rate, 0.25, name="the success rate")
