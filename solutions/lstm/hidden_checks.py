"""The marking checks of `lstm`: other sizes, other weights, torch's own networks as the oracle.

Every block of a weight matrix has random entries of its own, and no unit is saturated but on purpose.
A function's battery has all sizes, unusual numbers and calls after one another. `reference` is our own
solution; closed forms stand beside torch, so that no task hangs on one oracle.
"""

from pathlib import Path

import numpy as np
import pytest
import torch
from checks import (
    BPTT,
    LSTM_FROM_TORCH,
    PARAMETERS,
    RNN,
    TOLERANCE,
    begins_like_torch,
    causal_conv,
    gru_step_as_in_torch,
    last_only,
    lstm_backward,
    lstm_step_backward,
    network,
    of_torch,
    recall_data,
    rnn_backward,
    rnn_sequence,
    state_gradients,
    tensors,
    trained,
    weights,
)

from autograder.checks import (
    CheckFailed,
    Function,
    arg,
    close,
    convergence,
    entry,
    equal,
    in_torch,
    shaped,
    task,
    unchanged,
)


def each(*functions):
    """Parametrize a check over functions."""
    return pytest.mark.parametrize("function", functions, ids=[f.name for f in functions])


def whole(found, expected, name):
    """Require this whole number, as an int."""
    if isinstance(found, bool) or not isinstance(found, int | np.integer):
        raise CheckFailed(f"{name} is not an int")
    equal(found, expected, name=name)


def sigma(a):
    return 1 / (1 + np.exp(-a))


def beyond(function):
    """A call with a state that no tanh has made."""
    names = [name for name in ("h", "h0", "h_before") if name in function.arguments]
    return {"for states beyond 1": {name: arg.uniform("B d_h", -3, 3) for name in names}}


# Task 1, rnn


@Function.of({"x": "B d_x", "h": weights("B d_h"), **RNN}, returns="the state", **TOLERANCE)
def rnn_step(x, h, W, b):
    return rnn_sequence(x[:, None], h, W, b)[:, 0]


FROM_TORCH = Function(
    "rnn_from_torch",
    of_torch(1),
    truth=lambda ih, hh, bias_ih, bias_hh: (np.hstack([hh, ih]), bias_ih + bias_hh),
    returns=("W", "b"),
)
SPLIT = Function(
    "split_matrix",
    {"W": RNN["W"]},
    truth=lambda W: np.split(W, [len(W)], axis=1),
    returns=("W_hh", "W_xh"),
)


def silence(B, T, d_x, d_h):
    """A sequence with an input at its last step only, for states that begin at zero."""
    X = np.zeros((B, T, d_x))
    X[:, -1] = 0.7
    return {
        "X": X,
        "h0": np.zeros((B, d_h)),
        "W": np.full((d_h, d_h + d_x), 0.3),
        "b": np.zeros(d_h),
    }


# Two units that turn round each other, and inputs so small that tanh hardly shrinks what is kept.
TURN = np.array([[0.6, -0.8], [0.8, 0.6]])
W_XH = np.array([[0.5, -0.3, 0.7], [0.2, 0.9, -0.6]])
LONG = {
    **{"d_x": 3, "d_h": 2, "X": arg.uniform("B T d_x", -0.01, 0.01)},
    **{"h0": arg.uniform("B d_h", -0.1, 0.1), "W": np.hstack([TURN, W_XH])},
}
# Calls that no declaration knows of.
RNN_ALSO = {
    "rnn_sequence": {
        "over 130 steps": {**LONG, "T": 130},
        "where the first input comes late": silence(2, 6, 3, 4),
    }
}


@task("rnn", weight=1.5)
@each(rnn_step, rnn_sequence, FROM_TORCH, SPLIT)
def test_rnn_in_all_sizes(student, reference, rng, function):
    """The function is right in all sizes, for unusual numbers, and call after call"""
    also = RNN_ALSO.get(function.name, {})
    also = also | beyond(function) if {"h", "h0"} & {*function.arguments} else also
    function.battery(student, rng, reference, also=also)


# Task 2, counts


