"""The marking checks of `attention`: other sizes, other seeds, oracles of their own.

Oracles: torch's functions and modules with the same weights, autograd, closed forms, and
`reference`, our own solution. No two dimensions of a problem are equal, and scores are of order
one unless that is the point.
"""

from pathlib import Path

import numpy as np
import pytest
import torch
from checks import (
    ATTENDED,
    BACKWARD,
    BLOCK,
    BLOCK_ARGUMENTS,
    LOOSE,
    PROJECTIONS,
    by_torch,
    encoder_block,
    model_problem,
    softmax,
    torch_block,
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
    slopes,
    task,
    unchanged,
    unpack,
)

# Task 1, by-hand


@task("by-hand")
@pytest.mark.parametrize("name", ["scores", "weights", "output"])
def test_own_numbers(student, variant, name):
    """This entry of `my_attention` is right at the student's own numbers"""
    query, keys, values = (np.array(variant[part]) for part in ("query", "keys", "values"))

    def answers(query, keys, values, scale=2**-0.5):
        scores = keys @ query * scale
        weights = softmax(scores)
        return {"scores": scores, "weights": weights, "output": weights @ values}[name]

    # By hand some round more than a comparison with known mistakes bears.
    mistakes = {
        "is the root of d missing?": answers(query, keys, values, scale=1.0),
        "are the scores divided by d instead of its root?": answers(query, keys, values, scale=0.5),
        "are the weights multiplied with the keys?": answers(query, keys, keys),
    }
    found, truth = entry(student.get("my_attention"), name), answers(query, keys, values)
    close(found, truth, rtol=5e-4, atol=5e-5, name=f'my_attention["{name}"]', mistakes=mistakes)


# Task 2, attention


@task("attention")
def test_softmax_of_three_axes(student, reference, rng):
    """`softmax` is right along every axis of three, the last by default; Z is left alone"""
    softmax.check(student, rng, reference, B=4)
    for axis in (0, 1, 2, -2):
        softmax.check(student, rng, B=4, axis=axis)


# What a softmax overflows or underflows with that is shifted by anything but its own row's maximum.
FAR = np.array([[1e3, 999, -1e3], [-999.5, -1e3, -998], [0.25, -998, 1e3], [-1e3, -1e3, -999]])


@task("attention", weight=0.5)
def test_softmax_of_large_numbers(student):
    """Entries up to ±1000 give finite numbers, and the right ones, in rows and in columns"""
    softmax.check(student, None, Z=FAR)
    softmax.check(student, None, Z=FAR.T.copy(), axis=0)


QKV = {"Q": "*B N d", "K": "*B M d", "V": "*B M d_v"}
ATTENTION = Function("attention", QKV, truth=by_torch, returns=ATTENDED, **LOOSE)
SIZES = [
    {},
    {"B": 3},
    {"B": (2, 4)},
    # Queries and keys, or keys and values, that can be exchanged.
    {"B": 2, "N": 4, "M": 4, "d": 3, "d_v": 3},
]


@task("attention")
@pytest.mark.parametrize("sizes", SIZES, ids=str)
def test_attention(student, reference, rng, sizes):
    """`attention` agrees with torch for these sizes, and leaves its arguments alone"""
    ATTENTION.check(student, rng, reference, **sizes)


# Task 3, scaling


STATISTICS = ("variance", "top_unscaled", "top_scaled")


@Function.of({"Q": "R d", "K": "R M d"}, returns={name: name for name in STATISTICS}, **LOOSE)
def score_statistics(Q, K):
    products = torch.einsum("rd,rmd->rm", torch.tensor(Q), torch.tensor(K))
    tops = (torch.softmax(products / c, -1).amax(-1).mean() for c in (1, Q.shape[-1] ** 0.5))
    return dict(zip(STATISTICS, (products.var(correction=0), *tops), strict=True))


@task("scaling")
@pytest.mark.parametrize("sizes", [{"R": 6, "M": 4, "d": 5}, {"R": 3, "M": 7, "d": 2}], ids=str)
def test_statistics(student, reference, rng, sizes):
    """The three numbers are right for R queries with M keys each, of length d"""
    score_statistics.check(student, rng, reference, **sizes)


# Task 4, masks


