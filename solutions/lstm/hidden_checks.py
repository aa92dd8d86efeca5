"""The marking checks of `lstm`: other sizes, other weights, torch's own networks as the oracle.

Every block of a weight matrix has random entries of its own, no unit is saturated, and batch, time,
inputs and units are never equal in number. `reference` is our own solution; closed forms and
differences stand beside torch, so that no task hangs on one oracle.
"""

import dataclasses
from pathlib import Path

import numpy as np
import pytest
import torch
from checks import (
    BPTT,
    GATES,
    PARAMETERS,
    TOLERANCE,
    begins_like_torch,
    compare_gradients,
    convolved,
    entry,
    last_only,
    loss_gradient,
    lstm_backward_problem,
    lstm_problem,
    lstm_slopes,
    network,
    recall_data,
    rnn_problem,
    rnn_slopes,
    states,
    tensors,
    trained,
    weights,
)

from autograder.checks import (
    CheckFailed,
    Derivation,
    close,
    convergence,
    equal,
    gradient,
    task,
    unchanged,
    unpack,
)

# (B, T, d_x, d_h), no two alike in one problem but for the ones.
SHAPES = pytest.mark.parametrize(
    "shape", [(3, 6, 2, 4), (5, 1, 3, 2), (1, 4, 5, 3)], ids=["3 6 2 4", "5 1 3 2", "1 4 5 3"]
)


def sigma(a):
    return 1 / (1 + np.exp(-a))


# Task 1, rnn


@task("rnn")
def test_step_with_other_sizes(student, reference, rng):
    """`rnn_step` is right for 5 rows, 2 inputs and 3 units, and leaves its arguments alone"""
    params = weights(rng, 1, 2, 3)
    x, (h,) = rng.normal(size=(5, 2)), states(rng, (5, 3))
    cell = torch.nn.RNNCell(2, 3, dtype=torch.float64)
    cell.load_state_dict(
        dict(zip(("weight_ih", "weight_hh", "bias_ih", "bias_hh"), tensors(*params), strict=True))
    )
    W, b = np.hstack([params[1], params[0]]), params[2] + params[3]
    got = student.rnn_step(x, h, W, b)
    unchanged(student)
    a = np.hstack([h, x]) @ W.T + b
    mistakes = {
        "the inputs come before the state: the order is [h, x]": np.tanh(
            np.hstack([x, h]) @ W.T + b
        ),
        "is tanh missing?": a,
        "the activation is the logistic function, not tanh": sigma(a),
        "is the bias missing?": np.tanh(a - b),
        "does the state take part?": np.tanh(x @ W[:, 3:].T + b),
    }
    close(got, cell(*tensors(x, h)).detach(), **TOLERANCE, name="the state", mistakes=mistakes)
    close(got, reference.rnn_step(x, h, W, b), **TOLERANCE, name="the state")


@task("rnn")
@SHAPES
def test_sequence_with_other_sizes(student, rng, shape):
    """`rnn_sequence` returns torch's states for (B, T, d_x, d_h) of this size"""
    X, h0, W, b, H = rnn_problem(rng, *shape)
    alone = rnn_problem(rng, *shape)[4] * 0
    h = 0 * h0
    for t in range(shape[1]):  # public
        alone[:, t] = np.tanh(np.hstack([h0, X[:, t]]) @ W.T + b)
    zero = []
    for x in X.swapaxes(0, 1):
        h = np.tanh(np.hstack([h, x]) @ W.T + b)
        zero.append(h)
    mistakes = {
        "every step begins at h0: is the state carried on?": alone,
        "the first step begins at zero instead of h0": np.stack(zero, axis=1),
    }
    for _ in range(2):
        got = student.rnn_sequence(X, h0, W, b)
        unchanged(student)
        if np.shape(got) == (shape[1], shape[0], shape[3]) and shape[0] != shape[1]:
            raise CheckFailed("H has time before the batch: it must be (B, T, d_h)")
        close(got, H, **TOLERANCE, name="H", mistakes=mistakes)


@task("rnn")
@pytest.mark.parametrize(("d_x", "d_h"), [(5, 2), (2, 3)], ids=["5 2", "2 3"])
def test_matrices_of_other_sizes(student, rng, d_x, d_h):
    """`rnn_from_torch` and `split_matrix` are right for d_x inputs and d_h units"""
    ih, hh, bias_ih, bias_hh = weights(rng, 1, d_x, d_h)
    W, b = unpack(student.rnn_from_torch(ih, hh, bias_ih, bias_hh), 2)
    unchanged(student)
    close(W, np.hstack([hh, ih]), name="W")
    mistakes = {
        "torch adds both biases up: here is only one of them": bias_ih,
        "torch adds both biases up: this is their mean": (bias_ih + bias_hh) / 2,
    }
    close(b, bias_ih + bias_hh, name="b", mistakes=mistakes)
    W_hh, W_xh = unpack(student.split_matrix(np.hstack([hh, ih])), 2)
    unchanged(student)
    close(W_hh, hh, name="W_hh")
    close(W_xh, ih, name="W_xh")


# Task 2, counts


