"""What `check("...")` runs in your notebook. Read on: there is nothing secret in here.

Every check compares your answer with torch, with numerical differences or with an example worked
by hand. When we mark, these checks run again, and others with other inputs.
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
    in_torch,
    normal,
    shaped,
    slopes,
    task,
    unchanged,
    unpack,
)

SALT = "lstm-2027"
# As wide as float32 needs after some ten steps.
TOLERANCE = {"rtol": 1e-4, "atol": 1e-5}


def tensors(*arrays):
    """Copies of arrays as tensors of torch, in float64."""
    return [torch.tensor(np.array(a, order="C"), dtype=torch.float64) for a in arrays]


def network(kind, *params):
    """A network of torch, such as torch.nn.RNN, with weight_ih, weight_hh, bias_ih, bias_hh."""
    d_x, d_h = params[0].shape[1], params[1].shape[1]
    net = getattr(torch.nn, kind)(d_x, d_h, batch_first=True, dtype=torch.float64)
    names = ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0")
    net.load_state_dict(dict(zip(names, tensors(*params), strict=True)))
    return net


def weights(shape):
    return arg.uniform(shape, -0.9, 0.9)


def of_torch(blocks):
    """How torch keeps the parameters of so many blocks: no two alike."""
    rows = f"{blocks}*d_h"
    shapes = {"weight_ih": f"{rows} d_x", "weight_hh": f"{rows} d_h"}
    shapes |= {"bias_ih": rows, "bias_hh": rows}
    return {name: weights(shape) for name, shape in shapes.items()}


def named_gradients(*names):
    return {name: f"the gradient of {name}" for name in names}


# 1 rnn

RNN = {"W": weights("d_h d_h+d_x"), "b": weights("d_h")}


@Function.of({"X": "B T d_x", "h0": weights("B d_h"), **RNN}, returns="H", **TOLERANCE)
@in_torch
def rnn_sequence(X, h0, W, b):
    """The states of torch.nn.RNN."""
    d_h = len(b)
    return network("RNN", W[:, d_h:], W[:, :d_h], b, 0 * b)(X, h0[None])[0]


@task("rnn", weight=0.5)
def test_step_by_hand(student):
    """One step of a network with one unit, worked out by hand: 0.5·0.6 + 2·(-0.2) + 0.3 is 0.2"""
    W, b = np.array([[0.5, 2.0]]), np.array([0.3])
    h = student.rnn_step(np.array([[-0.2]]), np.array([[0.6]]), W, b)
    close(h, [[0.197375]], **TOLERANCE, name="the new state")


@task("rnn")
def test_sequence_is_torchs(student, rng):
    """`rnn_sequence` returns the states of torch.nn.RNN, for 2 sequences of 5 steps"""
    rnn_sequence.check(student, rng, B=2, T=5, d_x=3, d_h=4)


@task("rnn", weight=0.5)
def test_matrices_have_their_shapes_and_places(student):
    """`split_matrix` and `rnn_from_torch` put every number where it belongs"""
    W = np.array([[1.0, 2, 3, 4, 5], [6, 7, 8, 9, 10]])
    parts = [[1, 2], [6, 7]], [[3, 4, 5], [8, 9, 10]]
    close(student.split_matrix(W), parts, name=("W_hh", "W_xh"))
    biases = np.array([0.5, -1.0]), np.array([0.25, 3.0])
    found = student.rnn_from_torch(W[:, 2:], W[:, :2], *biases)
    close(found, (W, np.array([0.75, 2.0])), name=("W", "b"))


# 2 counts


@draw("counts")
def sizes(rng):
    """Sizes for an LSTM, and the parameters of a GRU of another hidden size, as torch counts."""
    d_x, d_h = (int(n) for n in rng.permutation(np.arange(9, 60))[:2])
    hidden = d_h + int(rng.integers(3, 20))
    return {"d_x": d_x, "d_h": d_h, "gru": 3 * hidden * (hidden + d_x + 2)}


@task("counts")
@pytest.mark.parametrize("cell", ["rnn", "gru", "lstm"])
def test_example_of_the_notes(student, cell):
    """The example of notes 004, with one bias and with torch's two"""
    counts = {"rnn": (32, 36), "gru": (96, 108), "lstm": (128, 144)}[cell]
    equal(student.parameter_count(cell, 3, 4), counts[0], name="with one bias")
    equal(student.parameter_count(cell, 3, 4, biases=2), counts[1], name="with two biases")


