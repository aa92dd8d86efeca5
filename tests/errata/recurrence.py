"""Recurrent networks, gates, backpropagation through time, convolutions over time."""

from __future__ import annotations

import numpy as np
import torch
from torch.nn import functional

from autograder.checks import slopes
from errata import Three, erratum, logistic, rng


def lstm_cell(weight: float, bias: tuple[float, float, float, float]) -> torch.nn.LSTMCell:
    """torch's cell of one unit: all its weights the same, biases of the gates i, f, g, o."""
    cell = torch.nn.LSTMCell(1, 1).double()
    with torch.no_grad():
        for each in cell.parameters():
            each.fill_(weight)
        cell.bias_ih.copy_(torch.tensor(bias))
        cell.bias_hh.zero_()
    return cell


def through(cell: torch.nn.LSTMCell, steps: int, pick: int) -> float:
    """d c_steps / d s_0 without input, s the state h (pick 0) or c (pick 1)."""
    state = [torch.zeros(1, 1, dtype=torch.float64, requires_grad=True) for _ in range(2)]
    first = state[pick]
    for _ in range(steps):
        state = cell(torch.zeros(1, 1, dtype=torch.float64), tuple(state))
    state[1].sum().backward()
    return first.grad.item()


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
def backwards_through_time() -> Three:
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


@erratum("004.53")
def a_gate_is_not_linear() -> Three:
    """The forget gate of torch's cell at a pre-activation of 2, from its value at 1."""
    c = torch.ones(1, 1, dtype=torch.float64)
    h = torch.zeros_like(c)
    at_1, at_2 = (lstm_cell(0.0, (0, a, 0, 0))(h, (h, c))[1].item() for a in (1.0, 2.0))
    return 2 * at_1, logistic(2.0), at_2


@erratum("004.54")
def an_lstm_explodes_too() -> Three:
    """Does the slope of c_30 for h_0 stay below one where the recurrent weights are 6?"""
    truth = abs(through(lstm_cell(6.0, (0, 0, 0, 0)), 30, pick=0)) < 1
    return True, False, truth


@erratum("004.69")
def a_gate_that_begins_half_closed() -> Three:
    """The power of ½ that is left of a cell after 50 steps, all weights and biases near zero."""
    return 0, 50 * np.log2(logistic(0.0)), np.log2(through(lstm_cell(0.0, (0, 0, 0, 0)), 50, 1))


@erratum("004.65")
def forgetting_needs_no_sigmoid() -> Three:
    """∂h_20/∂h_0 of a linear recurrence of one unit, which has no activation at all."""

    def last(h):
        for _ in range(20):
            h = 0.8 * h
        return h.sum()

    (truth,) = slopes(last, [1.0])
    return [1.0], [0.8**20], truth


@erratum("004.56")
def a_convolution_knows_the_order() -> Three:
    """A sequence backwards, and a kernel which could not tell."""
    x, w = rng().normal(size=9), np.array([1.0, 2.0, 4.0])
    backwards = x[::-1].copy()
    truth = functional.conv1d(torch.tensor(backwards)[None, None], torch.tensor(w)[None, None])
    return np.correlate(x, w)[::-1], np.correlate(backwards, w), truth[0, 0]
