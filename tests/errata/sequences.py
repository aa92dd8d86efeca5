"""Normalisation, recurrence, attention, word vectors."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch.nn import functional

from errata import FOUND, Three, erratum, logistic, rng, slopes, softmax


@erratum("001.45")
def eps_of_layer_normalisation() -> Three:
    a, eps = 1e-3 * np.array([1.0, 2.0, 3.0]), 1e-5
    centred = a - a.mean()
    truth = functional.layer_norm(torch.tensor(a), (3,), eps=eps)
    return centred / (a.std() + eps), centred / np.sqrt(a.var() + eps), truth


@erratum("001.47")
def the_central_moment() -> Three:
    a = np.array([1.0, 2.0, 4.0])
    return np.mean(a**2), np.mean((a - a.mean()) ** 2), torch.tensor(a).var(correction=0)


@erratum("001.61")
def a_long_vector_wins() -> Three:
    """The token that each of three attends to most."""
    X = np.array([[1.0, 0], [0, 1], [3, 3]])
    weights = softmax(X @ X.T / np.sqrt(2))
    return [0, 1, 2], [2, 2, 2], weights.argmax(1)


@erratum("001.64")
def attention_is_equivariant() -> Three:
    X, order = rng().normal(size=(4, 3)), [2, 0, 3, 1]

    def attend(X):
        return functional.scaled_dot_product_attention(*3 * [torch.tensor(X)[None]])[0].numpy()

    return attend(X), attend(X)[order], attend(X[order])


FOUND["003.28"] = attention_is_equivariant


@erratum("001.67")
def masked_rows_sum_to_one() -> Three:
    scores, past = rng().normal(size=(3, 3)), np.tri(3)
    after = (softmax(scores) * past).sum(1)
    before = softmax(np.where(past > 0, scores, -np.inf)).sum(1)
    return after, before, np.ones(3)


@erratum("003.27")
def the_variance_of_scores() -> Three:
    """Entries with variance 4: the scores over √d have variance 16, not 1."""
    q, k = 2 * rng().normal(size=(2, 20_000, 64))
    return 1, 16, round(float(np.var((q * k).sum(1) / 8)))


@erratum("004.48")
def which_state_the_gate_keeps() -> Three:
    """A GRU of one unit without biases, where the reset commutes."""
    cell = torch.nn.GRUCell(1, 1, bias=False).double()
    with torch.no_grad():
        for weights in cell.parameters():
            weights.copy_(torch.tensor([[0.5], [1.2], [-0.8]]))
    x, h = 0.7, -0.4
    (r_x, z_x, n_x), (r_h, z_h, n_h) = (w.detach().numpy()[:, 0] for w in cell.parameters())
    z, r = logistic(z_x * x + z_h * h), logistic(r_x * x + r_h * h)
    n = np.tanh(n_x * x + r * n_h * h)
    truth = cell(torch.tensor([[x]], dtype=torch.float64), torch.tensor([[h]], dtype=torch.float64))
    return (1 - z) * h + z * n, (1 - z) * n + z * h, truth.item()


@erratum("004.50")
def through_time() -> Three:
    """∂L/∂h_1 of a linear recurrence of four steps; as printed all the outputs lie behind T."""
    draw, T = rng(), 4
    W, Q = draw.normal(size=(3, 3)), draw.normal(size=(2, 3))
    g = draw.normal(size=(2 * T + 1, 2))  # ∂L/∂o_t; there are T of them, the others are zero
    g[T + 1 :] = 0

    def loss(h):
        total = torch.tensor(g[1]) @ torch.tensor(Q) @ h
        for t in range(2, T + 1):
            h = torch.tensor(W) @ h
            total = total + torch.tensor(g[t]) @ torch.tensor(Q) @ h
        return total

    def summed(index):
        power = np.linalg.matrix_power
        return sum(power(W.T, T - i) @ Q.T @ g[index(i)] for i in range(1, T + 1))

    (truth,) = slopes(loss, draw.normal(size=3))
    return summed(lambda i: T + i), summed(lambda i: T + 1 - i), truth


@erratum("004.51")
def the_largest_absolute_value() -> Three:
    """Eigenvalues below one, -1.1 among them: does a power of 100 vanish?"""
    values = np.array([-1.1, 0.5])
    return max(values) < 1, max(abs(values)) < 1, bool(np.abs(values**100).max() < 1)


@erratum("004.61")
def the_gradient_of_skip_gram() -> Three:
    U, v = np.array([[1.0, 0], [0, 1], [1, 1]]), np.array([1.0, 2.0])
    P = softmax(U @ v)
    (truth,) = slopes(lambda c: torch.log_softmax(torch.tensor(U) @ c, 0)[0], v)
    loss = np.array([np.log(P[0]), np.log(P[0])])
    return loss, U[0] - P @ U, truth


@erratum("004.60")
def shapes_of_word2vec() -> Three:
    """The row of W that a one-hot vector selects."""
    W, x = np.arange(12.0).reshape(4, 3), np.eye(4)[2]
    with pytest.raises(ValueError, match="mismatch"):
        W @ x
    return W[:3, 2], W.T @ x, W[2]


@erratum("004.62")
def the_output_vector_has_its_own_gradient() -> Three:
    U, v = np.array([[1.0, 0], [0, 1], [1, 1]]), np.array([1.0, 2.0])
    P = softmax(U @ v)
    (truth,) = slopes(lambda u: torch.log_softmax(u @ torch.tensor(v), 0)[0], U)
    return U[0] - P @ U, (1 - P[0]) * v, truth[0]