@task("counts")
@pytest.mark.parametrize("cell", ["rnn", "gru", "lstm"])
def test_counts_of_other_sizes(student, reference, rng, cell):  # lint: ok of sizes
    """The count is torch's for two biases, and less by a bias in every row for one or none"""
    drawn = rng.permutation(np.arange(2, 40))[:6].reshape(3, 2).tolist()
    for d_x, d_h in [*drawn, [6, 6]]:
        net = getattr(torch.nn, cell.upper())(d_x, d_h, device="meta")
        both, one = sum(p.numel() for p in net.parameters()), net.bias_hh_l0.numel()
        found = [student.parameter_count(cell, d_x, d_h, biases) for biases in (2, 0)]
        equal(found, [both, both - 2 * one], name="with two biases and without")
        found = student.parameter_count(cell, d_x, d_h)
        whole(found, both - one, "the number with one bias")
        equal(found, reference.parameter_count(cell, d_x, d_h), name="with one bias")


@task("counts", weight=0.5)
def test_counts_of_large_networks(student):
    """The count is exact for networks of more than a billion parameters"""
    right = 4 * 70_001 * (70_001 + 30_000 + 1)
    whole(student.parameter_count("lstm", 30_000, 70_001), right, "the number of parameters")


@task("counts", weight=2)
def test_own_counts(student, variant):
    """`my_counts` is right for the student's own sizes"""
    d_x, d_h = variant["d_x"], variant["d_h"]
    # 3 n (n + d_x + 2) = gru is a quadratic equation.
    hidden = round((((d_x + 2) ** 2 + 4 * variant["gru"] / 3) ** 0.5 - d_x - 2) / 2)
    truth = {"lstm": 4 * d_h * (d_h + d_x + 1), "torch": 4 * d_h * (d_h + d_x + 2)}
    names = {name: f'my_counts["{name}"]' for name in ("lstm", "torch", "hidden")}
    close(student.get("my_counts"), truth | {"hidden": hidden}, atol=0, rtol=1e-9, name=names)


# Task 3, bptt

FOLLOWING = BPTT.following(
    {
        "dl_ds": "p - y",
        "dl_dw2": "dl_ds*h3",
        "dl_dh3": "dl_ds*w2",
        "dl_dh2": "dl_dh3*(1 - h3**2)*w1",
        "dl_dh1": "dl_dh2*(1 - h2**2)*w1",
        "dl_dw1": "dl_dh1*(1 - h1**2)*h0 + dl_dh2*(1 - h2**2)*h1 + dl_dh3*(1 - h3**2)*h2",
        "dl_dw0": "dl_dh1*(1 - h1**2)*x1 + dl_dh2*(1 - h2**2)*x2 + dl_dh3*(1 - h3**2)*x3",
        "dl_dh0": "dl_dh1*(1 - h1**2)*w1",
    }
)


@task("bptt", weight=0.5)
@pytest.mark.parametrize("line", FOLLOWING.names)
def test_step(student, line):
    """The line is right, given the lines above it"""
    FOLLOWING.check(student.get("bptt_lines"), line)


# Matrices without a basis of eigenvectors, and without an inverse.
DEFECTIVE = {
    "where W_hh has too few eigenvectors": {
        "d_h": 3,
        "W_hh": np.array([[0.5, 1, 0], [0, 0.5, 1], [0, 0, 0.5]]),
    },
    "where W_hh only moves the units on": {"d_h": 4, "W_hh": np.eye(4, k=1)},
}


@task("bptt", weight=3)
def test_state_gradients_in_all_sizes(student, reference, rng):
    """`state_gradients` is right in all sizes, for unusual matrices, and call after call"""
    also = {"over 9 steps": {"T": 9}, "over 130 steps": {"T": 130, "d_h": 2, "W_hh": TURN}}
    state_gradients.battery(student, rng, reference, also=also | DEFECTIVE)


# Task 4, rnn-backward

FLAT = {"large": "saturated units have slopes that float32 takes for zero"}


def check_large_gradients(function, student, rng, signal):
    """Require that nobody cuts gradients, as exactly as float32 is where large ones cancel."""
    loose = Function(
        function.name,
        function.arguments,
        truth=function.truth,
        returns=function.returns,
        rtol=1e-4,
        atol=1e-2,
    )
    thousands = arg.uniform(function.arguments[signal].shape, -3000, 3000)
    loose.check(student, rng, **{signal: thousands})