@task("masks")
@pytest.mark.parametrize("n", [1, 2, 5])
def test_causal_mask(student, n):
    """`causal_mask` allows position i and those before it, no others"""
    equal(student.causal_mask(n), np.tri(n) == 1, name="the mask")


@task("masks")
def test_padding_mask(student, reference):
    """`padding_mask` allows the first positions of each sequence, 0 to n of them"""
    lengths = np.array([3, 0, 7, 1, 6])
    by_loops = np.array([[j < length for j in range(7)] for length in lengths])
    equal(student.padding_mask(lengths, 7), by_loops, name="the mask")
    equal(student.padding_mask(lengths[:2], 4), reference.padding_mask(lengths[:2], 4))


@Function.of({**QKV, "mask": arg.mask("*B N M")}, returns=ATTENDED, **LOOSE)
def masked_attention(Q, K, V, mask):
    return tuple(np.nan_to_num(part) for part in by_torch(Q, K, V, mask))


MASKS = {"for each sequence": "*B N M", "one for all": "N M", "of keys": "*B 1 M"}


@task("masks")
@pytest.mark.parametrize("kind", MASKS)
def test_masked_attention(student, rng, kind):
    """`masked_attention` agrees with torch for a mask of this kind, and keeps its arguments"""
    masked_attention.check(student, rng, B=2, mask=arg.mask(MASKS[kind]))


@arg.own
def blind(rng, B, N, M):
    """A mask with two queries that may look nowhere."""
    mask = rng.random((*B, N, M)) < 0.5
    mask[..., 1], mask[..., 0] = True, False
    mask[0, 2] = mask[1, 0] = False
    return mask


@task("masks", weight=2)
def test_query_that_may_look_nowhere(student, reference, rng):
    """A query without any allowed key gets zeros, not nan; the other queries are as before"""
    masked_attention.check(student, rng, reference, B=2, N=4, M=5, mask=blind)


@task("masks")
def test_large_scores(student, rng):
    """Scores up to ±1000 give no nan and the right weights, a forbidden 1000 included"""
    Q, K = np.array([[-2.0], [2.0], [-2.0], [1.0]]), 500 * np.array([[1.0], [0.998], [0.5], [-1.0]])
    mask = np.array([[1, 1, 0, 0], [0, 0, 1, 1], [1, 1, 1, 0], [1, 1, 0, 1]]) == 1
    masked_attention.check(student, rng, Q=Q, K=K, mask=mask, M=4, d_v=3)


# Task 5, backward

FOLLOWING = BACKWARD.following(
    {
        "dl_da": "V @ g",
        "dl_dV": "outer(a, g)",
        "dl_ds": "a*dl_da - a*dot(a, dl_da)",
        "dl_dq": "K.T @ dl_ds/sqrt(d)",
        "dl_dK": "outer(dl_ds/sqrt(d), q)",
    }
)


@task("backward", weight=0.4)
@pytest.mark.parametrize("line", FOLLOWING.names)
def test_step(student, line):
    """The line is right, given the lines above it"""
    FOLLOWING.check(student.get("backward_lines"), line)


@Function.of(
    {"weights": lambda rng, B, M: softmax(rng.normal(size=(*B, M))), "upstream": "*B M"},
    returns="dl/dS",
    **LOOSE,
)
def softmax_backward(weights, upstream):
    weighted = lambda S: torch.softmax(S, -1) * torch.tensor(upstream)  # noqa: E731
    return slopes(weighted, np.log(weights))[0]


@task("backward")
@pytest.mark.parametrize("front", [(), (4,), (2, 3)], ids=str)
def test_softmax_backward(student, reference, rng, front):
    """`softmax_backward` agrees with autograd for these axes in front, and keeps its arguments"""
    softmax_backward.check(student, rng, reference, B=front, M=5)


@Function.of(
    {"upstream": "*B N d_v", **QKV},
    returns={name: f"the gradient of {name}" for name in "QKV"},
    **LOOSE,
)
def attention_backward(upstream, Q, K, V):
    attend = torch.nn.functional.scaled_dot_product_attention
    return slopes(lambda Q, K, V: attend(Q, K, V) * torch.tensor(upstream), Q=Q, K=K, V=V)


@task("backward")
@pytest.mark.parametrize("name", ["Q", "K", "V"])
def test_gradient(student, reference, rng, name):
    """This gradient agrees with autograd, for one sequence and for two axes in front"""
    for front in ((), (2, 3)):
        attention_backward.check(student, rng, reference, B=front, part=name)