@task("counts")
@pytest.mark.parametrize("cell", ["rnn", "gru", "lstm"])
def test_counts_of_other_sizes(student, reference, rng, cell):
    """The count is torch's for two biases, and less by a bias in every row for one"""
    drawn = rng.permutation(np.arange(2, 40))[:6].reshape(3, 2).tolist()
    for d_x, d_h in [*drawn, [6, 6]]:
        net = getattr(torch.nn, cell.upper())(d_x, d_h, device="meta")
        both = sum(p.numel() for p in net.parameters())
        equal(student.parameter_count(cell, d_x, d_h, 2), both, name="with two biases")
        one = reference.parameter_count(cell, d_x, d_h)
        equal(one, both - net.bias_hh_l0.numel(), name="the reference")
        equal(student.parameter_count(cell, d_x, d_h), one, name="with one bias")
        none = both - 2 * net.bias_hh_l0.numel()
        equal(student.parameter_count(cell, d_x, d_h, biases=0), none, name="without a bias")


@task("counts", weight=2)
def test_own_counts(student, variant):
    """`my_counts` is right for the student's own sizes"""
    answers = student.get("my_counts")  # public
    d_x, d_h = variant["d_x"], variant["d_h"]
    truth = {"lstm": 4 * d_h * (d_h + d_x + 1), "torch": 4 * d_h * (d_h + d_x + 2)}
    # 3 n (n + d_x + 2) = gru is a quadratic equation.
    truth["hidden"] = round((((d_x + 2) ** 2 + 4 * variant["gru"] / 3) ** 0.5 - d_x - 2) / 2)
    for name, value in truth.items():
        got = entry(answers, name, "my_counts")
        other = {"here torch's two biases count": truth["torch"]} if name == "lstm" else {}
        close(got, value, atol=0, rtol=1e-9, name=f'my_counts["{name}"]', mistakes=other)


# Task 3, bptt

STEPS = {
    "dl_ds": "p - y",
    "dl_dw2": "dl_ds*h3",
    "dl_dh3": "dl_ds*w2",
    "dl_dh2": "dl_dh3*(1 - h3**2)*w1",
    "dl_dh1": "dl_dh2*(1 - h2**2)*w1",
    "dl_dw1": "dl_dh1*(1 - h1**2)*h0 + dl_dh2*(1 - h2**2)*h1 + dl_dh3*(1 - h3**2)*h2",
    "dl_dw0": "dl_dh1*(1 - h1**2)*x1 + dl_dh2*(1 - h2**2)*x2 + dl_dh3*(1 - h3**2)*x3",
    "dl_dh0": "dl_dh1*(1 - h1**2)*w1",
}
FOLLOWING = Derivation(
    given=BPTT.given,
    forward=BPTT.forward,
    lines=[dataclasses.replace(line, expected=STEPS[line.name]) for line in BPTT.lines],
)


@task("bptt", weight=0.5)
@pytest.mark.parametrize("line", FOLLOWING.names)
def test_step(student, line):
    """The line is right, given the lines above it"""
    FOLLOWING.check(student.get("bptt_lines"), line)


@task("bptt", weight=1.5)
@pytest.mark.parametrize("T", [1, 2, 6])
def test_state_gradients(student, reference, rng, T):
    """`state_gradients` agrees with autograd and with the sum, for T steps"""
    dO, W_hh, W_qh = rng.normal(size=(T, 3)), rng.normal(size=(4, 4)), rng.normal(size=(3, 4))
    moved = torch.zeros(T, 4, dtype=torch.float64, requires_grad=True)
    w, q, douts = tensors(W_hh, W_qh, dO)
    h, loss = torch.zeros(4, dtype=torch.float64), 0.0
    for shift, dout in zip(moved, douts, strict=True):
        h = w @ h + shift
        loss = loss + dout @ (q @ h)
    (truth,) = torch.autograd.grad(loss, moved)

    def summed(matrix, first):
        """The sum of the task, with a matrix for W_hh, from i = first(t) on."""
        rows = []
        for t in range(1, T + 1):
            parts = [
                np.linalg.matrix_power(matrix.T, T - i) @ W_qh.T @ dO[T + t - i - 1]
                for i in range(t, T + 1)
            ]
            rows.append(sum(parts[first(len(parts)) :]))
        return np.array(rows)

    close(summed(W_hh, lambda n: 0), truth, name="the sum of the checks")
    got = student.state_gradients(dO, W_hh, W_qh)
    unchanged(student)
    mistakes = {
        "W_hh is not transposed": summed(W_hh.T, lambda n: 0),
        "every state hears its own output only": summed(W_hh, lambda n: n - 1),
    }
    close(got, truth, **TOLERANCE, name="the result", mistakes=mistakes)
    close(got, reference.state_gradients(dO, W_hh, W_qh), **TOLERANCE, name="the result")


# Task 4, rnn-backward


