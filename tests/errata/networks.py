"""Networks and their gradients."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
import torch
from torch.nn import functional

from autograder.checks import slopes
from errata import Three, erratum, logistic, rng, softmax


@erratum("001.29")
def tanh_is_odd() -> Three:
    z = np.array([0.3, 1.7])
    return np.tanh(z), -np.tanh(z), np.tanh(-z)


@erratum("001.27")
def what_a_linear_network_differs_from() -> Three:
    """Without φ, the collapsed network and the composed one are the same."""
    draw = rng()
    w, U, x = draw.normal(size=4), draw.normal(size=(3, 4)), draw.normal(size=3)
    return np.maximum(w @ U.T, 0) @ x, (w @ U.T) @ x, w @ (U.T @ x)


@erratum("002.6")
def regions_at_most() -> Three:
    """A random network 1-3-3-1, its pieces counted on a fine grid: never 16."""
    draw, x, counted = rng(), np.linspace(-8, 8, 200_001), []
    for _ in range(5):
        h = np.maximum(np.outer(x, draw.normal(size=3)) + draw.normal(size=3), 0)
        A = h @ draw.normal(size=(3, 3)) + draw.normal(size=3)
        on = np.hstack([h > 0, A > 0])
        counted.append(1 + np.any(on[1:] != on[:-1], axis=1).sum())
    return 5 * [True], 5 * [False], [count >= 16 for count in counted]


@erratum("002.5")
def parameters_for_small_widths() -> Three:
    """The count for D = 1 and 2, which the condition excludes, with three hidden layers."""
    counts = [sum(a * b + b for a, b in itertools.pairwise([1, D, D, D, 1])) for D in (1, 2)]
    return (0, 0), [3 * D + 1 + 2 * D * (D + 1) for D in (1, 2)], counts


@erratum("003.5")
def one_hidden_layer() -> Three:
    net = torch.nn.Sequential(torch.nn.Linear(2, 5), torch.nn.ReLU(), torch.nn.Linear(5, 1))
    return (2 + 2) * 5, (2 + 2) * 5 + 1, sum(p.numel() for p in net.parameters())


@erratum("001.11")
def the_perceptron_predicts_with_its_present_weights() -> Three:
    """Updates on AND in the last of 50 rounds: with the first weights it never stops."""
    X, y = np.array([[0, 0], [0, 1], [1, 0], [1, 1]]), np.array([-1, -1, -1, 1])
    late = []
    for frozen in (True, False):
        w, b, updates = np.zeros(2), 0.0, 0
        for _ in range(50):
            updates = 0
            for n in range(4):
                z = 0.0 if frozen else X[n] @ w + b
                if (1 if z > 0 else -1) != y[n]:
                    w, b, updates = w + y[n] * X[n], b + y[n], updates + 1
        late.append(updates)
    return late[0], late[1], 0


@erratum("001.38")
def a_skip_changes_the_slope() -> Three:
    def f(w0, w1, w2):
        h1 = torch.sigmoid(w0)
        return (w2 * (torch.sigmoid(w1 * h1) + h1) - 1) ** 2

    w = (0.5, -1.0, 2.0)
    h1 = logistic(w[0])
    h2 = logistic(w[1] * h1) + h1
    up = 2 * (w[2] * h2 - 1) * w[2]
    printed, right = (
        up * (s * w[1] + 1) * h1 * (1 - h1) for s in (h2 * (1 - h2), (h2 - h1) * (1 - h2 + h1))
    )
    return printed, right, slopes(f, *w)[0]


@erratum("001.34")
def squared_error_is_positive() -> Three:
    H, Y = rng().normal(size=(2, 5, 3))
    ones = (np.ones(5), np.ones(3))
    loss = ones[0] @ (H - Y) ** 2 @ ones[1] / 5
    return -loss, loss, 3 * functional.mse_loss(torch.tensor(H), torch.tensor(Y)).item()


@erratum("001.35")
def the_half() -> Three:
    F, Y = rng().normal(size=(2, 5, 3))
    (truth,) = slopes(lambda f: ((f - torch.tensor(Y)) ** 2).sum() / 5, F)
    return (F - Y) / 5, 2 * (F - Y) / 5, truth


@erratum("001.36")
def brackets() -> Three:
    """The gradient of the first layer of three; as printed the shapes do not even fit."""
    draw = rng()
    X, Y = draw.normal(size=(5, 4)), np.eye(3)[[0, 2, 1, 1, 0]]
    W = [draw.normal(size=shape) for shape in ((4, 6), (6, 7), (7, 3))]

    def loss(w0, w1, w2):
        out = torch.tanh(torch.tanh(torch.tensor(X) @ w0) @ w1) @ w2
        return functional.cross_entropy(out, torch.tensor(Y))

    A1 = X @ W[0]
    A2 = np.tanh(A1) @ W[1]
    E = softmax(np.tanh(A2) @ W[2]) - Y
    slope1, slope2 = 1 - np.tanh(A1) ** 2, 1 - np.tanh(A2) ** 2
    with pytest.raises(ValueError, match="broadcast"):
        W[2].T * slope2
    unbracketed = E @ W[2].T @ W[1].T * slope1  # the one reading that fits
    right = ((E @ W[2].T) * slope2 @ W[1].T) * slope1
    return X.T @ unbracketed / 5, X.T @ right / 5, slopes(loss, *W)[0]


@erratum("001.15")
def the_true_class() -> Three:
    draw = rng()
    X, W, y = draw.normal(size=(5, 4)), draw.normal(size=(4, 3)), np.array([0, 2, 1, 1, 0])
    P, Y = softmax(X @ W), np.eye(3)[y]
    (truth,) = slopes(lambda w: functional.cross_entropy(torch.tensor(X) @ w, torch.tensor(y)), W)
    return X.T @ (P - 1) / 5, X.T @ (P - Y) / 5, truth


@erratum("001.17")
def softmax_of_large_scores() -> Three:
    z = np.array([1000.0, 999.0])
    with np.errstate(all="ignore"):
        naive = np.exp(z) / np.exp(z).sum()
    return np.nan_to_num(naive), softmax(z), torch.softmax(torch.tensor(z), 0)


@erratum("003.16")
def two_losses_of_a_logistic_output() -> Three:
    """δ of the squared error, which the exercise states, and that of cross-entropy."""
    a, y = 0.8, 1.0
    f = logistic(a)
    (truth,) = slopes(lambda z: (torch.sigmoid(z) - y) ** 2 / 2, a)
    return f - y, (f - y) * f * (1 - f), truth


@erratum("004.7")
def cross_entropy_has_a_minus() -> Three:
    z, k = rng().normal(size=3), 2
    truth = functional.cross_entropy(torch.tensor(z), torch.tensor(k))
    return np.log(softmax(z))[k], -np.log(softmax(z))[k], truth


@erratum("004.11")
def one_bracket() -> Three:
    a, x, w, y, b = 0.4, 1.7, 0.6, 2.0, 0.1
    s = logistic(a * x)
    up = -2 * (y - b - w * s) * w
    (truth,) = slopes(lambda u: (y - b - w * torch.sigmoid(u * x)) ** 2, a)
    return up * s * (1 - s * x), up * s * (1 - s) * x, truth


@erratum("004.12")
def softmax_mixes() -> Three:
    z, Y = rng().normal(size=3), np.eye(3)[1]
    p = softmax(z)
    jacobian = np.diag(p) - np.outer(p, p)
    (truth,) = slopes(lambda a: functional.cross_entropy(a, torch.tensor(Y)), z)
    return -Y / p * np.diag(jacobian), jacobian @ (-Y / p), truth


@erratum("004.17")
def which_link_is_prediction_minus_label() -> Three:
    p, Y = softmax(rng().normal(size=3)), np.eye(3)[1]
    (truth,) = slopes(lambda f: -(torch.tensor(Y) * f.log()).sum(), p)
    return p - Y, -Y / p, truth


@erratum("004.15")
def a_weight_reaches_one_unit() -> Three:
    draw = rng()
    W1, W2, x = draw.normal(size=(3, 2)), draw.normal(size=3), draw.normal(size=2)
    h = logistic(W1 @ x)
    (truth,) = slopes(lambda w: torch.tensor(W2) @ torch.sigmoid(w @ torch.tensor(x)), W1)
    through = W2 * h * (1 - h)
    return np.outer(np.full(3, through.sum()), x), np.outer(through, x), truth