# Task 6, multi-head


@Function.of(
    {
        "X": "B N D",  # public
        "context": "B M C",
        "params": {
            "W_q": arg.weights("D heads*d"),
            "W_k": arg.weights("C heads*d"),
            "W_v": arg.weights("C heads*d"),
            "W_o": arg.weights("heads*d O"),
        },
        "heads": arg.size("heads"),
        "mask": arg.optional(arg.mask("B heads N M")),
    },
    returns="the output",
    **LOOSE,
)
def multi_head(X, context, params, heads, mask=None):
    """Multi-head attention head by head, as slices of columns."""
    sources, d = {"W_q": X, "W_k": context, "W_v": context}, params["W_q"].shape[1] // heads
    Q, K, V = (
        np.stack([(source @ params[name])[..., h * d : (h + 1) * d] for h in range(heads)], axis=1)
        for name, source in sources.items()
    )
    output, _ = by_torch(Q, K, V, mask)
    return np.concatenate(list(output.swapaxes(0, 1)), axis=-1) @ params["W_o"]


@task("multi-head")
@pytest.mark.parametrize("masked", [False, True], ids=["without a mask", "with a mask"])
def test_multi_head(student, reference, rng, masked):
    """`multi_head` is right for a context of another length and width"""
    masks = [{"mask": arg.mask(shape)} for shape in ("N M", "B 1 1 M", "B heads N M")]
    for mask in masks if masked else [{}]:
        multi_head.check(student, rng, reference, **mask, heads=3, d=2)


COUNTS = {
    "attention_parameters": lambda n, D, H, F: (4 * D**2, "the heads share the columns", H),
    "feed_forward_parameters": lambda n, D, H, F: (
        2 * D * F + F + D,
        "are the biases missing?",
        2 * D * F / (2 * D * F + F + D),
    ),
    "weights_kept": lambda n, D, H, F: (H * n**2, "is this for one head only?", 1 / H),
    "score_multiplications": lambda n, D, H, F: (n**2 * D, "a head has D / H columns, not D", H),
}


@task("multi-head", weight=0.75)
@pytest.mark.parametrize("name", COUNTS)
def test_own_counts(student, variant, name):
    """This count is right for the student's own sizes"""
    right, text, factor = COUNTS[name](**variant)
    found = entry(student.get("my_counts"), name, "my_counts")
    close(found, right, rtol=0, atol=0, name=name, mistakes={text: round(right * factor)})


# Task 7, positions