@arg.own
def one_step_each(rng, B, T, d_h):
    """A loss that looks at another step of each sequence, at the first step of the first."""
    return rng.normal(size=(B, T, d_h)) * (np.arange(T) == np.arange(B)[:, None])[..., None]


@arg.own
def cancelling(rng, B, T, d_h):
    """Gradients that add up to exactly zero in each row, and over the sequences."""
    whole = rng.integers(1, 9, size=(1, T, d_h)) - 0.5
    return np.concatenate([whole - whole[..., ::-1], whole[..., ::-1] - whole])


LOOKS = {
    "where the loss looks at another step of each sequence": {"B": 3, "T": 4, "dH": one_step_each},
    "where what the loss says adds up to zero": {"B": 2, "d_h": 4, "dH": cancelling},
}


@task("rnn-backward", weight=5)
def test_rnn_backward_in_all_sizes(student, reference, rng):
    """`rnn_backward` is right in all sizes, wherever the loss looks, and call after call"""
    far = {**LONG, "T": 60, "_b": np.zeros(2), "dH": last_only}
    also = {"over 60 steps": far} | LOOKS | beyond(rnn_backward)
    rnn_backward.battery(student, rng, reference, without=FLAT, also=also)
    check_large_gradients(rnn_backward, student, rng, "dH")


# Task 5, clipping


@Function.of({"H": weights("T d_h"), "W_hh": "d_h d_h"}, returns="the norms", **TOLERANCE)
def jacobian_norms(H, W_hh):
    """The norms of autograd's Jacobians, with the inputs that lead to these states."""
    H, W = tensors(H, W_hh)
    inputs = torch.atanh(H[1:]) - H[:-1] @ W.T

    def last(h, t):
        for x in inputs[t:]:
            h = torch.tanh(W @ h + x)
        return 1.0 * h

    jacobian = torch.autograd.functional.jacobian
    J = [jacobian(lambda h, t=t: last(h, t), H[t]).numpy() for t in range(len(H))]
    return np.linalg.norm(J, 2, axis=(1, 2))


@task("clipping", weight=2.5)
def test_jacobian_norms_in_all_sizes(student, reference, rng):
    """`jacobian_norms` is right in all sizes, for unusual matrices, and call after call"""
    also = {
        "where W_hh is symmetric": {
            "d_h": 3,
            "W_hh": np.array([[1.0, 2, 0], [2, 0, 1], [0, 1, 3]]),
        },
        "where W_hh stretches differences": {
            "H": np.zeros((3, 2)),
            "W_hh": np.array([[2.0, -2.0], [0.5, 0.5]]),
        },
    }
    without = {"large": "the inputs that lead to a state cannot be recovered exactly"}
    jacobian_norms.battery(student, rng, reference, without=without, also=also | DEFECTIVE)


@task("clipping", weight=0.5)
@pytest.mark.parametrize("factor", [0.4, 2.5])
def test_norms_of_rotations(student, factor):
    """States of zero and a rotation times a factor: the norms are powers of the factor, however small"""
    turn = np.array([[0.6, -0.8], [0.8, 0.6]])
    norms = student.jacobian_norms(np.zeros((40, 2)), factor * turn)
    close(norms, factor ** np.arange(39.0, -1, -1), rtol=1e-4, atol=0, name="the norms")


@Function.of(
    {"grads": {"W": "A B", "b": "B", "scale": ""}, "max_norm": 3.0},
    returns=("the dictionary of gradients", "the norm"),
    fresh=True,
    rtol=1e-4,
    atol=0,
)
def clip_by_norm(grads, max_norm):
    """By torch's norm of all together; torch's own clipping adds a millionth to it."""
    norm = torch.linalg.vector_norm(torch.cat([t.flatten() for t in tensors(*grads.values())]))
    shorter = max_norm / norm.item() if norm > max_norm else 1.0
    return {name: np.multiply(shorter, g) for name, g in grads.items()}, norm