@task("rnn-backward", weight=1.5)
@pytest.mark.parametrize("kind", ["many to one", "many to many"])
@SHAPES
def test_rnn_gradients(student, reference, rng, shape, kind):
    """All gradients agree with autograd for (B, T, d_x, d_h) of this size"""
    X, h0, W, b, H = rnn_problem(rng, *shape)
    dH = loss_gradient(rng, H, kind)  # public
    results = student.rnn_backward(dH, X, h0, H, W)
    unchanged(student)
    truth = rnn_slopes(dH, X, h0, W, b)
    mistakes = {"nothing arrives from the step after": rnn_slopes(dH, X, h0, W, b, carried=False)}
    if kind == "many to many":
        last = rnn_slopes(last_only(dH), X, h0, W, b)
        mistakes["only what the loss says of the last step is used"] = last
    compare_gradients(results, truth, shape[0], mistakes)
    compare_gradients(results, reference.rnn_backward(dH, X, h0, H, W), shape[0])


@task("rnn-backward")
def test_rnn_gradients_are_linear_in_the_loss(student, rng):
    """The gradients of two losses together are the sum of both, and so is each call by itself"""
    X, h0, W, b, H = rnn_problem(rng, 4, 3, 2, 5)
    first, second = rng.normal(size=(2, *H.shape))
    parts = [student.rnn_backward(dH, X, h0, H, W) for dH in (first, second)]
    both = rnn_slopes(first + second, X, h0, W, b)
    added = {name: sum(np.asarray(entry(part, name)) for part in parts) for name in both}
    compare_gradients(added, both, 4)


# Task 5, clipping


@task("clipping", weight=1.5)
@pytest.mark.parametrize(("T", "d_h"), [(6, 4), (1, 3), (3, 5)], ids=["6 4", "1 3", "3 5"])
def test_jacobian_norms(student, reference, rng, T, d_h):
    """`jacobian_norms` agrees with autograd's Jacobians, for T steps of d_h units"""
    W = 0.9 * rng.normal(size=(d_h, d_h))
    inputs, first = tensors(rng.normal(size=(T, d_h)), states(rng, d_h)[0])

    def run(h, start):
        kept = [h]
        for x in inputs[start:]:
            kept.append(torch.tanh(torch.tensor(W) @ kept[-1] + x))
        return kept

    H = torch.stack(run(first, 0)[1:])
    jacobian = torch.autograd.functional.jacobian
    J = [jacobian(lambda h, s=t: run(h, s)[-1], H[t - 1]).numpy() for t in range(1, T + 1)]
    truth = np.array([np.linalg.norm(each, 2) for each in J])
    powers = [np.linalg.matrix_power(W, T - t) for t in range(1, T + 1)]
    mistakes = {
        "this is the Frobenius norm, the root of all squares": [np.linalg.norm(j) for j in J],
        "this is the largest eigenvalue, not the norm": [
            np.abs(np.linalg.eigvals(j)).max() for j in J
        ],
        "is the slope of tanh missing?": [np.linalg.norm(p, 2) for p in powers],
        "the order is reversed: the last entry is for t = T": truth[::-1],
    }
    got = student.jacobian_norms(H.numpy(), W)
    unchanged(student)
    close(got, truth, **TOLERANCE, name="the norms", mistakes=mistakes)
    close(got, reference.jacobian_norms(H.numpy(), W), **TOLERANCE, name="the norms")


@task("clipping", weight=1.5)
@pytest.mark.parametrize("max_norm", [0.7, 4.0, 1000.0])
def test_clipping(student, rng, max_norm):
    """`clip_by_norm` does what torch does with three arrays together, and short ones stay"""
    shapes = {"W": (3, 4), "b": (4,), "scale": ()}
    grads = {name: np.asarray(2 * rng.normal(size=shape)) for name, shape in shapes.items()}
    clipped, norm = unpack(student.clip_by_norm(grads, max_norm), 2, name="the result")
    unchanged(student)
    whole = np.concatenate([g.ravel() for g in grads.values()])
    leaves = {name: torch.zeros(shape) for name, shape in shapes.items()}
    for name, leaf in leaves.items():
        leaf.grad = tensors(grads[name])[0].float()
    torch.nn.utils.clip_grad_norm_(list(leaves.values()), max_norm)
    for name, g in grads.items():
        length = np.sqrt(np.sum(g**2))
        mistakes = {
            "every entry is cut by itself: this is clipping by value": np.clip(
                g, -max_norm, max_norm
            ),
            "every array is clipped by itself": g * min(1, max_norm / length),
            "what is shorter than max_norm is stretched": g * max_norm / np.linalg.norm(whole),
        }
        what = f"the clipped {name}"
        close(entry(clipped, name), leaves[name].grad, **TOLERANCE, name=what, mistakes=mistakes)
    square = {"this is the norm's square": np.sum(whole**2)}
    close(norm, np.linalg.norm(whole), **TOLERANCE, name="the norm", mistakes=square)


@task("clipping", weight=0.5)
def test_gradients_of_zero(student):
    """Gradients that are all zero stay zero, and are not NaN"""
    grads = {"a": np.zeros(3), "c": np.zeros((2, 4))}
    clipped, norm = unpack(student.clip_by_norm(grads, 0.5), 2, name="the result")
    close(clipped, grads, name="the gradients")
    close(norm, 0.0, name="the norm")


