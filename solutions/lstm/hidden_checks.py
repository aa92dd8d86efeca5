"""The marking checks of `lstm`: other sizes, other weights, torch's own networks as the oracle.

Every block of a weight matrix has random entries of its own, no unit is saturated, and batch, time,
inputs and units are never equal in number. `reference` is our own solution; closed forms stand
beside torch, so that no task hangs on one oracle.
"""

from pathlib import Path

import numpy as np
import pytest
import torch
from checks import (
    BPTT,
    LOSSES,
    LSTM_FROM_TORCH,
    PARAMETERS,
    RNN,
    TOLERANCE,
    begins_like_torch,
    causal_conv,
    gru_step_as_in_torch,
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

from autograder.checks import Function, arg, close, convergence, entry, equal, in_torch, task

# (B, T, d_x, d_h), no two alike in one problem but for the ones.
SIZES = [
    dict(zip(("B", "T", "d_x", "d_h"), sizes, strict=True))
    for sizes in ((3, 6, 2, 4), (5, 1, 3, 2), (1, 4, 5, 3))
]
SHAPES = pytest.mark.parametrize("sizes", SIZES, ids=["3 6 2 4", "5 1 3 2", "1 4 5 3"])


def sigma(a):
    return 1 / (1 + np.exp(-a))


# Task 1, rnn


@Function.of({"x": "B d_x", "h": weights("B d_h"), **RNN}, returns="the state", **TOLERANCE)
def rnn_step(x, h, W, b):
    return rnn_sequence(x[:, None], h, W, b)[:, 0]


@task("rnn")
def test_step_with_other_sizes(student, reference, rng):
    """`rnn_step` is right for 5 rows, 2 inputs and 3 units, and leaves its arguments alone"""
    rnn_step.check(student, rng, reference, B=5, d_x=2, d_h=3)


@task("rnn")
@SHAPES
def test_sequence_with_other_sizes(student, rng, sizes):
    """`rnn_sequence` returns torch's states for (B, T, d_x, d_h) of this size, call after call"""
    for _ in range(2):
        rnn_sequence.check(student, rng, **sizes)


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


@task("rnn")
@pytest.mark.parametrize(("d_x", "d_h"), [(5, 2), (2, 3)], ids=["5 2", "2 3"])
def test_matrices_of_other_sizes(student, rng, d_x, d_h):
    """`rnn_from_torch` and `split_matrix` are right for d_x inputs and d_h units"""
    FROM_TORCH.check(student, rng, d_x=d_x, d_h=d_h)
    SPLIT.check(student, rng, d_x=d_x, d_h=d_h)


# Task 2, counts


@task("counts")
@pytest.mark.parametrize("cell", ["rnn", "gru", "lstm"])
def test_counts_of_other_sizes(student, reference, rng, cell):
    """The count is torch's for two biases, and less by a bias in every row for one or none"""
    drawn = rng.permutation(np.arange(2, 40))[:6].reshape(3, 2).tolist()
    for d_x, d_h in [*drawn, [6, 6]]:
        net = getattr(torch.nn, cell.upper())(d_x, d_h, device="meta")
        both, one = sum(p.numel() for p in net.parameters()), net.bias_hh_l0.numel()
        found = [student.parameter_count(cell, d_x, d_h, biases) for biases in (2, 0)]
        equal(found, [both, both - 2 * one], name="with two biases and without")
        found = student.parameter_count(cell, d_x, d_h)
        equal(found, both - one, name="with one bias")
        equal(found, reference.parameter_count(cell, d_x, d_h), name="with one bias")


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


@task("bptt", weight=1.5)
@pytest.mark.parametrize("T", [1, 2, 6])
def test_state_gradients(student, reference, rng, T):
    """`state_gradients` agrees with autograd, for T steps"""
    state_gradients.check(student, rng, reference, T=T, d_q=3, d_h=4)


# Task 4, rnn-backward


@task("rnn-backward", weight=1.5)
@pytest.mark.parametrize("kind", LOSSES)
@SHAPES
def test_rnn_gradients(student, reference, rng, sizes, kind):
    """All gradients agree with autograd for (B, T, d_x, d_h) of this size"""
    rnn_backward.check(student, rng, reference, **sizes, **LOSSES[kind])


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


@task("clipping", weight=1.5)
@pytest.mark.parametrize(("T", "d_h"), [(6, 4), (1, 3), (3, 5)], ids=["6 4", "1 3", "3 5"])
def test_jacobian_norms(student, reference, rng, T, d_h):
    """`jacobian_norms` agrees with autograd's Jacobians, for T steps of d_h units"""
    jacobian_norms.check(student, rng, reference, T=T, d_h=d_h)


@Function.of(
    {"grads": {"W": "A B", "b": "B", "scale": ""}, "max_norm": 3.0},
    returns=("the dictionary of gradients", "the norm"),
    **TOLERANCE,
)
def clip_by_norm(grads, max_norm):
    leaves = {name: torch.zeros(np.shape(g)) for name, g in grads.items()}
    for name, leaf in leaves.items():
        leaf.grad = torch.tensor(grads[name], dtype=leaf.dtype)
    norm = torch.nn.utils.clip_grad_norm_(list(leaves.values()), max_norm)
    return {name: leaf.grad for name, leaf in leaves.items()}, norm


@task("clipping", weight=1.5)
@pytest.mark.parametrize("max_norm", [0.7, 3.0, 1000.0])
def test_clipping(student, reference, rng, max_norm):
    """`clip_by_norm` does what torch does with three arrays together, and short ones stay"""
    clip_by_norm.check(student, rng, reference, A=3, B=4, max_norm=max_norm)


@task("clipping", weight=0.5)
def test_gradients_of_zero(student, rng):
    """Gradients that are all zero stay zero, and are not NaN"""
    grads = {"a": np.zeros(3), "c": np.zeros((2, 4))}
    clip_by_norm.check(student, rng, grads=grads, max_norm=0.5)


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


@task("lstm", weight=2)
def test_lstm_step(student, reference, rng):
    """`lstm_step` makes torch's step with random weights and biases in every gate"""
    lstm_step.check(student, rng, reference, B=5, d_x=2, d_h=3)


@task("lstm", weight=0.5)
def test_cell_keeps_with_an_open_forget_gate(student, rng):
    """With f = 1, i = 0 and o = 1 the cell stays as it is, however large, and h is its tanh"""
    c = np.array([[3.0, -0.5], [0.2, 40.0], [-7.0, 1.0]])
    b = np.repeat([800.0, -800.0, 0.3, 800.0], 2)
    lstm_step.check(student, rng, B=3, d_x=4, d_h=2, c=c, W=np.zeros((8, 6)), b=b)


@task("lstm")
@pytest.mark.parametrize(("d_x", "d_h"), [(4, 3), (2, 5)], ids=["4 3", "2 5"])
def test_torchs_weights(student, rng, d_x, d_h):
    """`lstm_from_torch` puts the blocks in our order, the state first, both biases added"""
    call = LSTM_FROM_TORCH.draw(rng, d_x=d_x, d_h=d_h)
    ih, hh, bias_ih, bias_hh = call.positional
    truth = reordered(np.hstack([hh, ih])), reordered(bias_ih + bias_hh)
    LSTM_FROM_TORCH.compare(call.pass_to(student.lstm_from_torch), truth)


@task("lstm", weight=1.5)
@pytest.mark.parametrize(
    ("sizes", "lengths"),
    [((4, 7, 3, 2), [3, 7, 1, 5]), ((3, 5, 2, 6), [2, 4, 3]), ((1, 3, 4, 5), [3])],
    ids=["4 sequences", "none of full length", "one sequence"],
)
def test_padded_batch(student, rng, sizes, lengths):
    """A padded batch gives what torch makes of a packed one, whatever was before, and padding is"""
    named = dict(zip(("B", "T", "d_x", "d_h"), sizes, strict=True))
    for _ in range(2):
        lstm_sequence.check(student, rng, **named, lengths=np.array(lengths))


# Task 7, lstm-backward


@arg.own
def nothing(rng, B, d_h):
    return np.zeros((B, d_h))


@task("lstm-backward", weight=2)
@pytest.mark.parametrize("left_out", [{"dc": nothing}, {"dh": nothing}, {}], ids=["h", "c", "both"])
def test_lstm_step_backward(student, reference, rng, left_out):
    """One step back agrees with autograd, for a signal at h, at c, and at both"""
    lstm_step_backward.check(student, rng, reference, B=3, d_x=5, d_h=2, **left_out)


@task("lstm-backward", weight=1.5)
@SHAPES
def test_lstm_backward(student, reference, rng, sizes):
    """All steps back agree with autograd for (B, T, d_x, d_h) of this size"""
    lstm_backward.check(student, rng, reference, **sizes)


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


@task("gru", weight=1.5)
@pytest.mark.parametrize(("B", "d_x", "d_h"), [(5, 2, 3), (4, 6, 2)], ids=["5 2 3", "4 6 2"])
def test_gru_of_the_notes(student, reference, rng, B, d_x, d_h):
    """`gru_step` is the notes' cell for (B, d_x, d_h) of this size"""
    gru_step.check(student, rng, reference, B=B, d_x=d_x, d_h=d_h)


@task("gru", weight=1.5)
@pytest.mark.parametrize(("B", "d_x", "d_h"), [(5, 2, 3), (2, 5, 4)], ids=["5 2 3", "2 5 4"])
def test_gru_as_in_torch(student, reference, rng, B, d_x, d_h):
    """`gru_step_as_in_torch` is torch.nn.GRU for (B, d_x, d_h) of this size"""
    gru_step_as_in_torch.check(student, rng, reference, B=B, d_x=d_x, d_h=d_h)


# Task 9, causal-conv


@task("causal-conv")
@pytest.mark.parametrize(
    ("sizes", "dilation"),
    [((2, 9, 3, 3, 5), 2), ((3, 4, 2, 2, 1), 7), ((1, 8, 4, 5, 2), 1), ((4, 6, 1, 1, 3), 3)],
    ids=["dilation 2", "wider than the sequence", "dilation 1", "kernel 1"],
)
def test_convolution(student, reference, rng, sizes, dilation):
    """`causal_conv` is torch's convolution, padded in front only"""
    named = dict(zip(("B", "T", "d_x", "k", "d_y"), sizes, strict=True))
    causal_conv.check(student, rng, reference, **named, dilation=dilation)


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
def test_starts(student, cell, forget):
    """The start is torch's own for that seed, but for the sum of the forget gate's biases"""
    for seed in (3, 11):
        params, _ = trained(student, cell, [], 7, forget, seed)
        both = begins_like_torch(params, cell, 7, seed)
        if forget is not None:
            both[7:14] = forget
        close(params["bias_ih"] + params["bias_hh"], both, **TOLERANCE, name="the sum of biases")


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
    found = trained(student, cell, batches, 6, forget, seed, learning_rate=0.5)
    right = our_training(cell, batches, 6, forget, seed, 0.5)
    for params, _ in (found, right):
        # How the sum is shared between the two biases is free.
        params["bias_ih"] = params["bias_ih"] + params.pop("bias_hh")
    names = {name: f"the trained {name}" for name in right[0]}
    close(found[0], right[0], rtol=1e-3, atol=1e-3, name=names)
    close(found[1], right[1], rtol=1e-3, atol=1e-3, name="the losses")


@task("recall", weight=0.5)
def test_learning_rate_of_the_contract(student, rng):
    """Where no learning rate is given it is 0.003"""
    batches, seed = recall_data(rng, 2, 4, size=5), int(rng.integers(1000))
    found, _ = trained(student, "lstm", batches, 5, None, seed)
    right, _ = our_training("lstm", batches, 5, None, seed, 0.003)
    name = "the trained weight_hh"
    close(found["weight_hh"], right["weight_hh"], rtol=1e-3, atol=1e-4, name=name)


@task("recall", weight=0.5)
def test_bias_of_other_shares(student, rng):
    """The bias is the logit of the share of one step, for any share and number of steps"""
    for T in rng.integers(3, 400, size=3):
        keep = rng.uniform(0.1, 0.95)
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