@task("clipping", weight=2.5)
def test_clipping_in_all_sizes(student, reference, rng):
    """`clip_by_norm` follows the formula in all sizes, for tiny numbers, and call after call"""
    alike = {name: np.array([3.0, -1.0, 2.0]) * k for k, name in enumerate("zba", 1)}
    also = {
        "where the bound is low": {"max_norm": 0.7},
        "where the bound is high": {"max_norm": 1000.0},
        "where arrays have equal shapes": {"grads": alike},
        "where gradients and bound are tiny": {
            "grads": {name: 1e-4 * g for name, g in alike.items()},
            "max_norm": 1e-4,
        },
        "where gradients and bound are large": {
            "grads": {name: 1e6 * g for name, g in alike.items()},
            "max_norm": 1e5,
        },
        "for a single array": {"grads": {"W": alike["z"]}},
    }
    clip_by_norm.battery(student, rng, reference, also=also)


@task("clipping", weight=1.5)
@pytest.mark.parametrize("name", ["peak", "below"])
def test_own_powers(student, variant, name):
    """`my_powers` is right for the student's own matrix"""
    A = np.array(variant["A"])
    norms = [np.linalg.svd(np.linalg.matrix_power(A, k))[1][0] for k in range(1, 150)]
    truth = {"peak": max(norms), "below": 2 + int(np.flatnonzero(np.array(norms) >= 1)[-1])}
    found = entry(student.get("my_powers"), name, "my_powers")
    close(found, truth[name], rtol=5e-4, atol=0, name=f'my_powers["{name}"]')


# Task 6, lstm

CELLS = {"W": weights("4*d_h d_h+d_x"), "b": weights("4*d_h")}


def reordered(value):
    """The blocks f, i, g, o in torch's order i, f, g, o, and back."""
    return np.concatenate([np.split(value, 4)[k] for k in (1, 0, 2, 3)])


@Function.of(
    {
        "X": "B T d_x",
        "lengths": lambda rng, B, T: rng.integers(1, T + 1, size=B),
        "h0": weights("B d_h"),
        "c0": "B d_h",
        **CELLS,
    },
    returns=("H", "the last h", "the last c"),
    **TOLERANCE,
)
def lstm_sequence(X, lengths, h0, c0, W, b):
    """What torch makes of a packed batch."""
    d_h, W, b = h0.shape[1], reordered(W), reordered(b)
    rnn = torch.nn.utils.rnn
    with torch.no_grad():  # public
        packed = rnn.pack_padded_sequence(
            tensors(X)[0], lengths, batch_first=True, enforce_sorted=False
        )
        net = network("LSTM", W[:, d_h:], W[:, :d_h], b, 0 * b)
        out, (h, c) = net(packed, tuple(tensors(h0[None], c0[None])))
    H, _ = rnn.pad_packed_sequence(out, batch_first=True, total_length=X.shape[1])
    return H, h[0], c[0]


@Function.of(
    {"x": "B d_x", "h": weights("B d_h"), "c": "B d_h", **CELLS},
    returns={1: "c", 0: "h"},
    **TOLERANCE,
)
def lstm_step(x, h, c, W, b):
    return lstm_sequence(x[:, None], np.ones(len(x), dtype=int), h, c, W, b)[1:]


lstm_from_torch = Function(
    LSTM_FROM_TORCH.name,
    LSTM_FROM_TORCH.arguments,
    truth=lambda ih, hh, bias_ih, bias_hh: (
        reordered(np.hstack([hh, ih])),
        reordered(bias_ih + bias_hh),
    ),
    returns=("W", "b"),
)


@task("lstm", weight=2)
@each(lstm_from_torch, lstm_step)
def test_lstm_in_all_sizes(student, reference, rng, function):
    """The function is right in all sizes, for unusual numbers, and call after call"""
    also = beyond(function) if function is lstm_step else {}
    function.battery(student, rng, reference, also=also)


@task("lstm", weight=0.5)
def test_cell_keeps_with_an_open_forget_gate(student, rng):
    """With f = 1, i = 0 and o = 1 the cell stays as it is, however large, and h is its tanh"""
    c = np.array([[3.0, -0.5], [0.2, 40.0], [-7.0, 1.0]])
    b = np.repeat([800.0, -800.0, 0.3, 800.0], 2)
    lstm_step.check(student, rng, B=3, d_x=4, d_h=2, c=c, W=np.zeros((8, 6)), b=b)


@arg.own
def huge_padding(rng, B, T, d_x, lengths):
    """Inputs with the largest numbers there are behind the end of each sequence."""
    padding = rng.choice([-1e308, 1e308], size=(B, T, d_x))
    ended = np.arange(T)[:, None] >= lengths[:, None, None]
    return np.where(ended, padding, rng.normal(size=(B, T, d_x)))