@task("clipping", weight=1.5)
@pytest.mark.parametrize("name", ["peak", "below"])
def test_own_powers(student, variant, name):
    """`my_powers` is right for the student's own matrix"""
    norms = [np.linalg.svd(np.array(variant["A"]), compute_uv=False)[0]]
    power = np.array(variant["A"])
    while len(norms) < 150:
        power = power @ np.array(variant["A"])
        norms.append(np.linalg.svd(power, compute_uv=False)[0])
    truth = {"peak": max(norms), "below": 2 + int(np.flatnonzero(np.array(norms) >= 1)[-1])}
    mistakes = {
        "peak": {"this is the example's number, not your own": 10.025},
        "below": {"this is the last power that is not below 1": truth["below"] - 1},
    }[name]
    got = entry(student.get("my_powers"), name, "my_powers")
    what = f'my_powers["{name}"]'
    close(got, truth[name], rtol=5e-4, atol=0, name=what, mistakes=mistakes)


# Task 6, lstm


def cell_by_hand(x, h, c, params, order="figo", carry="f", squash=(sigma, np.tanh)):
    """One step, written out, with the slips that the messages name; params are torch's, i f g o."""
    ih, hh, bias_ih, bias_hh = params
    a = dict(zip("ifgo", np.split(x @ ih.T + h @ hh.T + bias_ih + bias_hh, 4, axis=1), strict=True))
    gate, candidate = squash
    named = {
        name: (candidate if name == "g" else gate)(a[of])
        for name, of in zip("figo", order, strict=True)
    }
    c = named[carry] * c + named["i"] * named["g"]
    return named["o"] * np.tanh(c), c, named["o"] * c


@task("lstm", weight=2)
def test_lstm_step(student, reference, rng):
    """`lstm_step` makes torch's step with random weights and biases in every gate"""
    params, X, h, c = lstm_problem(rng, 5, 1, 2, 3)
    x = X[:, 0]
    cell = torch.nn.LSTMCell(2, 3, dtype=torch.float64)
    names = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
    cell.load_state_dict(dict(zip(names, tensors(*params), strict=True)))
    truth = [part.detach().numpy() for part in cell(tensors(x)[0], tuple(tensors(h, c)))]
    rows = np.r_[3:6, 0:3, 6:12]
    W, b = np.hstack([params[1], params[0]])[rows], (params[2] + params[3])[rows]
    got = unpack(student.lstm_step(x, h, c, W, b), 2, name="the result of `lstm_step`")
    unchanged(student)
    slips = {
        f"the {one} and the {other} gate are exchanged": {"order": order}
        for one, other, order in (
            ("forget", "input", "ifgo"),
            ("forget", "output", "oigf"),
            ("input", "output", "fogi"),
        )
    }
    slips |= {
        "the forget gate serves as input gate, too": {"order": "ffgo"},
        "tanh and the logistic function are exchanged": {"squash": (np.tanh, sigma)},
        "the candidate takes the place of the input gate": {"order": "fgio"},
        "the candidate takes the place of the forget gate": {"order": "gifo"},
        "the candidate takes the place of the output gate": {"order": "fiog"},
    }
    wrong = {text: cell_by_hand(x, h, c, params, **slip) for text, slip in slips.items()}
    right = cell_by_hand(x, h, c, params)
    in_h = {text: value[0] for text, value in wrong.items()}
    in_h["c stands in the place of tanh(c)"] = right[2]
    close(got[1], truth[1], **TOLERANCE, name="c", mistakes={t: v[1] for t, v in wrong.items()})
    close(got[0], truth[0], **TOLERANCE, name="h", mistakes=in_h)
    close(got, reference.lstm_step(x, h, c, W, b), **TOLERANCE, name="(h, c)")


@task("lstm", weight=0.5)
def test_cell_keeps_with_an_open_forget_gate(student, rng):
    """With f = 1, i = 0 and o = 1 the cell stays as it is, however large, and h is its tanh"""
    c = np.array([[3.0, -0.5], [0.2, 40.0], [-7.0, 1.0]])
    b = np.repeat([800.0, -800.0, 0.3, 800.0], 2)
    x, h = rng.normal(size=(3, 4)), rng.normal(size=(3, 2))
    got = unpack(student.lstm_step(x, h, c, np.zeros((8, 6)), b), 2)
    close(got[1], c, **TOLERANCE, name="c")
    close(got[0], np.tanh(c), **TOLERANCE, name="h")


@task("lstm")
@pytest.mark.parametrize(("d_x", "d_h"), [(4, 3), (2, 5)], ids=["4 3", "2 5"])
def test_torchs_weights(student, rng, d_x, d_h):
    """`lstm_from_torch` puts the blocks in our order, the state first, both biases added"""
    ih, hh, bias_ih, bias_hh = params = weights(rng, 4, d_x, d_h)
    W, b = unpack(student.lstm_from_torch(*params), 2)
    unchanged(student)
    blocks = [np.split(value, 4) for value in (np.hstack([hh, ih]), bias_ih + bias_hh)]
    truth = [np.concatenate([each[k] for k in (1, 0, 2, 3)]) for each in blocks]
    unordered = {"the blocks are still in torch's order i, f, g, o": np.hstack([hh, ih])}
    close(W, truth[0], name="W", mistakes=unordered)
    one = np.concatenate([np.split(bias_ih, 4)[k] for k in (1, 0, 2, 3)])
    close(b, truth[1], name="b", mistakes={"here is only one of the two biases": one})