@task("counts")
def test_your_network_of_torch(student, variant):
    """`my_counts` agrees with the parameters that torch itself holds, for "torch" and "hidden\""""
    answers = student.get("my_counts")
    count, hidden = (entry(answers, name, "my_counts") for name in ("torch", "hidden"))
    whole = isinstance(hidden, int | np.integer) and not isinstance(hidden, bool)
    if not (whole and 0 < hidden < 1000):
        raise CheckFailed('my_counts["hidden"] must be a whole number of units')
    equal(count, held(torch.nn.LSTM, variant["d_x"], variant["d_h"]), name='my_counts["torch"]')
    gru = held(torch.nn.GRU, variant["d_x"], int(hidden))
    assert gru == variant["gru"], "the GRU of that size has another number of parameters"


def held(kind, d_x, d_h):
    return sum(p.numel() for p in kind(d_x, d_h).parameters())


# 3 bptt

BPTT = Derivation(
    given={
        **dict.fromkeys(("x1", "x2", "x3", "w0", "w1", "w2", "h0"), ()),
        "y": lambda rng: rng.uniform(0.1, 0.9),
    },
    forward={
        "a1": "w0*x1 + w1*h0",
        "h1": "tanh(a1)",
        "a2": "w0*x2 + w1*h1",
        "h2": "tanh(a2)",
        "a3": "w0*x3 + w1*h2",
        "h3": "tanh(a3)",
        "s": "w2*h3",
        "p": "sigmoid(s)",
        "l": "-y*log(p) - (1 - y)*log(1 - p)",
    },
    lines=[
        Line("dl_ds", derivative=("l", "s"), symbols={"p", "y"}),
        *(
            Line(f"dl_d{name}", derivative=("l", name))
            for name in ("w2", "h3", "h2", "h1", "w1", "w0", "h0")
        ),
    ],
)


@task("bptt", weight=0.5)
@pytest.mark.parametrize("line", BPTT.names)
def test_line(student, line):
    """The line equals the derivative it stands for"""
    BPTT.check(student.get("bptt_lines"), line)


@Function.of(
    {"dO": "T d_q", "W_hh": "d_h d_h", "W_qh": "d_q d_h"}, returns="the result", **TOLERANCE
)
def state_gradients(dO, W_hh, W_qh):
    douts, w, q = tensors(dO, W_hh, W_qh)

    def loss(moved):
        """Every state is moved by a little, after it was computed."""
        h, total = 0 * moved[0], 0.0
        for shift, dout in zip(moved, douts, strict=True):
            h = w @ h + shift
            total = total + dout @ (q @ h)
        return total

    return slopes(loss, np.zeros((len(dO), len(W_hh))))[0]


@task("bptt")
def test_state_gradients_of_four_steps(student, rng):
    """`state_gradients` agrees with autograd, for 4 steps and 2 outputs"""
    state_gradients.check(student, rng, T=4, d_q=2, d_h=3)


# 4 rnn-backward


@Function.of(
    {
        "dH": "B T d_h",
        "X": "B T d_x",
        "h0": weights("B d_h"),
        "H": lambda rng, X, h0, W, _b: rnn_sequence(X, h0, W, _b),
        "W": RNN["W"],
        "_b": RNN["b"],
    },
    returns=named_gradients("X", "h0", "W", "b"),
    **TOLERANCE,
)
def rnn_backward(dH, X, h0, H, W, *, _b):
    """The gradients of sum(dH * H) by torch's autograd."""

    def loss(X, h0, W, b):
        h, total = h0, 0.0
        for x, dh in zip(X.unbind(1), torch.tensor(dH).unbind(1), strict=True):
            h = torch.tanh(torch.cat([h, x], dim=1) @ W.T + b)
            total = total + (dh * h).sum()
        return total

    return slopes(loss, X=X, h0=h0, W=W, b=_b)