@Function.of(
    {"n": arg.size("n"), "D": arg.size("D"), "base": arg.optional(100.0)}, returns="P", **LOOSE
)
def positional_encoding(n, D, base=10000.0):
    """Sine and cosine as the two parts of a complex number that turns."""
    speeds = np.exp(-np.log(base) * np.arange(D // 2) * 2 / D)
    hands = np.exp(1j * np.outer(np.arange(n), speeds))
    return np.stack([hands.imag, hands.real], axis=-1).reshape(n, D)


@task("positions")
@pytest.mark.parametrize(
    "settings",
    [{"n": 7, "D": 6, "base": 100.0}, {"n": 40, "D": 8}, {"n": 3, "D": 10, "base": 9.0}],
    ids=str,
)
def test_encoding(student, reference, rng, settings):
    """`positional_encoding` is right for this size, with another base and with the usual one"""
    positional_encoding.check(student, rng, reference, **settings)


@Function.of(
    {
        "_W": "D D",
        "layer": lambda rng, _W: lambda X: np.cumsum(np.tanh(np.asarray(X) @ _W), axis=0),
        "X": "N D",
        "order": lambda rng, N: rng.permutation(N),
    },
    returns="the error",
    **LOOSE,
)
def equivariance_error(layer, X, order):
    return np.max(np.abs(layer(X[order]) - layer(X)[order]))


@task("positions")
@pytest.mark.parametrize("order", [(2, 0, 1), (1, 2, 3, 0), (2, 0, 1, 4, 5, 3)], ids=str)
def test_equivariance_error(student, reference, rng, order):
    """The error of a recurrent layer is right for an order that is not its own inverse"""
    equivariance_error.check(student, rng, reference, N=len(order), order=np.array(order))


# Task 8, encoder


def tokens(rng, B, D, scale=1.0):
    """Rows of different lengths whose mean is not zero."""
    return scale * (rng.normal(size=(*B, D)) * rng.uniform(0.5, 3, size=(*B, 1)) + 0.7)


@Function.of(
    {"X": tokens, "gamma": arg.uniform("D", 0.5, 2), "beta": "D", "eps": arg.optional(0.3)},
    returns="the result",
    **LOOSE,
)
@in_torch
def layer_norm(X, gamma, beta, eps=1e-5):
    return torch.nn.functional.layer_norm(X, gamma.shape, gamma, beta, eps)


@task("encoder")
@pytest.mark.parametrize("front", [(), (4,), (3, 5)], ids=str)
def test_layer_norm(student, reference, rng, front):
    """`layer_norm` agrees with torch for these axes in front, and leaves its arguments alone"""
    layer_norm.check(student, rng, reference, B=front, D=7, eps=...)
    # Where nothing is said of eps it is 1e-5, which shows in small numbers.
    small = arg.own(lambda rng, B, D: tokens(rng, B, D, scale=1 / 300))
    layer_norm.check(student, rng, B=front, D=7, X=small)


@Function.of(
    {
        "X": arg.uniform("N D", 0.5, 4),
        "rate": arg.uniform("", 0.2, 0.8),
        "seed": arg.optional(arg.seed()),  # public
    },
    returns="the result",
    **LOOSE,
)
def dropout(X, rate, seed):
    return X * (np.random.default_rng(seed).random(X.shape) >= rate) / (1 - rate)


@task("encoder")
def test_dropout(student, reference, rng):
    """While training entries drop out and the others grow; at evaluation nothing happens"""
    X = rng.normal(size=(3, 40)) + 2
    close(student.dropout(X, 0.6), X, name="the result at evaluation")
    for seed, rate in ((0, 0.7), (..., 0.2)):
        dropout.check(student, rng, reference, N=3, D=40, rate=rate, seed=seed)


@task("encoder")
@pytest.mark.parametrize("norm", [{}, {"norm_first": True}], ids=["post-norm", "pre-norm"])
def test_block(student, reference, rng, norm):
    """The block equals torch's `TransformerEncoderLayer` at evaluation, whatever the rate"""
    encoder_block.check(student, rng, reference, D=6, heads=3, eps=0.3, rate=..., **norm)


def block_while_training(X, attention, p, norm_first=False, rate=0.1, *, seed):
    def norm(X, which):
        return layer_norm(X, p[f"gamma{which}"], p[f"beta{which}"])

    def second(X):
        hidden = np.maximum(X @ p["W1"] + p["b1"], 0)
        return dropout(hidden @ p["W2"] + p["b2"], rate, seed + 1)

    if norm_first:
        X1 = X + dropout(attention(norm(X, 1)), rate, seed)
        return X1 + second(norm(X1, 2))
    X1 = norm(X + dropout(attention(X), rate, seed), 1)
    return norm(X1 + second(X1), 2)


TRAINING_BLOCK = Function(
    "encoder_block", BLOCK_ARGUMENTS, truth=block_while_training, returns="the output", **LOOSE
)


@task("encoder", weight=0.5)
@pytest.mark.parametrize("norm_first", [False, True], ids=["post-norm", "pre-norm"])
def test_block_while_training(student, rng, norm_first):
    """While training both steps have dropout, the second with seed + 1; the rate is 0.1 by default"""
    drawn = TRAINING_BLOCK.draw(rng, D=6, heads=2, norm_first=norm_first).values
    TRAINING_BLOCK.check(student, rng, **drawn, seed=0, rate=0.35)
    TRAINING_BLOCK.check(student, rng, **drawn, seed=11)


# Task 9, decoder


@Function.of(
    {"s": "B S", "H": "B T E", "W_s": "S A", "W_h": "E A", "v": "A"},
    returns={1: "the array of weights", 0: "the context"},
    **LOOSE,
)
@in_torch
def additive_attention(s, H, W_s, W_h, v):
    each = [torch.tanh(s @ W_s + H[:, t] @ W_h) @ v for t in range(H.shape[1])]
    weights = torch.softmax(torch.stack(each, dim=1), dim=1)
    return torch.einsum("bt,bte->be", weights, H), weights


@task("decoder")
@pytest.mark.parametrize("sizes", [{}, {"B": 2, "T": 7}, {"A": 1}], ids=str)
def test_additive_attention(student, reference, rng, sizes):
    """`additive_attention` is right for other sizes, and keeps its arguments"""
    additive_attention.check(student, rng, reference, **sizes)


def torch_decoder(rng, D, F):
    """torch's decoder layer of two heads, with random weights."""
    torch.manual_seed(int(rng.integers(1 << 30)))
    layer = torch.nn.TransformerDecoderLayer(D, 2, F, batch_first=True).double().eval()
    for weights in layer.parameters():
        torch.nn.init.normal_(weights, mean=0.2, std=weights.shape[-1] ** -0.5)
    return layer


def attend(module):
    def called(queries, context, mask):
        context, forbidden = np.asarray(context), None if mask is None else np.asarray(mask) != 1
        return in_torch(module)(np.asarray(queries), context, context, attn_mask=forbidden)[0]

    return called


def part_of_layer(pick):
    """A part of the layer as a function of an array, whatever the student passes."""
    return lambda rng, _layer: lambda X: in_torch(pick(_layer))(np.asarray(X))


@Function.of(
    {
        "_layer": torch_decoder,
        "Y": "B N D",
        "memory": "B M D",
        "self_attention": lambda rng, _layer: attend(_layer.self_attn),
        "cross_attention": lambda rng, _layer: attend(_layer.multihead_attn),
        "feed_forward": part_of_layer(lambda x: lambda X: x.linear2(torch.relu(x.linear1(X)))),
        "norm1": part_of_layer(lambda layer: layer.norm1),
        "norm2": part_of_layer(lambda layer: layer.norm2),
        "norm3": part_of_layer(lambda layer: layer.norm3),
    },
    returns="the block's output",  # public
    **LOOSE,
)
def decoder_block(Y, memory, *_, _layer):
    causal = torch.nn.Transformer.generate_square_subsequent_mask(Y.shape[1], dtype=torch.float64)
    return in_torch(_layer)(Y, memory, tgt_mask=causal)


@task("decoder", weight=2)
@pytest.mark.parametrize("sizes", [{"N": 4, "M": 3}, {"N": 2, "M": 5}], ids=str)
def test_decoder_block_equals_torch(student, rng, sizes):
    """The block equals torch's `TransformerDecoderLayer` with a causal mask"""
    decoder_block.check(student, rng, **sizes, D=6)


# Task 10, language-model


@torch.no_grad()
def torch_model(params, x, heads):
    """The logits and the weights by torch's `TransformerEncoderLayer`, pre-norm and causal."""
    T, p = x.shape[1], {name: value.double() for name, value in params.items()}
    future = torch.ones(T, T).triu(1) > 0
    layer = torch_block({name: p[name] for name in BLOCK + PROJECTIONS}, heads, norm_first=True)
    X = p["tokens"][x] + p["positions"][:T]
    three = [layer.norm1(X)] * 3
    _, weights = layer.self_attn(*three, attn_mask=future, average_attn_weights=False)
    return layer(X, src_mask=future) @ p["U"], weights


# What a student's function gets of a drawn model; it may be told the number of heads.
MODEL = {
    "_both": lambda rng, V, T, D, F: model_problem(int(rng.integers(1000)), V, T, D, F, T + 2),
    "params": lambda rng, _both: _both[0],
    "x": lambda rng, _both: _both[1],
    "heads": arg.optional(3),
}


@Function.of(MODEL, returns={1: "the array of weights", 0: "the array of logits"}, **LOOSE)
def causal_logits(params, x, heads=2):
    return torch_model(params, x, heads)


@task("language-model")
@pytest.mark.parametrize("sizes", [{"D": 12, "heads": 3}, {"D": 8}], ids=str)
def test_logits(student, reference, rng, sizes):
    """Logits and weights equal those of torch's layer for this width and number of heads"""
    causal_logits.check(student, rng, reference, **sizes)


@Function.of(MODEL, returns="the loss", **LOOSE)
def next_letter_loss(params, x, heads=2):
    log_p = torch_model(params, x, heads)[0].log_softmax(-1)[:, :-1]
    return torch.nn.functional.nll_loss(log_p.flatten(0, 1), x[:, 1:].flatten())


@task("language-model")
@pytest.mark.parametrize("heads", [{}, {"heads": 1}, {"heads": 4}], ids=str)
def test_loss(student, reference, rng, heads):
    """The loss is the mean over all predicted letters, for this number of heads"""
    next_letter_loss.check(student, rng, reference, V=5, T=7, D=8, **heads)


# What the text promises of the language, with another successor than the notebook's.
CHANCE = np.full((5, 5), 0.05) + 0.75 * np.eye(5)[[3, 2, 4, 0, 1]]


def problem(seed, steps=40, count=48, length=8):
    """Return starting parameters, batches to train with, and texts to test with."""
    rng = np.random.default_rng(seed)
    x = rng.integers(5, size=(steps * count + 200, length))
    for t in range(2, length):  # public
        u = rng.random(len(x))
        x[:, t] = (u[:, None] > CHANCE[x[:, t - 2]].cumsum(axis=1)).sum(axis=1).clip(max=4)
    generator = torch.Generator().manual_seed(seed)  # public
    params, _ = model_problem(seed, 5, length, 16, 32)
    params = {
        name: torch.randn(value.shape, generator=generator)
        / (1 if name in ("tokens", "positions") else value.shape[0] ** 0.5)
        for name, value in params.items()  # public
    }
    for which in "12":  # public
        params |= {f"b{which}": 0 * params[f"b{which}"], f"beta{which}": torch.zeros(16)}
        params[f"gamma{which}"] = torch.ones(16)
    x = torch.as_tensor(x)
    return params, x[200:].reshape(steps, count, length), x[:200]


def excess(trained, x):
    """How much longer the model's code is than the best one, in nats for each letter: ≥ 0.

    The mean relative entropy from the true chances to the model's, from the third letter on.
    """
    trained = {name: torch.as_tensor(np.asarray(value)).double() for name, value in trained.items()}
    log_p = torch_model(trained, x, 2)[0].log_softmax(-1)[:, 1:-1]
    true = torch.as_tensor(CHANCE)[x[:, :-2]]
    return float((true * (true.log() - log_p)).sum(-1).mean())


def checked(result, params, steps):
    """Insist on the parameters and the losses that `train` has to return."""
    trained, losses = unpack(result, 2, name="the result of `train`")
    losses = shaped(losses, (steps,), name="the list of losses")
    for name, value in params.items():
        shaped(entry(trained, name, "the trained parameters"), value.shape, name=name)
    return trained, losses


@task("language-model")
@pytest.mark.parametrize("usual", [True, False], ids=["the usual rate", "another rate"])
def test_first_steps(student, reference, rng, usual):
    """Six steps are Adam's, for all parameters; losses are those before each step"""
    params, _ = model_problem(int(rng.integers(1000)), 5, 8, 12, 7)
    _, batches, _ = problem(int(rng.integers(1000)), steps=6, count=3)
    settings = {} if usual else {"learning_rate": 0.07, "heads": 3}
    trained, losses = checked(student.train(params, batches, **settings), params, 6)
    unchanged(student)
    ours, our_losses = reference.train(params, batches, **settings)
    first = next_letter_loss(params, batches[0], settings.get("heads", 2))
    close(losses[0], first, name="the first loss", **LOOSE)
    later = "the list of losses from the second on"
    close(losses[1:], our_losses[1:], rtol=1e-3, atol=1e-4, name=later)
    for name, value in params.items():
        moved, right = (np.asarray(p[name]) - value.numpy() for p in (trained, ours))
        # Where a slope is nearly zero, the sign of Adam's first step is a rounding error's.
        off = np.abs(moved - right) > 5e-3 * np.abs(right).max()
        if np.mean(off) > 0.03:
            text = "it has betas of 0.9 and 0.999, no weight decay, and one rate for all steps"
            raise CheckFailed(f"after six steps `{name}` is not where Adam takes it: {text}")


ENVELOPE = Path(__file__).parent / "reference" / "cpu.json"


@task("language-model", weight=1.5)
def test_training_reaches_the_floor(student):
    """Trained on another language of the kind, the model comes as close to the floor as ours"""

    def run(seed):
        params, batches, new = problem(seed)
        trained, _ = checked(student.train(params, batches), params, len(batches))
        return excess(trained, new)

    convergence.check(run, convergence.read(ENVELOPE, "excess"), name="`train`")