@task("lstm", weight=1.5)
@pytest.mark.parametrize(
    ("shape", "lengths"),
    [((4, 7, 3, 2), [3, 7, 1, 5]), ((3, 5, 2, 6), [2, 4, 3]), ((1, 3, 4, 5), [3])],
    ids=["4 sequences", "none of full length", "one sequence"],
)
def test_padded_batch(student, rng, shape, lengths):
    """A padded batch gives what torch makes of a packed one, whatever the padding is"""
    B, T, d_x, d_h = shape
    params, X, h0, c0 = lstm_problem(rng, B, T, d_x, d_h)
    true = np.arange(T) < np.array(lengths)[:, None]
    packed = torch.nn.utils.rnn.pack_padded_sequence(
        tensors(X)[0], lengths, batch_first=True, enforce_sorted=False
    )
    with torch.no_grad():  # public
        out, (h, c) = network("LSTM", params, d_x, d_h)(packed, tuple(tensors(h0[None], c0[None])))
    H, _ = torch.nn.utils.rnn.pad_packed_sequence(out, batch_first=True, total_length=T)
    rows = np.arange(4 * d_h).reshape(4, d_h)[[1, 0, 2, 3]].ravel()
    W, b = np.hstack([params[1], params[0]])[rows], (params[2] + params[3])[rows]
    X[~true] = 0
    full, *ends = everything(X, h0, c0, params)
    slips = [{"behind the end of a sequence H is not zero": full}]
    slips += [{"this is the state after the padding": end} for end in ends]
    for padding in (0.0, 3.0):
        X[~true] = padding * rng.normal(size=(np.sum(~true), d_x))
        # Twice, since nothing may be kept from one batch to the next.
        for _ in range(2):
            found = unpack(student.lstm_sequence(X, np.array(lengths), h0, c0, W, b), 3)
            unchanged(student)
            if np.shape(found[0]) == (T, B, d_h) and T != B:
                raise CheckFailed("H has time before the batch: it must be (B, T, d_h)")
            for k, (truth, name) in enumerate(
                ((H, "H"), (h[0], "the last h"), (c[0], "the last c"))
            ):
                mistakes = slips[k] if padding == 0 else None
                close(found[k], truth, **TOLERANCE, name=name, mistakes=mistakes)


def everything(X, h, c, params):
    """All hidden states and the last states, where padding is read like any input."""
    kept = []
    for x in X.swapaxes(0, 1):
        h, c, _ = cell_by_hand(x, h, c, params)
        kept.append(h)  # public
    return np.stack(kept, axis=1), h, c


# Task 7, lstm-backward


@task("lstm-backward", weight=2)
@pytest.mark.parametrize("which", ["dh", "dc", "both"])
def test_lstm_step_backward(student, reference, rng, which):
    """One step back agrees with autograd, for a signal at h, at c, and at both"""
    inputs, trace, dH, dC = lstm_backward_problem(rng, 3, 1, 5, 2)
    dH, dC = dH * (which != "dc"), dC * (which != "dh")
    X, h0, c0, W, _ = inputs  # public
    now = {name: trace[name][:, 0] for name in (*GATES, "c")}  # public
    arguments = (dH[:, 0], dC[:, 0], X[:, 0], h0, c0, now, W)
    results = student.lstm_step_backward(*arguments)
    unchanged(student)
    truth = named_slopes(inputs, dH, dC)
    mistakes = {}
    if which == "both":
        mistakes = {
            "dc, what the later steps say of the cell, is left out": named_slopes(
                inputs, dH, np.zeros_like(dC)
            ),
            "the way from h to the cell is left out": step_slip(*arguments, shown=0),
            "is the slope of tanh(c) missing?": step_slip(*arguments, shown=1),
            "the candidate has the slope of tanh, 1 - g**2, not that of a gate": step_slip(
                *arguments, shown=None
            ),
        }
    compare_gradients(results, truth, 3, mistakes)
    compare_gradients(results, reference.lstm_step_backward(*arguments), 3)


def named_slopes(inputs, dH, dC):
    slopes = lstm_slopes(inputs, dH, dC)  # public
    return dict(zip(("x", "h", "c", "W", "b"), [slopes[0][:, 0], *slopes[1:]], strict=True))


def step_slip(dh, dc, x, h, c, now, W, shown):
    """A step back where tanh(c) has another slope; for None it is right, and that of g is wrong."""
    f, i, g, o = (now[name] for name in GATES)
    of_g = 1 - g**2 if shown is not None else g * (1 - g)
    shown = 1 - np.tanh(now["c"]) ** 2 if shown is None else shown
    cell = dc + dh * o * shown
    signals = [cell * c, cell * g, cell * i, dh * np.tanh(now["c"])]
    slopes = [f * (1 - f), i * (1 - i), of_g, o * (1 - o)]
    da = np.hstack([a * b for a, b in zip(signals, slopes, strict=True)])
    back, d_h = da @ W, h.shape[1]
    dW = da.T @ np.hstack([h, x])
    return {"x": back[:, d_h:], "h": back[:, :d_h], "c": cell * f, "W": dW, "b": da.sum(axis=0)}