@arg.own
def last_only(rng, B, T, d_h):
    """What the loss of "many to one" says of the states."""
    return rng.normal(size=(B, T, d_h)) * (np.arange(T) == T - 1)[:, None]


LOSSES = {"many to one": {"dH": last_only}, "many to many": {}}


@task("rnn-backward")
@pytest.mark.parametrize("kind", LOSSES)
def test_gradients_are_torchs(student, rng, kind):
    """All four gradients agree with torch's autograd, for 2 sequences of 4 steps"""
    rnn_backward.check(student, rng, B=2, T=4, d_x=5, d_h=3, **LOSSES[kind])


# 5 clipping


@draw("clipping")
def stretching(rng):
    """A matrix with two small eigenvalues that stretches for some steps all the same."""
    while True:
        small = round(rng.uniform(0.45, 0.7), 2)
        A = [[small, round(rng.uniform(4, 9), 1)], [0.0, round(small + rng.uniform(0.05, 0.2), 2)]]
        norms = [np.linalg.norm(np.linalg.matrix_power(A, k), 2) for k in range(1, 60)]
        # Nowhere so near 1 that the last digit would decide.
        if min(abs(n - 1) for n in norms) > 0.02 and A[1][1] < 0.85:
            return {"A": [[float(n) for n in row] for row in A]}


@task("clipping")
def test_norms_of_two_steps(student):
    """Three states of two units: the norms of the products, worked out by hand"""
    H = np.array([[0.9, -0.9], [0.0, 0.6], [0.6, 0.0]])
    W_hh = np.array([[0.0, 2.0], [1.0, 0.0]])
    # J_3 = [[0, 1.28], [1, 0]], J_2 = [[0, 2], [0.64, 0]], their product diag(0.8192, 2).
    close(student.jacobian_norms(H, W_hh), [2.0, 1.28, 1.0], rtol=1e-6, name="the norms")


@task("clipping")
def test_clipping_two_arrays(student):
    """The arrays -3 and (0, 4) have the norm 5 together: clipped to 2.5 they are halved"""
    grads = {"W": np.array([[-3.0]]), "b": np.array([0.0, 4.0])}
    halves = {"W": np.array([[-1.5]]), "b": np.array([0.0, 2.0])}
    names = {1: "the norm", 0: "the dictionary of gradients"}
    close(student.clip_by_norm(grads, 2.5), (halves, 5.0), rtol=1e-6, name=names)


@task("clipping", weight=0.5)
def test_your_powers_are_numbers(student, variant):
    """`my_powers` holds a norm at least as large as your matrix's own, and a whole number"""
    answers = student.get("my_powers")
    peak, below = (entry(answers, name, "my_powers") for name in ("peak", "below"))
    least = float(np.linalg.norm(np.array(variant["A"]), 2))
    assert float(peak) > 0.999 * least, "the first power has a larger norm than that"
    assert int(below) == below, "a number of steps is whole"
    norm = float(np.linalg.norm(np.linalg.matrix_power(np.array(variant["A"]), int(below)), 2))
    assert norm < 1, "the norm of that power is not below 1"


# 6 lstm

LSTM_FROM_TORCH = Function("lstm_from_torch", of_torch(4), returns=("W", "b"))


@task("lstm")
def test_step_without_weights(student):
    """With weights and biases of zero the cell is halved, and h is ½ tanh of it"""
    x, h = np.sin(np.arange(6.0)).reshape(2, 3), np.array([[0.7], [0.1]])
    c = np.array([[2.0], [-1.0]])
    by_hand = [[0.380797], [-0.231059]], [[1.0], [-0.5]]
    found = student.lstm_step(x, h, c, np.zeros((4, 4)), np.zeros(4))
    close(found, by_hand, **TOLERANCE, name=("h", "c"))


@task("lstm", weight=1.5)
def test_torchs_network(student, rng):
    """`lstm_sequence` with the weights of `lstm_from_torch` gives torch.nn.LSTM's states"""
    params = LSTM_FROM_TORCH.draw(rng, d_x=5, d_h=3)
    X, h0, c0 = normal(rng, (2, 4, 5), (2, 3), (2, 3))
    with torch.no_grad():
        start = tuple(tensors(h0[None], c0[None]))
        H, (h, c) = network("LSTM", *params.positional)(tensors(X)[0], start)
    W, b = unpack(params.pass_to(student.lstm_from_torch), 2, name="what `lstm_from_torch` returns")
    found = student.lstm_sequence(X, np.array([4, 4]), h0, c0, W, b)
    close(found, (H, h[0], c[0]), **TOLERANCE, name=("H", "h", "c"))