def of_lengths(T, *lengths):
    return {"B": len(lengths), "T": T, "lengths": np.array(lengths)}


def shut_at_last(rng, B, T, lengths):
    return np.where(np.arange(T) == lengths[:, None] - 1, -1.0, 1.0)[..., None]


# Nothing is ever in the cell; nothing is shown at last; a cell that keeps for long.
EMPTY = {"d_h": 3, "d_x": 2, "c0": np.zeros((2, 3)), "W": np.zeros((12, 5)), "b": np.zeros(12)}
SHUT = {"d_h": 1, "X": arg.own(shut_at_last), "W": np.array([[0, 0], [0, 0], [0, 0], [0, 900.0]])}
KEPT = {"d_x": 3, "d_h": 2, "W": weights("8 5"), "b": np.repeat([9.0, -2, 0.5, 1], 2)}


@task("lstm", weight=3)
def test_padded_batches(student, reference, rng):
    """`lstm_sequence` is torch's for a packed batch: in all sizes and lengths, whatever padding is"""
    also = {
        "where no sequence fills the batch": of_lengths(5, 2, 4, 3),
        "where all sequences end early, together": of_lengths(5, 3, 3),
        "where a single sequence ends early": of_lengths(5, 3),
        "where all lengths are 1": of_lengths(4, 1, 1, 1),
        "where there is no padding": of_lengths(4, 4, 4),
        "for lengths in any order": of_lengths(6, 3, 6, 1, 5, 2),
        "where padding is huge": {**of_lengths(5, 2, 5, 3), "X": huge_padding},
        "where padding is huge, and weights are large": {
            **{**of_lengths(5, 2, 5, 3), "X": huge_padding},
            "W": arg.uniform("4*d_h d_h+d_x", -5, 5),
        },
        "where all states are zero": {**of_lengths(4, 2, 4), **EMPTY},
        "where the last state is zero": {**of_lengths(5, 3, 5), **SHUT},
        "over 130 steps": {**of_lengths(130, 130, 97), **KEPT},
        **beyond(lstm_sequence),
    }
    lstm_sequence.battery(student, rng, reference, also=also)


# Task 7, lstm-backward


# Gates as far closed, and open, as a float can be.
LSTM_ALSO = {
    "where gates are shut": {
        **{"d_x": 3, "d_h": 2, "W": np.linspace(-1, 1, 40).reshape(8, 5) * 1e-6},
        "_b": np.array([-800.0, 0.3, -800, 0.5, 0.2, -0.4, -800, 800]),
    }
}


@task("lstm-backward", weight=5)
@each(lstm_step_backward, lstm_backward)
def test_lstm_backward_in_all_sizes(student, reference, rng, function):
    """The function is right in all sizes, wherever the loss looks, and call after call"""
    signal = "dH" if "dH" in function.arguments else "dc"
    also = LSTM_ALSO | beyond(function)
    if signal == "dH":
        kept = {"_b": KEPT["b"], "W": KEPT["W"], "d_x": 3, "d_h": 2}
        also |= LOOKS | {"over 60 steps": {**kept, "T": 60, "dH": last_only}}
    function.battery(student, rng, reference, without=FLAT, also=also)
    check_large_gradients(function, student, rng, signal)


# Task 8, gru


@Function.of(
    {
        "x": "B d_x",
        "h": weights("B d_h"),
        "W": arg.uniform("3*d_h d_h+d_x", -1, 1),
        "b": weights("3*d_h"),
    },
    returns="the new state",
    **TOLERANCE,
)
def gru_step(x, h, W, b):
    (Wz, Wr, Wc), (bz, br, bc) = np.split(W, 3), np.split(b, 3)
    z, r = sigma(np.hstack([h, x]) @ Wz.T + bz), sigma(np.hstack([h, x]) @ Wr.T + br)
    return h + z * (np.tanh(np.hstack([r * h, x]) @ Wc.T + bc) - h)


@task("gru", weight=3)
@each(gru_step, gru_step_as_in_torch)
def test_gru_in_all_sizes(student, reference, rng, function):
    """The function is right in all sizes, for unusual numbers, and call after call"""
    function.battery(student, rng, reference, also=beyond(function))