@task("lstm-backward", weight=1.5)
@SHAPES
def test_lstm_backward(student, reference, rng, shape):
    """All steps back agree with autograd for (B, T, d_x, d_h) of this size"""
    inputs, trace, dH, _ = lstm_backward_problem(rng, *shape)
    X, h0, c0, W, _ = inputs  # public
    results = student.lstm_backward(dH, X, h0, c0, trace, W)
    unchanged(student)
    names = ("X", "h0", "c0", "W", "b")
    truth = dict(zip(names, lstm_slopes(inputs, dH, 0 * dH), strict=True))
    only = dict(zip(names, lstm_slopes(inputs, last_only(dH), 0 * dH), strict=True))
    mistakes = {"only what the loss says of the last step is used": only}
    compare_gradients(results, truth, shape[0], mistakes if shape[1] > 1 else None)
    compare_gradients(results, reference.lstm_backward(dH, X, h0, c0, trace, W), shape[0])


@task("lstm-backward")
def test_lstm_backward_by_differences(student, rng):
    """The gradients of a loss at the last step agree with its differences, one after another"""
    inputs, trace, dH, _ = lstm_backward_problem(rng, 2, 4, 3, 1)
    dH = last_only(dH)
    X, h0, c0, W, b = inputs

    def loss(moved):
        h, c = moved["h0"], moved["c0"]
        ours = [p[[1, 0, 2, 3]] for p in (W[:, 1:], W[:, :1], moved["b"], 0 * b)]
        return float(np.sum(everything(X, h, c, ours)[1] * dH[:, -1]))

    point = {"h0": h0, "c0": c0, "b": b}
    results = student.lstm_backward(dH, X, h0, c0, trace, W)
    for name, value in point.items():
        slope = gradient.numerical(lambda v, name=name: loss(point | {name: v}), value)
        close(entry(results, name), slope, rtol=1e-3, atol=1e-5, name=f"the gradient of {name}")


# Task 8, gru


@task("gru", weight=1.5)
@pytest.mark.parametrize("shape", [(5, 2, 3), (4, 6, 2)], ids=["5 2 3", "4 6 2"])
def test_gru_of_the_notes(student, reference, rng, shape):
    """`gru_step` is the notes' cell for (B, d_x, d_h) of this size"""
    B, d_x, d_h = shape
    W, b = rng.uniform(-1, 1, size=(3 * d_h, d_h + d_x)), rng.uniform(-1, 1, size=3 * d_h)
    x, (h,) = rng.normal(size=(B, d_x)), states(rng, (B, d_h))
    blocks = [(W[k : k + d_h], b[k : k + d_h]) for k in range(0, 3 * d_h, d_h)]

    def step(order=(0, 1, 2), after=False, reset=True, turned=False):
        (Wz, bz), (Wr, br), (Wc, bc) = (blocks[k] for k in order)
        z, r = sigma(np.hstack([h, x]) @ Wz.T + bz), sigma(np.hstack([h, x]) @ Wr.T + br)
        kept = r if reset else np.ones_like(r)
        inner = kept * (h @ Wc[:, :d_h].T) if after else (kept * h) @ Wc[:, :d_h].T
        new = np.tanh(inner + x @ Wc[:, d_h:].T + bc)
        return z * h + (1 - z) * new if turned else (1 - z) * h + z * new

    mistakes = {
        "z is reversed: near 1 it takes the new state": step(turned=True),
        "the reset comes after the matrix, as in torch": step(after=True),
        "z is reversed and the reset comes after the matrix: this is torch's cell": step(
            after=True, turned=True
        ),
        "does the reset gate take part?": step(reset=False),
        "the blocks z and r are exchanged": step(order=(1, 0, 2)),
    }
    got = student.gru_step(x, h, W, b)
    unchanged(student)
    truth = reference.gru_step(x, h, W, b)
    close(step(), truth, name="the formula of the checks")
    close(got, truth, **TOLERANCE, name="the new state", mistakes=mistakes)


@task("gru", weight=1.5)
@pytest.mark.parametrize("shape", [(5, 2, 3), (2, 5, 4)], ids=["5 2 3", "2 5 4"])
def test_gru_as_in_torch(student, rng, shape):
    """`gru_step_as_in_torch` is torch.nn.GRUCell for (B, d_x, d_h) of this size"""
    B, d_x, d_h = shape
    params = weights(rng, 3, d_x, d_h)
    x, (h,) = rng.normal(size=(B, d_x)), states(rng, (B, d_h))
    cell = torch.nn.GRUCell(d_x, d_h, dtype=torch.float64)
    names = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
    cell.load_state_dict(dict(zip(names, tensors(*params), strict=True)))
    ih, hh, bias_ih, bias_hh = params
    from_x, from_h = (np.split(a, 3, axis=1) for a in (x @ ih.T + bias_ih, h @ hh.T + bias_hh))
    r, z = sigma(from_x[0] + from_h[0]), sigma(from_x[1] + from_h[1])
    new = np.tanh(from_x[2] + r * from_h[2])
    bias = bias_hh[2 * d_h :]
    outside = np.tanh(from_x[2] + r * (from_h[2] - bias) + bias)
    mistakes = {
        "z is reversed: in torch, near 1 it keeps the old state": (1 - z) * h + z * new,
        "the reset multiplies the state's bias, too": (1 - z) * outside + z * h,
    }
    got = student.gru_step_as_in_torch(x, h, *params)
    unchanged(student)
    truth = cell(*tensors(x, h)).detach()
    close(got, truth, **TOLERANCE, name="the new state", mistakes=mistakes)