@task("lstm")
def test_shorter_sequence_alone(student, rng):
    """In a padded batch a sequence of 2 steps ends with the states it has alone, and zeros follow"""
    X, h0, c0, W, b = normal(rng, (2, 4, 3), (2, 2), (2, 2), (8, 5), 8)
    whole = unpack(student.lstm_sequence(X, np.array([2, 4]), h0, c0, W, b), 3)
    alone = unpack(student.lstm_sequence(X[:1, :2], np.array([2]), h0[:1], c0[:1], W, b), 3)
    padded = np.concatenate([np.asarray(alone[0]), np.zeros((1, 2, 2))], axis=1)
    found = tuple(np.asarray(part)[:1] for part in whole)
    right = (padded, *(np.asarray(part) for part in alone[1:]))
    names = ("H of the shorter sequence", "its last h", "its last c")
    close(found, right, **TOLERANCE, name=names)


# 7 lstm-backward

GATES = ("f", "i", "g", "o")


def lstm_trace(X, h0, c0, W, b):
    """Everything that the forward pass of the notes computes, as tensors: {name: (B, T, d_h)}."""
    h, c, steps = h0, c0, []
    for x in X.unbind(1):
        blocks = torch.chunk(torch.cat([h, x], dim=1) @ W.T + b, 4, dim=1)
        now = {
            name: torch.tanh(block) if name == "g" else torch.sigmoid(block)
            for name, block in zip(GATES, blocks, strict=True)
        }
        c = torch.addcmul(now["i"] * now["g"], now["f"], c)
        h = now["o"] * torch.tanh(c)
        steps.append(now | {"c": c, "h": h})
    return {name: torch.stack([step[name] for step in steps], dim=1) for name in steps[0]}


def trace_of(X, h0, c0, W, b):
    """The same of arrays, as arrays."""
    return {name: v.numpy() for name, v in lstm_trace(*tensors(X, h0, c0, W, b)).items()}


def lstm_slopes(X, h0, c0, W, b, dH, dC):
    """The gradients of sum(dH * H) + sum(dC * C) by torch's autograd."""

    def loss(**inputs):
        trace = lstm_trace(**inputs)
        return (trace["h"] * torch.tensor(dH)).sum() + (trace["c"] * torch.tensor(dC)).sum()

    return slopes(loss, X=X, h0=h0, c0=c0, W=W, b=b)


LSTM = {"W": weights("4*d_h d_h+d_x"), "_b": weights("4*d_h")}


@Function.of(
    {
        "dh": "B d_h",
        "dc": "B d_h",
        "x": "B d_x",
        "h_before": weights("B d_h"),
        "c_before": "B d_h",
        "now": lambda rng, x, h_before, c_before, W, _b: {
            name: values[:, 0]
            for name, values in trace_of(x[:, None], h_before, c_before, W, _b).items()
            if name != "h"
        },
        **LSTM,
    },
    returns=named_gradients("x", "h", "c", "W", "b"),
    **TOLERANCE,
)
def lstm_step_backward(dh, dc, x, h_before, c_before, now, W, *, _b):
    found = lstm_slopes(x[:, None], h_before, c_before, W, _b, dh[:, None], dc[:, None])
    first, *rest = found.values()
    return dict(zip(("x", "h", "c", "W", "b"), (first[:, 0], *rest), strict=True))


@Function.of(
    {
        "dH": "B T d_h",
        "X": "B T d_x",
        "h0": weights("B d_h"),
        "c0": "B d_h",
        "trace": lambda rng, X, h0, c0, W, _b: trace_of(X, h0, c0, W, _b),
        **LSTM,
    },
    returns=named_gradients("X", "h0", "c0", "W", "b"),
    **TOLERANCE,
)
def lstm_backward(dH, X, h0, c0, trace, W, *, _b):
    return lstm_slopes(X, h0, c0, W, _b, dH, 0 * dH)