# Task 9, causal-conv


@task("causal-conv", weight=3)
def test_convolution_in_all_sizes(student, reference, rng):
    """`causal_conv` is torch's convolution in all sizes, for windows wider than the sequence, too"""
    also = {
        "where the window is wider than the sequence": {"T": 4, "k": 3, "dilation": 7},
        "where the dilation is the length": {"T": 3, "k": 4, "dilation": 3},
        "where the window just fits": {"T": 7, "k": 3, "dilation": 3},
    }
    causal_conv.battery(student, rng, reference, also=also)


@task("causal-conv", weight=0.5)
def test_fields_of_any_dilations(student, rng):
    """`receptive_field` is a whole number for dilations in any order, some of them equal"""
    for dilations in ([1, 1, 2], [3, 1, 4], [2, 2, 1, 8], rng.integers(1, 20, size=6).tolist()):
        kernel = int(rng.integers(2, 7))
        right = kernel
        for dilation in dilations:
            right += (kernel - 1) * dilation
        found = student.receptive_field(kernel, dilations)
        unchanged(student)  # public
        whole(found, right - kernel + 1, "the receptive field")


@task("causal-conv")
@pytest.mark.parametrize("name", ["layers", "field", "plain"])
def test_own_stack(student, variant, name):
    """`my_stack` is right for the student's own numbers"""
    k, steps = variant["kernel"], variant["steps"]
    fields = [1 + (k - 1) * (2**n - 1) for n in range(12)]
    layers = int(np.searchsorted(fields, steps))
    plain = int(np.ceil((steps - 1) / (k - 1)))
    truth = {"layers": layers, "field": fields[layers], "plain": plain}[name]
    found = entry(student.get("my_stack"), name, "my_stack")
    close(found, truth, rtol=1e-9, atol=0, name=f'my_stack["{name}"]')


# Task 10, recall


@task("recall", weight=0.5)
@pytest.mark.parametrize(
    ("cell", "forget"), [("lstm", None), ("lstm", -0.7), ("lstm", 0.0), ("rnn", None)]
)
def test_starts(student, cell, forget):  # lint: ok trainings are followed step by step
    """The start is torch's own for that seed, but for the sum of the forget gate's biases"""
    for seed in (11, 0):
        params, _ = trained(student, cell, [], 7, forget, seed)
        begins_like_torch(params, cell, 7, seed, forget)


def our_training(cell, batches, n, forget, seed, learning_rate):
    """Our own training: the parameters and the losses."""
    torch.manual_seed(seed)  # public
    net = {"rnn": torch.nn.RNN, "lstm": torch.nn.LSTM}[cell](5, n, batch_first=True)
    out = torch.nn.Linear(n, 4)
    if forget is not None:
        with torch.no_grad():  # public
            net.bias_ih_l0[n : 2 * n], net.bias_hh_l0[n : 2 * n] = forget, 0.0
    leaves, losses = [*net.parameters(), *out.parameters()], []
    adam = torch.optim.Adam(leaves, lr=learning_rate)
    for X, y in batches:
        H = net(torch.from_numpy(X).float())[0]
        loss = torch.nn.CrossEntropyLoss()(out(H[:, -1]), torch.from_numpy(y))
        adam.zero_grad()
        loss.backward()  # public
        torch.nn.utils.clip_grad_norm_(leaves, 1.0)
        adam.step()
        losses.append(float(loss))
    return {name: p.detach().numpy() for name, p in zip(PARAMETERS, leaves, strict=True)}, losses