# Task 9, causal-conv


@task("causal-conv")
@pytest.mark.parametrize(
    ("shape", "k", "dilation"),
    [((2, 9, 3, 5), 3, 2), ((3, 4, 2, 1), 2, 7), ((1, 8, 4, 2), 5, 1), ((4, 6, 1, 3), 1, 3)],
    ids=["dilation 2", "wider than the sequence", "dilation 1", "kernel 1"],
)
def test_convolution(student, rng, shape, k, dilation):
    """`causal_conv` is torch's convolution, padded in front only"""
    B, T, d_x, d_y = shape
    X, W, b = rng.normal(size=(B, T, d_x)), rng.normal(size=(k, d_y, d_x)), rng.normal(size=d_y)
    got = student.causal_conv(X, W, b, dilation=dilation)
    unchanged(student)
    mistakes = {
        "the kernel is turned round: W[0] is for the newest input": convolved(
            X, W[::-1], b, dilation
        ),
        "is the bias missing?": convolved(X, W, 0 * b, dilation),
        "the inputs of the future are used": convolved(X[:, ::-1], W, b, dilation)[:, ::-1],
        "does the dilation take part?": convolved(X, W, b, 1),
        "are there dilation zeros between the inputs? There are dilation - 1": convolved(
            X, W, b, dilation + 1
        ),
    }
    truth = convolved(X, W, b, dilation)
    close(got, truth, **TOLERANCE, name="Y", mistakes=mistakes)


@task("causal-conv")
def test_what_the_future_changes(student, reference, rng):
    """New inputs from step 6 on leave the outputs before it as they were"""
    X, W, b = rng.normal(size=(2, 9, 3)), rng.normal(size=(4, 5, 3)), rng.normal(size=5)  # public
    before = reference.causal_conv(X, W, b, 2)
    X[:, 5:] += rng.normal(size=(2, 4, 3))
    after = np.asarray(student.causal_conv(X, W, b, 2))
    close(after[:, :5], before[:, :5], **TOLERANCE, name="Y before step 6")
    close(after, reference.causal_conv(X, W, b, 2), **TOLERANCE, name="Y")


@task("causal-conv", weight=0.5)
@pytest.mark.parametrize(
    ("kernel", "dilations"), [(2, [1, 1, 1]), (5, [3]), (1, [1, 2]), (4, [1, 5, 2]), (3, [])]
)
def test_fields(student, kernel, dilations):
    """The receptive field is what a click at one input reaches"""
    signal = np.zeros(80)
    signal[0] = 1
    for dilation in dilations:
        signal = sum(np.roll(signal, j * dilation) for j in range(kernel))
    reached = 1 + int(np.flatnonzero(signal)[-1])
    equal(student.receptive_field(kernel, dilations), reached, name="the receptive field")


@task("causal-conv")
@pytest.mark.parametrize("name", ["layers", "field", "plain"])
def test_own_stack(student, variant, name):
    """`my_stack` is right for the student's own numbers"""
    k, steps = variant["kernel"], variant["steps"]
    fields = [1 + (k - 1) * (2**n - 1) for n in range(12)]
    layers = int(np.searchsorted(fields, steps))
    truth = {
        "layers": layers,
        "field": fields[layers],
        "plain": int(np.ceil((steps - 1) / (k - 1))),
    }
    got = entry(student.get("my_stack"), name, "my_stack")
    close(got, truth[name], rtol=1e-9, atol=0, name=f'my_stack["{name}"]')


# Task 10, recall


@task("recall", weight=0.5)
def test_bias_for_other_shares(student, reference, rng):
    """`forget_bias` is right for random shares and lengths"""
    for keep, T in zip(rng.uniform(0.05, 0.95, 6), (3, 8, 20, 50, 200, 1000), strict=True):
        q = keep ** (1 / T)
        mistakes = {"this keeps the share in one step, not in T": np.log(keep / (1 - keep))}
        got = student.forget_bias(float(keep), T)
        close(got, np.log(q) - np.log1p(-q), rtol=1e-6, name="the bias", mistakes=mistakes)
        close(got, reference.forget_bias(float(keep), T), rtol=1e-6, name="the bias")


def made(cell, n, seed):
    """torch's start for a seed."""
    torch.manual_seed(seed)  # public
    return {"rnn": torch.nn.RNN, "lstm": torch.nn.LSTM}[cell](5, n, batch_first=True), (
        torch.nn.Linear(n, 4)
    )