@task("lstm-backward", weight=1.5)
def test_one_step_back(student, rng):
    """All five gradients of one step agree with torch's autograd"""
    lstm_step_backward.check(student, rng, B=2, d_x=4, d_h=3)


@task("lstm-backward")
def test_all_steps_back(student, rng):
    """The gradients of 3 steps agree with torch's autograd"""
    lstm_backward.check(student, rng, B=2, T=3, d_x=4, d_h=5)


# 8 gru


@task("gru")
def test_gru_by_hand(student):
    """The notes' GRU with two units, the second of which takes nothing new, worked out by hand"""
    # z = (σ(log 3), σ(-100)) = (¾, 0), r = (½, ½), candidate tanh of (½·0.8 + 2·0.3, ...) = tanh 1.
    W = np.zeros((6, 3))
    W[4] = [1.0, 0.0, 2.0]
    b = np.array([np.log(3), -100, 0, 0, 0, 5.0])
    found = student.gru_step(np.array([[0.3]]), np.array([[0.8, -0.4]]), W, b)
    close(found, [[0.771196, -0.4]], **TOLERANCE, name="the new state")


@Function.of(
    {"x": "B d_x", "h": weights("B d_h"), **of_torch(3)}, returns="the new state", **TOLERANCE
)
@in_torch
def gru_step_as_in_torch(x, h, *params):
    return network("GRU", *params)(x[:, None], h[None])[1][0]


@task("gru")
def test_gru_of_torch(student, rng):
    """`gru_step_as_in_torch` makes the step of torch.nn.GRU"""
    gru_step_as_in_torch.check(student, rng, B=3, d_x=4, d_h=2)


# 9 causal-conv


@draw("causal-conv")
def view(rng):
    """A kernel, and a number of steps that layers meet exactly, or miss by one."""
    kernel, layers = int(rng.integers(3, 8)), int(rng.integers(5, 8))
    steps = (kernel - 1) * (2**layers - 1) + 1 + int(rng.integers(2))
    return {"kernel": kernel, "steps": steps}


@task("causal-conv", weight=0.5)
def test_convolution_by_hand(student):
    """One channel, kernel (1, 10) and dilation 2: y_t = x_t + 10 x_(t-2) + 0.5"""
    X = np.array([[[1.0], [2.0], [3.0], [4.0]]])
    Y = student.causal_conv(X, np.array([[[1.0]], [[10.0]]]), np.array([0.5]), dilation=2)
    close(Y, [[[1.5], [2.5], [13.5], [24.5]]], **TOLERANCE, name="Y")


CONVOLUTION = {"X": "B T d_x", "W": "k d_y d_x", "b": "d_y", "dilation": arg.optional(2)}


@Function.of(CONVOLUTION, returns="Y", **TOLERANCE)
@in_torch
def causal_conv(X, W, b, dilation=1):
    """torch's conv1d: channels before time, the oldest input's weight first."""
    x = torch.nn.functional.pad(X.mT, ((len(W) - 1) * dilation, 0))
    return torch.nn.functional.conv1d(x, W.flip(0).permute(1, 2, 0), b, dilation=dilation).mT


@task("causal-conv")
def test_convolution_is_torchs(student, rng):
    """`causal_conv` agrees with torch's conv1d, padded in front only"""
    causal_conv.check(student, rng, B=2, T=9, d_x=3, k=4, d_y=5)


@task("causal-conv", weight=0.25)
@pytest.mark.parametrize(
    ("kernel", "dilations", "field"),
    [
        *((2, [1, 2, 4, 8], 16), (3, [1, 1], 5), (2, [1, 1, 1], 4), (5, [3], 13)),
        *((1, [1, 2], 1), (4, [1, 5, 2], 25), (3, [], 1)),
    ],
)
def test_fields(student, kernel, dilations, field):
    """A stack of layers with this kernel and these dilations sees so many inputs"""
    equal(student.receptive_field(kernel, dilations), field, name="the receptive field")


