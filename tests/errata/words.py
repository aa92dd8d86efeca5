"""Word vectors: pairs, skip-gram, negative sampling."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch.nn import functional

from autograder.checks import slopes
from errata import Three, erratum, softmax

SENTENCE = ["the", "man", "loves", "his", "son"]
K = 2  # noise words for each pair


@erratum("004.59")
def signs_of_offsets_and_of_logarithms() -> Three:
    """The four words around "loves", by their places, and the loss of four probabilities."""
    centre, P = SENTENCE.index("loves"), np.array([0.1, 0.2, 0.3, 0.4])
    printed = [centre + j for j in (2, 1, 1, 2)]
    right = [centre + j for j in (-2, -1, 1, 2)]
    others = [place for place, word in enumerate(SENTENCE) if word != "loves"]
    loss = -np.log(P[0]) + np.log(P[1:]).sum()
    return [*printed, loss], [*right, -np.log(P).sum()], [*others, -np.log(P.prod())]


@erratum("004.72")
def pairs_end_where_the_sentence_ends() -> Three:
    T, m = len(SENTENCE), 2
    pairs = [(t, o) for t in range(T) for o in range(T) if 0 < abs(t - o) <= m]
    return T * 2 * m, 2 * m * T - m * (m + 1), len(pairs)


@erratum("004.60")
def shapes_of_word2vec() -> Three:
    """The row of W that a one-hot vector selects."""
    W, x = np.arange(12.0).reshape(4, 3), np.eye(4)[2]
    with pytest.raises(ValueError, match="mismatch"):
        W @ x
    return W[:3, 2], W.T @ x, W[2]


@erratum("004.61")
def the_gradient_of_skip_gram() -> Three:
    U, v = np.array([[1.0, 0], [0, 1], [1, 1]]), np.array([1.0, 2.0])
    P = softmax(U @ v)
    (truth,) = slopes(lambda c: torch.log_softmax(torch.tensor(U) @ c, 0)[0], v)
    loss = np.array([np.log(P[0]), np.log(P[0])])
    return loss, U[0] - P @ U, truth


@erratum("004.62")
def the_output_vector_has_its_own_gradient() -> Three:
    U, v = np.array([[1.0, 0], [0, 1], [1, 1]]), np.array([1.0, 2.0])
    P = softmax(U @ v)
    (truth,) = slopes(lambda u: torch.log_softmax(u @ torch.tensor(v), 0)[0], U)
    return U[0] - P @ U, (1 - P[0]) * v, truth[0]


def best_scores(P, q):
    """The scores s that minimise -Σ P log σ(s) - K Σ q log σ(-s), found by Newton's method."""
    P, q = torch.tensor(P), torch.tensor(q)
    s = torch.zeros(len(P), dtype=torch.float64, requires_grad=True)
    for _ in range(50):
        loss = -(P * functional.logsigmoid(s) + K * q * functional.logsigmoid(-s)).sum()
        (slope,) = torch.autograd.grad(loss, s, create_graph=True)
        (bend,) = torch.autograd.grad(slope.sum(), s)
        s = (s - slope / bend).detach().requires_grad_()
    return s.detach().numpy()


CONTEXT, NOISE = np.array([0.2, 0.3, 0.5]), np.array([0.5, 0.3, 0.2])


@erratum("004.70")
def noise_may_be_a_neighbour() -> Three:
    """σ of the best scores; without neighbours among the noise nothing holds them below 1."""
    right = CONTEXT / (CONTEXT + K * NOISE)
    return np.ones(3), right, 1 / (1 + np.exp(-best_scores(CONTEXT, NOISE)))


@erratum("004.71")
def negative_sampling_has_another_optimum() -> Three:
    """Softmax of the best scores is not how often a word is a neighbour."""
    ratio = CONTEXT / NOISE
    return CONTEXT, ratio / ratio.sum(), softmax(best_scores(CONTEXT, NOISE))
