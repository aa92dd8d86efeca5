"""Losses, metrics and steps of training."""

from __future__ import annotations

import itertools
from math import log

import numpy as np
import torch

from autograder.checks import slopes
from errata import Three, erratum, logistic, rng


@erratum("000.6")
def descent_needs_a_small_rate() -> Three:
    """A parabola of curvature 3: whether it converges, by rate 1.9/L and 2.1/L."""

    def ends(rate: float) -> bool:
        return abs((1 - rate * 3.0) ** 400) < 1

    return (True, True), (1.9 / 3 < 2 / 3, 2.1 / 3 < 2 / 3), (ends(1.9 / 3), ends(2.1 / 3))


@erratum("000.8")
def momentum_goes_downhill() -> Three:
    """Ten steps on x²/2, against torch's SGD with the rate of an average."""
    walks = []
    for sign in (1, -1):
        x, m = 1.0, 0.0
        for _ in range(10):
            m = 0.9 * m + 0.1 * x
            x = x + sign * 0.5 * m
        walks.append(x)
    theta = torch.ones(1, dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.SGD([theta], lr=0.5 * 0.1, momentum=0.9)
    for _ in range(10):
        optimizer.zero_grad()
        (theta**2 / 2).sum().backward()
        optimizer.step()
    return walks[0], walks[1], theta.item()


@erratum("000.10")
def a_normalised_step_has_the_sign_of_the_gradient() -> Three:
    g, delta = np.array([-3.0, 0.2]), 1e-9
    v = g**2
    return v / np.sqrt(v) + delta, g / (np.sqrt(v) + delta), np.sign(g)


@erratum("000.11")
def correction_restores_a_constant_gradient() -> Three:
    beta, gamma, g, m = 0.9, 0.99, 2.0, 0.0
    printed = (m + (1 - beta) * g) / (1 - gamma)
    m = beta * m + (1 - beta) * g
    return printed, m / (1 - beta), g


def adam_step(g: float, eps: float, *, inside: bool, corrected: bool = True, gamma: float) -> float:
    beta, m, s = 0.9, 0.1 * g, (1 - gamma) * g * g
    if corrected:
        m, s = m / (1 - beta), s / (1 - gamma)
    return m / np.sqrt(s + eps) if inside else m / (np.sqrt(s) + eps)


@erratum("000.12")
def a_missing_correction_does_not_show() -> Three:
    """The first step, uncorrected, with 0.999 and with 0.99; and as it should be."""
    steps = [adam_step(0.3, 0.0, inside=False, corrected=False, gamma=g) for g in (0.999, 0.99)]
    return steps[0], steps[1], adam_step(0.3, 0.0, inside=False, gamma=0.99)


@erratum("001.50")
def eps_lies_outside_the_root() -> Three:
    theta = torch.zeros(1, dtype=torch.float64, requires_grad=True)
    theta.grad = torch.full_like(theta, 1e-6)
    torch.optim.Adam([theta], lr=1e-3, eps=1e-8).step()
    inside, outside = (1e-3 * adam_step(1e-6, 1e-8, inside=i, gamma=0.999) for i in (True, False))
    return inside, outside, -theta.item()


@erratum("001.8")
def errors_cancel() -> Three:
    """The confidence in each point where the derivative is zero."""
    x, y, w = np.array([1.0, 1.0]), np.array([0.0, 1.0]), 0.0
    p = logistic(w * x)
    assert np.mean((p - y) * x) == 0
    return (1.0, 1.0), (0.5, 0.5), np.abs(p)


@erratum("001.10")
def the_limit_of_the_mean_loss() -> Three:
    """2/L from the curvature ¼ mean x² at w = 0, where it is largest; as printed, below 1.5."""
    x, h = rng().choice([-1.0, 1.0], size=50), 1e-4

    def loss(w: float) -> float:
        return float(np.mean(np.log1p(np.exp(w * x)) - 0.5 * w * x))

    curvature = (loss(h) - 2 * loss(0.0) + loss(-h)) / h**2
    return 1.5, 8.0, 2 / curvature


@erratum("004.9")
def not_directly_to_the_minimum() -> Three:
    """The first step on a narrow bowl, as a direction: is it that of the minimum?"""
    x, a = np.array([1.0, 1.0]), np.array([1.0, 10.0])
    step = -a * x
    return -x / np.linalg.norm(x), step / np.linalg.norm(step), -a / np.sqrt(101)


@erratum("004.20")
def the_change_is_the_negative_gradient() -> Three:
    w, rate = 3.0, 0.1
    gradient = 2 * w
    return w + rate * gradient, w + rate * -gradient, 0.8 * w


@erratum("001.42")
def a_skip_that_shrinks_vanishes() -> Three:
    U = 0.5 * np.linalg.qr(rng().normal(size=(6, 6)))[0]
    return 1.0, 0.5**30, np.linalg.norm(np.linalg.matrix_power(U, 30), 2)


@erratum("001.43")
def he_draws_with_that_variance() -> Three:
    """The mean square of activations is kept by ReLU layers whose weights have variance 2/D."""
    D, kept = 256, []
    for deviation in (2 / D, np.sqrt(2 / D)):
        draw = rng()
        h = draw.normal(size=(400, D))
        first = np.mean(h**2)
        for _ in range(3):
            h = np.maximum(h @ draw.normal(0, deviation, size=(D, D)), 0)
        kept.append(round(np.mean(h**2) / first, 0))
    return kept[0], kept[1], 1.0


@erratum("001.4")
def the_divergence_is_in_nats() -> Three:
    p, q = torch.tensor([0.5, 0.5]), torch.tensor([0.9, 0.1])
    bits = 0.5 * np.log2(0.5 / 0.9) + 0.5 * np.log2(0.5 / 0.1)
    return bits, bits * log(2), torch.sum(p * torch.log(p / q)).item()


@erratum("001.5")
def the_deviation_stays() -> Three:
    """The slope in σ of the negative log-likelihood of a normal distribution."""
    sigma, r = 0.7, 0.4
    (truth,) = slopes(
        lambda s: -torch.distributions.Normal(0.0, s).log_prob(torch.tensor(r)), sigma
    )
    return -(r**2) / sigma**3, 1 / sigma - r**2 / sigma**3, truth


@erratum("001.24")
def the_norm_is_squared() -> Three:
    w = np.array([3.0, -4.0])
    return np.sum(w**2), np.sqrt(np.sum(w**2)), np.linalg.norm(w)


@erratum("001.49")
def the_norm_of_a_matrix() -> Three:
    """Weight decay sums squares: that is not the spectral norm."""
    W = rng().normal(size=(3, 4))
    return np.linalg.norm(W, 2) ** 2, np.linalg.norm(W, "fro") ** 2, sum(w * w for w in W.ravel())


@erratum("000.16")
def noise_bias_variance() -> Three:
    """A constant fitted to two samples with y = ±1, all eight cases with the test sample."""
    outcomes = list(itertools.product([-1.0, 1.0], repeat=2))
    fits = np.array([0.5 * np.mean(s) for s in outcomes])  # shrunk, so that there is bias
    mu, noise = 0.2, 1.0  # the test mean is shifted by 0.2
    truth = np.mean([(f - (mu + e)) ** 2 for f in fits for e in (-1.0, 1.0)])
    bias = (fits.mean() - mu) ** 2
    return truth + bias + noise, fits.var() + bias + noise, truth


CONFUSION = np.array([[5, 1, 0], [2, 3, 1], [0, 2, 6]])  # truth in rows
TP = np.diag(CONFUSION)
FP, FN = CONFUSION.sum(0) - TP, CONFUSION.sum(1) - TP
TN = CONFUSION.sum() - TP - FP - FN
LABELS = [(i, j) for i, j in np.ndindex(3, 3) for _ in range(CONFUSION[i, j])]


@erratum("004.24")
def accuracy() -> Three:
    return np.sum(TP + TN) / 3, TP.sum() / CONFUSION.sum(), np.mean([i == j for i, j in LABELS])


@erratum("004.26")
def f_beta() -> Three:
    tp, fp, fn, b = 6, 2, 4, 2.0
    p, r = tp / (tp + fp), tp / (tp + fn)
    printed, right = ((b * b + 1) * tp / ((b * b + 1) * tp + x) for x in (fp + fn, b * b * fn + fp))
    return printed, right, (b * b + 1) * p * r / (b * b * p + r)


@erratum("004.27")
def macro_precision() -> Three:
    truth = np.mean([np.mean([i == k for i, j in LABELS if j == k]) for k in range(3)])
    return TP.sum() / (TP + FP).sum() / 3, np.mean(TP / (TP + FP)), truth


@erratum("004.28")
def macro_f() -> Three:
    p, r = TP / (TP + FP), TP / (TP + FN)
    printed = 2 * p.mean() * r.mean() / (p.mean() + r.mean())
    return printed, np.mean(2 * TP / (2 * TP + FP + FN)), np.mean(2 * p * r / (p + r))


@erratum("004.8")
def a_relative_error_has_no_scale() -> Three:
    """The change when the data are multiplied by 10."""
    y, f = np.array([1.0, 2.0, 4.0]), np.array([1.1, 1.8, 4.4])
    before, after = (np.mean(np.abs((s * y - s * f) / (s * y))) for s in (1, 10))
    return 10.0, 1.0, after / before