def summed(result, cell, n):
    """A result with the sum of the forget gate's biases: how they share it is free."""
    params, losses = result
    blocks = {"lstm": 4, "rnn": 1}[cell]
    both = [shaped(params[name], (blocks * n,), name=name) for name in ("bias_ih", "bias_hh")]
    free = (np.arange(blocks * n) // n == 1) * both[1]
    return {**params, "bias_ih": both[0] + free, "bias_hh": both[1] - free}, losses


@task("recall", weight=1.5)
@pytest.mark.parametrize("cell", ["lstm", "rnn"])
def test_every_step(student, rng, cell):
    """All parameters and losses are what clipping and Adam make of batches of all sizes, twice"""
    forget = {"lstm": 1.5, "rnn": None}[cell]
    seed = int(rng.integers(1000))  # public
    shapes = ((3, 4), (1, 4), (4, 1), (3, 6), (2, 4))
    batches = [each for size, T in shapes for each in recall_data(rng, 1, T, size=size)]
    # Gradients of different sizes, many above 1, so that clipping shows in what Adam makes of them.
    for (X, _), scale in zip(batches, (1.0, 3.0, 1.0, 3.0, 1.0), strict=True):
        X *= scale
    right = summed(our_training(cell, batches, 6, forget, seed, 0.5), cell, 6)
    names = {name: f"the trained {name}" for name in right[0]}
    for _ in range(2):
        found = trained(student, cell, batches, 6, forget, seed, learning_rate=0.5)
        found = summed(found, cell, 6)
        close(found, right, rtol=1e-3, atol=1e-3, name=(names, "the losses"))


@task("recall", weight=0.5)
def test_every_batch_counts(student, rng):
    """Training goes on to the last batch, where the loss is near zero and where it rises again"""
    X, y = np.eye(4, 5)[:, None], np.arange(4)
    batches = 20 * [(X, y)] + 3 * [(X, (y + 1) % 4)]
    seed = int(rng.integers(1000))  # public
    ours, right = our_training("rnn", batches, 8, None, seed, 0.1)
    found, losses = trained(student, "rnn", batches, 8, None, seed, learning_rate=0.1)
    close(losses, right, rtol=0.05, atol=0.02, name="the list of losses")
    close(found["bias"], ours["bias"], rtol=0.05, atol=0.02, name="the trained bias")


@task("recall", weight=0.5)
def test_learning_rate_of_the_contract(student, rng):
    """Where no learning rate is given it is 0.003; with one of 0 everything stays at torch's start"""
    batches, seed = recall_data(rng, 2, 4, size=5), int(rng.integers(1000))
    found, _ = trained(student, "lstm", batches, 5, None, seed)
    right, _ = our_training("lstm", batches, 5, None, seed, 0.003)
    still, _ = trained(student, "lstm", batches, 5, None, seed, learning_rate=0.0)
    begins_like_torch(still, "lstm", 5, seed, None)
    name = "the trained weight_hh"
    close(found["weight_hh"], right["weight_hh"], rtol=1e-3, atol=1e-4, name=name)


@task("recall", weight=0.5)
def test_bias_of_other_shares(student, rng):
    """The bias is the logit of the share of one step, for any share and number of steps"""
    drawn = [(rng.uniform(0.1, 0.95), T) for T in rng.integers(3, 400, size=3)]
    for keep, T in [*drawn, (1e-6, 1), (0.999, 10**6)]:
        right = -np.log(np.expm1(-np.log(keep) / T))
        close(student.forget_bias(keep, int(T)), right, rtol=1e-6, name="the bias")


ENVELOPE = Path(__file__).parent / "reference" / "cpu.json"


def recall_loss(params, X, y):
    """The mean cross-entropy of a trained LSTM."""
    values = {name: np.asarray(value, dtype=np.float64) for name, value in params.items()}
    net = network("LSTM", *(values[name] for name in PARAMETERS[:4]))
    H, weight, bias = in_torch(lambda X: net(X)[0])(X), values["weight"], values["bias"]
    loss = torch.nn.functional.cross_entropy
    return loss(*tensors(H[:, -1] @ weight.T + bias), torch.tensor(y)).item()


def recalled(train, seed, count=45, length=12, hidden_size=24):
    """Train on data of this seed, and return the loss on data that the training did not see."""
    rng = np.random.default_rng(seed)
    data = recall_data(rng, count, length, size=24)
    params, _ = train("lstm", data, hidden_size, 3.0, seed, learning_rate=0.01)
    return recall_loss(params, *recall_data(rng, 1, length, size=200)[0])


@task("recall")
def test_recall_is_learnt(student):
    """With a forget bias of 3, runs from several seeds remember the symbol over 12 steps"""

    def run(*args, **settings):
        return trained(student, *args, **settings)

    envelope = convergence.read(ENVELOPE, "loss on new data")
    convergence.check(lambda seed: recalled(run, seed), envelope, name="`train_recall`")