@task("causal-conv", weight=0.5)
def test_your_stack(student, variant):
    """`my_stack` has layers whose receptive field is enough, and says so"""
    answers = student.get("my_stack")
    field = entry(answers, "field", "my_stack")
    assert field >= variant["steps"], "that field is smaller than your steps"
    plain = entry(answers, "plain", "my_stack") * (variant["kernel"] - 1) + 1
    assert plain >= variant["steps"], "so many layers with dilation 1 see too little"
    layers = entry(answers, "layers", "my_stack")
    assert 0 < layers < 12, "that is no number of layers that could be the smallest"


# 10 recall

PARAMETERS = ("weight_ih", "weight_hh", "bias_ih", "bias_hh", "weight", "bias")


def recall_data(rng, count, length, size=16):
    """Batches (X, y) of the recall task: a symbol of four, then noise."""
    batches = []
    for _ in range(count):
        y = rng.integers(4, size=size)
        X = np.concatenate([np.zeros((size, length, 4)), rng.normal(size=(size, length, 1))], 2)
        X[:, 0] = np.eye(5)[y]
        batches.append((X, y))
    return batches


def trained(student, cell, batches, hidden_size, forget, seed, **settings):
    """What `train_recall` returns: parameters, all six, and losses."""
    result = student.train_recall(cell, batches, hidden_size, forget, seed, **settings)
    unchanged(student)
    params, losses = unpack(result, 2, name="the result of `train_recall`")
    return {name: np.asarray(entry(params, name)) for name in PARAMETERS}, losses


def begins_like_torch(params, cell, n, seed, forget):
    """Require torch's starting values, and of the forget gate's biases the sum."""
    torch.manual_seed(seed)
    kind = {"rnn": torch.nn.RNN, "lstm": torch.nn.LSTM}[cell]
    nets = kind(5, n, batch_first=True), torch.nn.Linear(n, 4)
    drawn = [p.detach().numpy() for net in nets for p in net.parameters()]
    has_forget_bias = forget is not None
    for name, right in zip(PARAMETERS, drawn, strict=True):
        found = shaped(params[name], right.shape, name=name)
        if has_forget_bias and name in ("bias_ih", "bias_hh"):
            # How the forget gate's two biases share their sum is free.
            found, right = (np.delete(each, np.s_[n : 2 * n]) for each in (found, right))
        if not np.allclose(found, right):
            raise CheckFailed(
                f"{name} is not torch's start for this seed: first torch.manual_seed(seed), then "
                "the network, then the output layer; only the forget gate's biases may differ"
            )
    if has_forget_bias:
        both = (params["bias_ih"] + params["bias_hh"])[n : 2 * n]
        close(both, np.full(n, forget), **TOLERANCE, name="the forget gate's bias in all")


@task("recall", weight=0.5)
@pytest.mark.parametrize("T", [1, 2, 50, 1000])
def test_bias_keeps_its_share(student, T):
    """σ of the bias, T times multiplied with itself, is the share to keep"""
    for keep in (0.2, 0.9):
        b = np.float64(student.forget_bias(keep, T))
        close((1 + np.exp(-b)) ** -T, keep, rtol=1e-6, name="what is kept")


@task("recall")
def test_start(student, rng):
    """Without a batch, `train_recall` returns torch's start, with a forget bias of 3 in all"""
    seed = int(rng.integers(1000))
    params, losses = trained(student, "lstm", [], 6, 3.0, seed)
    equal(len(losses), 0, name="the number of losses")
    begins_like_torch(params, "lstm", 6, seed, 3.0)


@task("recall")
def test_first_loss_and_that_it_falls(student, rng):
    """Forty batches of 8 steps: one loss for each, near log 4 at first, lower at last"""
    losses = trained(student, "lstm", recall_data(rng, 40, 8), 16, 3.0, 2, learning_rate=0.01)[1]
    equal(len(losses), 40, name="the number of losses")
    first, last = (np.mean([float(loss) for loss in part]) for part in (losses[:3], losses[-3:]))
    if not 1.2 < first < 1.6:
        raise CheckFailed(f"the loss begins at {first:.2f}: that of a guess is log 4 = 1.386")
    if not last < 0.8:
        raise CheckFailed(f"after forty batches the loss is still {last:.2f}, not below 0.8")