@task("recall", weight=0.5)
@pytest.mark.parametrize(
    ("cell", "forget"), [("lstm", None), ("lstm", -0.7), ("lstm", 0.0), ("rnn", None)]
)
def test_starts(student, cell, forget):
    """The start is torch's own for that seed, but for the sum of the forget gate's biases"""
    n = 7
    for seed in (3, 11):
        params, _ = trained(student, cell, [], n, forget, seed)
        both = begins_like_torch(params, cell, n, seed)
        got = params["bias_ih"] + params["bias_hh"]
        doubled, wrong = both.copy(), both.copy()
        mistakes = {}
        if forget is not None:
            both[n : 2 * n] = forget
            doubled[n : 2 * n], wrong[:n] = 2 * forget, forget
            mistakes = {
                "each of torch's two biases is set: their sum is twice as much": doubled,
                "the bias of the input gate is set: torch's order is i, f, g, o": wrong,
            }
        close(got, both, **TOLERANCE, name="the sum of both biases", mistakes=mistakes)


def our_steps(nets, batches, learning_rate, clipped=True, forgotten=True):
    """Our own training from a start on: the parameters and the losses."""
    leaves = [p for net in nets for p in net.parameters()]
    adam, losses = torch.optim.Adam(leaves, lr=learning_rate), []
    for X, y in batches:
        H = nets[0](torch.from_numpy(X).float())[0]
        loss = torch.nn.CrossEntropyLoss()(nets[1](H[:, -1]), torch.from_numpy(y))
        if forgotten:
            adam.zero_grad()
        loss.backward()  # public
        torch.nn.utils.clip_grad_norm_(leaves, 1.0 if clipped else 1e9)
        adam.step()
        losses.append(float(loss))
    return [p.detach().numpy() for p in leaves], losses


@task("recall", weight=1.5)
@pytest.mark.parametrize("cell", ["lstm", "rnn"])
def test_every_step(student, rng, cell):
    """After five batches all parameters and losses are what clipping and Adam make of them"""
    forget = {"lstm": 1.5, "rnn": None}[cell]
    seed = int(rng.integers(1000))  # public
    batches = recall_data(rng, 5, 4, size=3)
    # Gradients of different sizes, many above 1, so that clipping shows in what Adam makes of them.
    for (X, _), scale in zip(batches, (1.0, 3.0, 1.0, 3.0, 1.0), strict=True):
        X *= scale
    params, losses = trained(student, cell, batches, 6, forget, seed, learning_rate=0.5)
    ends = {}
    slips = {
        "right": {},
        "not clipped to norm 1: by value, to another norm, or not at all?": {"clipped": False},
        "the gradients of the batches before are still in it: zero_grad?": {"forgotten": False},
    }
    for text, slip in slips.items():
        nets = made(cell, 6, seed)
        if forget is not None:
            with torch.no_grad():  # public
                nets[0].bias_ih_l0[6:12], nets[0].bias_hh_l0[6:12] = forget, 0.0
        ends[text] = our_steps(nets, batches, 0.5, **slip)
    right, true_losses = ends.pop("right")
    for k, name in enumerate(PARAMETERS):
        mistakes = {text: end[0][k] for text, end in ends.items()}
        got, truth = params[name], right[k]
        if name.startswith("bias_"):
            # How the sum is shared between the two biases is free.
            got, truth = params["bias_ih"] + params["bias_hh"], right[2] + right[3]
            mistakes = {text: end[0][2] + end[0][3] for text, end in ends.items()}
        close(got, truth, rtol=1e-3, atol=1e-3, name=f"the trained {name}", mistakes=mistakes)
    close(losses, true_losses, rtol=1e-3, atol=1e-3, name="the losses")


@task("recall", weight=0.5)
def test_learning_rate_of_the_contract(student, rng):
    """Where no learning rate is given it is 0.003"""
    batches, seed = recall_data(rng, 2, 4, size=5), int(rng.integers(1000))
    params, _ = trained(student, "lstm", batches, 5, None, seed)
    truth, _ = our_steps(made("lstm", 5, seed), batches, 0.003)
    close(params["weight_hh"], truth[1], rtol=1e-3, atol=1e-4, name="the trained weight_hh")


ENVELOPE = Path(__file__).parent / "reference" / "cpu.json"


def recall_loss(params, X, y, hidden_size):
    """The mean cross-entropy of a trained LSTM."""
    net = torch.nn.LSTM(5, hidden_size, batch_first=True)
    names = ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0")  # public
    values = [torch.tensor(np.asarray(params[name]), dtype=torch.float32) for name in PARAMETERS]
    net.load_state_dict(dict(zip(names, values[:4], strict=True)))
    with torch.no_grad():  # public
        logits = net(torch.tensor(X, dtype=torch.float32))[0][:, -1] @ values[4].T + values[5]
        return torch.nn.functional.cross_entropy(logits, torch.tensor(y)).item()


def recalled(train, seed, count=45, length=12, hidden_size=24):
    """Train on data of this seed, and return the loss on data that the training did not see."""
    rng = np.random.default_rng(seed)
    data = recall_data(rng, count, length, size=24)
    params, _ = train("lstm", data, hidden_size, 3.0, seed, learning_rate=0.01)
    return recall_loss(params, *recall_data(rng, 1, length, size=200)[0], hidden_size)


@task("recall")
def test_recall_is_learnt(student):
    """With a forget bias of 3, runs from several seeds remember the symbol over 12 steps"""

    def run(*args, **settings):
        return trained(student, *args, **settings)

    convergence.check(
        lambda seed: recalled(run, seed),
        convergence.read(ENVELOPE, "loss on new data"),
        name="`train_recall`",
    )
