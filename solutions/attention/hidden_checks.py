"""The marking checks of `attention`: other sizes, other seeds, oracles of their own.

Oracles: torch's functions and modules with the same weights, autograd, closed forms, and
`reference`, our own solution. No two dimensions of a problem are equal unless an exchange is to
be named, and scores are of order one unless that is the point.
"""

from pathlib import Path

import numpy as np
import pytest
import torch
from checks import (
    ATTENDED,
    BACKWARD,
    BLOCK,
    ENCODER_BLOCK,
    LOOSE,
    by_torch,
    model_problem,
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
    normal,
    shaped,
    slopes,
    task,
    unchanged,
    unpack,
)


@in_torch
def weights_of(scores, axis=-1):
    return torch.softmax(scores, dim=axis)


def turned(array):
    return np.swapaxes(array, -1, -2)


# Task 1, by-hand


@task("by-hand")
@pytest.mark.parametrize("name", ["scores", "weights", "output"])
def test_own_numbers(student, variant, name):
    """This entry of `my_attention` is right at the student's own numbers"""
    query, keys, values = (np.array(variant[part]) for part in ("query", "keys", "values"))

    def answers(query, keys, values, scale):
        scores = keys @ query * scale
        weights = weights_of(scores)
        return {"scores": scores, "weights": weights, "output": weights @ values}

    truth = answers(query, keys, values, 2**-0.5)
    example = answers(np.eye(2)[0], np.array([[1, 0], [0, 1], [1, 1.0]]), truth["weights"], 2**-0.5)
    example["output"] = np.array([1.604448, 1.598888])
    mistakes = {
        "is the root of d missing?": answers(query, keys, values, 1.0)[name],
        "are the scores divided by d instead of its root?": answers(query, keys, values, 0.5)[name],
        "this is the example's, not your own": example[name],
        "are the weights multiplied with the keys?": answers(query, keys, keys, 2**-0.5)[name],
    }
    found = entry(student.get("my_attention"), name, "my_attention")
    close(
        found, truth[name], rtol=5e-4, atol=5e-5, name=f'my_attention["{name}"]', mistakes=mistakes
    )


# Task 2, attention

# What a softmax overflows or underflows with that is shifted by anything but its own row's maximum.
FAR = np.array([[1000.0, 999.0, -1000.0], [-999.5, -1000.0, -998.0], [0.25, -998.0, 1000.0]])


SOFTMAX = Function(
    "softmax",
    {"Z": lambda rng, B, N, M: 2 * rng.normal(size=(B, N, M)), "axis": arg.optional(1)},
    truth=weights_of,
    returns="the softmax",
    **LOOSE,
)


def softmax_slips(Z, axis=-1):
    return {
        f"is it taken along axis {other}, whatever axis says?": weights_of(Z, other)
        for other in (0, 1, 2)
    }


@task("attention")
def test_softmax_of_three_axes(student, reference, rng):
    """`softmax` is right along every axis of three, the last by default; Z is left alone"""
    for axis in (0, 1, 2, -2):
        SOFTMAX.check(student, rng, axis=axis, mistakes=softmax_slips)
    SOFTMAX.check(student, rng, reference)


@task("attention", weight=0.5)
def test_softmax_of_large_numbers(student):
    """Entries up to ±1000 give finite numbers, and the right ones, in rows and in columns"""
    far = np.vstack([FAR, [[-1000.0, -1000.0, -999.0]]])
    SOFTMAX.check(student, None, Z=far)
    SOFTMAX.check(student, None, Z=far.T.copy(), axis=0)


def slips(Q, K, V):
    """What the usual mistakes give, (output, weights) each."""
    products, d = Q @ turned(K), Q.shape[-1]
    found = {
        "is the root of d missing?": weights_of(products),
        "are the scores divided by d instead of its root?": weights_of(products / d),
        "are the scores multiplied by the root of d?": weights_of(products * d**0.5),
        "is the root that of d_v?": weights_of(products / V.shape[-1] ** 0.5),
        "is the root that of the number of keys?": weights_of(products / K.shape[-2] ** 0.5),
        "is the softmax taken over the queries?": weights_of(products / d**0.5, -2),
        "all keys get the same weight": np.full(products.shape, 1 / products.shape[-1]),
        "one key takes all: an argmax is no softmax": 1.0
        * (products == products.max(axis=-1, keepdims=True)),
    }
    if Q.shape == K.shape:
        found["are Q and K exchanged?"] = weights_of(K @ turned(Q) / d**0.5)
    return found


def attention_slips(Q, K, V):
    """What the usual mistakes give, (output, weights) each; None where one does not show."""
    _, weights = by_torch(Q, K, V)
    wrong = {text: (A @ V, A) for text, A in slips(Q, K, V).items()}
    sums = V.sum(axis=-2, keepdims=True)
    wrong["are the weights left out?"] = (
        np.broadcast_to(sums, (*weights.shape[:-1], V.shape[-1])),
        None,
    )
    if K.shape == V.shape:
        wrong["are the weights multiplied with K instead of V?"] = weights @ K, None
    return wrong


QKV = {"Q": "*B N d", "K": "*B M d", "V": "*B M d_v"}
ATTENTION = Function("attention", QKV, truth=by_torch, returns=ATTENDED, **LOOSE)
SIZES = {
    "one sequence": {"N": 3, "M": 5, "d": 4, "d_v": 2},
    "a batch": {"B": 3, "N": 4, "M": 2},
    "two axes in front": {"B": (2, 4)},
    "as many queries as keys, values as long as keys": {"B": 2, "N": 4, "M": 4, "d": 3, "d_v": 3},
}


@task("attention")
@pytest.mark.parametrize("size", SIZES)
def test_attention(student, reference, rng, size):
    """`attention` agrees with torch for this size, and leaves its arguments alone"""
    ATTENTION.check(student, rng, reference, **SIZES[size], mistakes=attention_slips)


# Task 3, scaling


def statistics_slips(Q, K):
    products = torch.einsum("rd,rmd->rm", torch.tensor(Q), torch.tensor(K))
    d = Q.shape[-1]

    def top(divisor):
        return torch.softmax(products / divisor, -1).amax(-1).mean()

    def only(name, value):
        return {**dict.fromkeys(STATISTICS), name: value}

    variance = products.var(correction=0)
    mean_row = products.var(dim=1, correction=0).mean()
    return {
        "is this the variance of the scaled products?": only("variance", variance / d),
        "is this a mean of the rows' variances?": only("variance", mean_row),
        "is it divided by R·M - 1?": only("variance", products.var()),
        "is this divided by the root already?": only("top_unscaled", top(d**0.5)),
        "is it divided by d instead of its root?": only("top_scaled", top(d)),
        "is the root missing?": only("top_scaled", top(1)),
    }


STATISTICS = ("variance", "top_unscaled", "top_scaled")


@Function.of({"Q": "R d", "K": "R M d"}, returns={name: name for name in STATISTICS}, **LOOSE)
def score_statistics(Q, K):
    products = torch.einsum("rd,rmd->rm", torch.tensor(Q), torch.tensor(K))
    tops = (torch.softmax(products / c, -1).amax(-1).mean() for c in (1, Q.shape[-1] ** 0.5))
    return dict(zip(STATISTICS, (products.var(correction=0), *tops), strict=True))


@task("scaling")
def test_statistics(student, reference, rng):
    """The three numbers are right for 6 queries with 4 keys each, of length 5"""
    score_statistics.check(student, rng, reference, R=6, M=4, d=5, mistakes=statistics_slips)


@task("scaling", weight=0.5)
def test_variance_is_d(student, rng):
    """For independent entries of variance 1 the dot products have the variance d"""
    Q, K = normal(rng, (300, 24), (300, 6, 24))
    found = entry(student.score_statistics(Q, K), "variance", "the result")
    # The estimate spreads by 4 %: this is seven times as much.
    close(found, 24.0, rtol=0.28, name="variance")  # lint: ok an estimate from random numbers


# Task 4, masks


def is_mask(found, mask):
    try:
        equal(found, mask)
    except CheckFailed:
        return False
    return True


@task("masks")
@pytest.mark.parametrize("n", [1, 2, 5])
def test_causal_mask(student, n):
    """`causal_mask` allows position i and those before it, no others"""
    found = student.causal_mask(n)
    by_loops = np.array([[j <= i for j in range(n)] for i in range(n)])
    for text, wrong in {
        "the mask is inverted: True is where a query may look": ~by_loops,
        "the mask is off by one: position i sees position i + 1, the answer": np.tri(n, n, 1) > 0,
        "the mask is off by one: position i does not see itself": np.tri(n, n, -1) > 0,
        "the mask is transposed: it shows the future and hides the past": by_loops.T,
    }.items():
        if n > 1 and is_mask(found, wrong):
            raise CheckFailed(text)
    equal(found, by_loops, name="the mask")


@task("masks")
def test_padding_mask(student, reference):
    """`padding_mask` allows the first positions of each sequence, 0 to n of them"""
    lengths = np.array([3, 0, 7, 1, 6])
    found = student.padding_mask(lengths, 7)
    by_loops = np.array([[j < length for j in range(7)] for length in lengths])
    if is_mask(found, ~by_loops):
        raise CheckFailed("the mask is inverted: True is where a query may look")
    equal(found, by_loops, name="the mask")
    equal(student.padding_mask(lengths[:2], 4), reference.padding_mask(lengths[:2], 4))


def masked_slips(Q, K, V, mask):
    """The weights that the usual mistakes give."""
    scores = Q @ turned(K) / Q.shape[-1] ** 0.5
    free = weights_of(scores)
    mask = np.broadcast_to(mask, scores.shape)
    survivors = np.exp(scores - scores.max(axis=-1, keepdims=True)) * mask
    return {
        "is the mask applied after the softmax? The weights no longer sum to one": free * mask,
        "is the mask inverted?": np.nan_to_num(weights_of(np.where(mask, -np.inf, scores))),
        "a forbidden score has to be -inf, not 0": weights_of(scores * mask),
        "is the mask left out?": free,
        "forbidden scores take part in the maximum, and the allowed ones underflow": survivors
        / np.where(survivors.sum(axis=-1, keepdims=True) > 0, survivors.sum(-1, keepdims=True), 1),
        "is the root of d missing?": np.nan_to_num(
            weights_of(np.where(mask, Q @ turned(K), -np.inf))
        ),
        "a query that may look nowhere must get zeros": np.where(
            mask.any(axis=-1, keepdims=True),
            np.nan_to_num(weights_of(np.where(mask, scores, -np.inf))),
            1 / mask.shape[-1],
        ),
    }


def masked_attention_slips(Q, K, V, mask):
    return {text: (None, A) for text, A in masked_slips(Q, K, V, mask).items()}


@Function.of({**QKV, "mask": arg.mask("*B N M")}, returns=ATTENDED, **LOOSE)
def masked_attention(Q, K, V, mask):
    return tuple(np.nan_to_num(part) for part in by_torch(Q, K, V, mask))


MASKS = {"for each sequence": "*B N M", "one for all": "N M", "of keys": "*B 1 M"}


@task("masks")
@pytest.mark.parametrize("kind", MASKS)
def test_masked_attention(student, rng, kind):
    """`masked_attention` agrees with torch for a mask of this kind, and keeps its arguments"""
    mask = arg.mask(MASKS[kind])
    masked_attention.check(student, rng, B=2, mask=mask, mistakes=masked_attention_slips)


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
    call = masked_attention.draw(rng, B=2, N=4, M=5, mask=blind)
    found = unpack(call.pass_to(student.masked_attention), 2)
    for part, array in zip(("output", "weights"), found, strict=True):
        if isinstance(array, np.ndarray | torch.Tensor) and np.isnan(np.asarray(array)).any():
            raise CheckFailed(f"the {part} of a query that may look nowhere is nan, expected zeros")
    mistakes = masked_attention_slips
    masked_attention.check(student, rng, reference, **call.values, mistakes=mistakes)


@task("masks")
def test_large_scores(student, rng):
    """Scores up to ±1000 give no nan and the right weights, a forbidden 1000 included"""
    Q, K = np.array([[-2.0], [2.0], [-2.0], [1.0]]), 500 * np.array([[1.0], [0.998], [0.5], [-1.0]])
    mask = np.array([[1, 1, 0, 0], [0, 0, 1, 1], [1, 1, 1, 0], [1, 1, 0, 1]]) == 1
    mistakes = masked_attention_slips
    masked_attention.check(student, rng, Q=Q, K=K, mask=mask, M=4, d_v=3, mistakes=mistakes)


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


def softmax_backward_slips(weights, upstream):
    return {
        "only the diagonal of the Jacobian is there": weights * (1 - weights) * upstream,
        "the sum over the row is missing": weights * upstream,
        "is the sum one over all rows?": weights * (upstream - np.sum(weights * upstream)),
        "is the mean taken without the weights?": weights
        * (upstream - upstream.mean(axis=-1, keepdims=True)),
    }


@Function.of(
    {"weights": lambda rng, B, M: weights_of(rng.normal(size=(*B, M))), "upstream": "*B M"},
    returns="dl/dS",
    **LOOSE,
)
def softmax_backward(weights, upstream):
    S = np.log(weights)
    return slopes(lambda S: torch.softmax(S, -1) * torch.tensor(upstream), S)[0]


@task("backward")
@pytest.mark.parametrize("shape", [(5,), (4, 3), (2, 3, 6)], ids=str)
def test_softmax_backward(student, rng, shape):
    """`softmax_backward` agrees with autograd for this shape, and keeps its arguments"""
    *front, M = shape
    mistakes = softmax_backward_slips
    softmax_backward.check(student, rng, B=tuple(front), M=M, mistakes=mistakes)


def backward_slips(upstream, Q, K, V):
    """The gradients that the usual mistakes give."""
    root = Q.shape[-1] ** 0.5
    A = weights_of(Q @ turned(K) / root)
    dA = upstream @ turned(V)
    dS = A * (dA - np.sum(A * dA, axis=-1, keepdims=True))

    def gradients(dS, A=A):
        return {"Q": dS @ K, "K": turned(dS) @ Q, "V": turned(A) @ upstream}

    free = weights_of(Q @ turned(K))
    return {
        "is the root of d missing in the backward pass?": gradients(dS),
        "is the root of d there twice?": gradients(dS / root**2),
        "is the softmax passed without its derivative?": gradients(dA / root),
        "only the diagonal of the softmax's Jacobian is there": gradients(A * (1 - A) * dA / root),
        "is the root of d missing in the forward pass?": gradients(
            free * (dA - np.sum(free * dA, axis=-1, keepdims=True)) / root, free
        ),
    }


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
    """This gradient agrees with autograd, for one sequence, for two axes in front, and for N = M"""
    for sizes in ({}, {"B": (2, 3)}, {"B": 2, "N": 3, "M": 3, "d": 4, "d_v": 4}):
        attention_backward.check(
            student, rng, reference, **sizes, part=name, mistakes=backward_slips
        )


# Task 6, multi-head


@Function.of({"X": "B N heads*d", "heads": arg.size("heads")}, returns="the array of heads")
def split_heads(X, heads):
    """The heads one by one, as slices of columns."""
    d = X.shape[-1] // heads
    return np.stack([X[..., h * d : (h + 1) * d] for h in range(heads)], axis=1)


@Function.of({"X": "B heads N d"}, returns="the array of merged heads")
def merge_heads(X):
    return np.concatenate(list(X.swapaxes(0, 1)), axis=-1)


def split_slips(X, heads):
    B, N, D = X.shape
    cut = X.reshape(B, heads, N, D // heads)
    dealt = X.reshape(B, N, D // heads, heads).transpose(0, 3, 1, 2)
    return {
        "a plain reshape cuts the positions into heads": cut,
        "are the columns dealt out in turn?": dealt,
    }


def merge_slips(X):
    B, heads, N, d = X.shape
    wrong = X.reshape(B, N, heads * d)
    return {"the heads are not brought back behind the positions": wrong}


@task("multi-head")
@pytest.mark.parametrize("size", [(2, 3, 4, 5), (3, 4, 2, 1), (1, 2, 3, 7)], ids=str)
def test_split_and_merge(student, reference, rng, size):
    """`split_heads` and `merge_heads` are right for (B, N, heads, d) of this size"""
    sizes = dict(zip(("B", "N", "heads", "d"), size, strict=True))
    split_heads.check(student, rng, reference, **sizes, mistakes=split_slips)
    merge_heads.check(student, rng, **sizes, mistakes=merge_slips)


def many_heads(X, C, p, heads, mask=None, scale=None, split=split_heads):
    """Multi-head attention head by head; scale, where given, is that of the scores."""
    Q, K, V = (split(A @ p[name]) for A, name in ((X, "W_q"), (C, "W_k"), (C, "W_v")))
    Q = Q * (1.0 if scale is None else scale * Q.shape[-1] ** 0.5)
    output, _ = by_torch(Q, K, V, mask)
    return np.concatenate(list(output.swapaxes(0, 1)), axis=-1)


def heads_slips(X, context, params, heads, mask=None):
    def result(heads=heads, mask=mask, **slip):
        split = lambda A: split_heads(A, heads)  # noqa: E731
        return many_heads(X, context, params, heads, mask, split=split, **slip) @ params["W_o"]

    one = mask if mask is None or mask.ndim < 4 else mask[:, :1]
    whole = params["W_q"].shape[1] ** -0.5
    return {
        "is the scale that of the whole width instead of the head's?": result(scale=whole),
        "is the scale missing?": result(scale=1.0),
        "is the mask left out?": result(mask=None),
        "is it one head instead of three?": result(heads=1, mask=one),
    }


HEADS = {
    "X": "B N D",
    "context": "B M C",
    "params": {
        "W_q": arg.weights("D heads*d"),
        "W_k": arg.weights("C heads*d"),
        "W_v": arg.weights("C heads*d"),
        "W_o": arg.weights("heads*d O"),
    },
    "heads": arg.size("heads"),
    "mask": arg.optional(arg.mask("B heads N M")),
}


@Function.of(HEADS, returns="the output", **LOOSE)
def multi_head(X, context, params, heads, mask=None):
    split = lambda A: split_heads(A, heads)  # noqa: E731
    return many_heads(X, context, params, heads, mask, split=split) @ params["W_o"]


@task("multi-head")
@pytest.mark.parametrize("masked", [False, True], ids=["without a mask", "with a mask"])
def test_multi_head(student, reference, rng, masked):
    """`multi_head` is right for a context of another length and width"""
    sizes = {"B": 2, "N": 4, "M": 5, "D": 3, "C": 7, "heads": 3, "d": 2, "O": 8}
    masks = [{"mask": arg.mask(shape)} for shape in ("N M", "B 1 1 M", "B heads N M")]
    for mask in masks if masked else [{}]:
        multi_head.check(student, rng, reference, **sizes, **mask, mistakes=heads_slips)


def torch_heads(X, context, params, heads):
    """What torch's `MultiheadAttention` makes of weights that are all of one size."""
    D = X.shape[-1]
    rest = {name: np.zeros((D, D) if name in ("W1", "W2") else D) for name in BLOCK}
    layer = torch_block(params | rest, heads, norm_first=False)
    attend = in_torch(lambda q, c: layer.self_attn(q, c, c, need_weights=False)[0])
    return attend(X, context)


def mixed_heads(X, context, params, heads):
    def split(A):
        return split_heads(A, heads)

    def cut(A):
        return A.reshape(len(A), heads, A.shape[1], -1)

    joined = many_heads(X, context, params, heads, split=split)
    reshaped = many_heads(X, context, params, heads, split=cut)
    W_o = params["W_o"]
    return {
        "is the output projection W_o missing?": joined,
        "are the heads mixed up by a plain reshape?": reshaped @ W_o,
        "are the heads put together by a plain reshape?": split(joined).reshape(X.shape) @ W_o,
    }


SQUARE = dict.fromkeys(("W_q", "W_k", "W_v", "W_o"), arg.weights("heads*d heads*d"))
EQUAL_HEADS = Function(
    "multi_head",
    {**HEADS, "X": "B N heads*d", "context": "B N heads*d", "params": SQUARE},
    truth=torch_heads,
    returns="the output",
    **LOOSE,
)


@task("multi-head")
@pytest.mark.parametrize("cross", [False, True], ids=["self-attention", "another context"])
def test_multi_head_equals_torch(student, rng, cross):
    """Two heads equal torch's `MultiheadAttention`, with the output projection"""
    other = {} if cross else {"context": arg.own(lambda rng, X: X)}
    sizes = {"B": 3, "N": 5, "heads": 2, "d": 3}
    EQUAL_HEADS.check(student, rng, **sizes, **other, mistakes=mixed_heads)


@task("multi-head", weight=0.75)
@pytest.mark.parametrize("name", ["attention", "feed_forward", "weights", "score"])
def test_own_counts(student, variant, name):
    """This count is right for the student's own sizes"""
    n, D, H, F = (variant[size] for size in ("n", "D", "H", "F"))
    name, right, mistakes = {
        "attention": (
            "attention_parameters",  # public
            4 * D**2,
            {"the heads share the columns: they do not multiply them": 4 * D**2 * H},
        ),
        "feed_forward": (
            "feed_forward_parameters",
            2 * D * F + F + D,
            {"are the biases missing?": 2 * D * F},
        ),
        "weights": ("weights_kept", H * n**2, {"is this for one head only?": n**2}),
        "score": (
            "score_multiplications",
            n**2 * D,
            {"a head has D / H columns, not D": H * n**2 * D},
        ),
    }[name]
    found = entry(student.get("my_counts"), name, "my_counts")
    close(found, right, rtol=0, atol=0, name=name, mistakes=mistakes)


# Task 7, positions


@Function.of(
    {"n": arg.size("n"), "D": arg.size("D"), "base": arg.optional(100.0)}, returns="P", **LOOSE
)
def positional_encoding(n, D, base=10000.0):
    """Sine and cosine as the two parts of a complex number that turns."""
    speeds = np.exp(-np.log(base) * np.arange(D // 2) * 2 / D)
    hands = np.exp(1j * np.outer(np.arange(n), speeds))
    return np.stack([hands.imag, hands.real], axis=-1).reshape(n, D)


def encoding_slips(n, D, base=10000.0):
    truth = positional_encoding(n, D, base)
    columns = np.arange(n)[:, None] / base ** (np.arange(D) / D)

    def by_hand(angles):
        return np.stack([np.sin(angles), np.cos(angles)], axis=-1).reshape(n, D)

    return {
        "sine and cosine stand in two halves: they have to take turns": np.hstack(
            [truth[:, 0::2], truth[:, 1::2]]
        ),
        "are sine and cosine exchanged?": truth.reshape(n, -1, 2)[..., ::-1].reshape(n, D),
        "the exponent is 2i/D: its last value is less than 1": by_hand(
            np.arange(n)[:, None] / base ** np.linspace(0, 1, D // 2)
        ),
        "does t begin with 1?": positional_encoding(n + 1, D, base)[1:],
        "a sine and its cosine have the same speed": np.where(
            np.arange(D) % 2, np.cos(columns), np.sin(columns)
        ),
        "is the 2 of the exponent missing?": by_hand(
            np.arange(n)[:, None] / base ** (np.arange(D // 2) / D)
        ),
        "is base left at 10000?": positional_encoding(n, D, 1e4),
    }


@task("positions")
@pytest.mark.parametrize("size", [(7, 6, 100.0), (40, 8, 10000.0), (3, 10, 9.0)], ids=str)
def test_encoding(student, reference, rng, size):
    """`positional_encoding` is right for (n, D, base) of this size"""
    n, D, base = size
    other = {} if base == 10000.0 else {"base": base}
    positional_encoding.check(student, rng, reference, n=n, D=D, **other, mistakes=encoding_slips)


@task("positions", weight=0.5)
def test_products_depend_on_the_offset(student):
    """The product of two rows is Σ cos of offset times speed, wherever they stand"""
    P = shaped(student.positional_encoding(30, 12, 50.0), (30, 12), name="P")
    offset = np.arange(30)[:, None] - np.arange(30)
    products = np.cos(offset[..., None] * 50.0 ** (-np.arange(6) / 6)).sum(axis=-1)
    close(P @ P.T, products, rtol=1e-4, atol=1e-4, name="the products of the rows")


LAYERS = {
    "self-attention": lambda X, W: by_torch(X, X, X)[0],
    "a recurrent layer": lambda X, W: np.cumsum(np.tanh(X @ W), axis=0),
    "a layer with positions": lambda X, W: -by_torch(X, X, X + np.arange(len(X))[:, None])[0],
}


def gap_slips(layer, X, order):
    permuted, out = layer(X[order]), layer(X)
    undone = out[np.argsort(order)]
    return {
        "this tests for invariance: the outputs have to be permuted, too": np.abs(
            permuted - out
        ).max(),
        "is the permutation undone instead of done?": np.abs(permuted - undone).max(),
        "the largest entry is asked for, not a sum or a mean": np.abs(permuted - out[order]).sum(),
    }


@Function.of(
    {
        "_W": "D D",
        "layer": lambda rng, _W, kind: lambda X: LAYERS[kind](np.asarray(X), _W),
        "X": "N D",
        "order": lambda rng, N: rng.permutation(N),
    },
    returns="the error",
    **LOOSE,
)
def equivariance_error(layer, X, order):
    return np.max(np.abs(layer(X[order]) - layer(X)[order]))


@task("positions")
@pytest.mark.parametrize("layer", LAYERS)
def test_equivariance_error(student, rng, layer):
    """`equivariance_error` is right for this layer and permutations that are not their inverse"""
    for order in (np.array([2, 0, 1, 4, 5, 3]), np.array([1, 2, 3, 4, 5, 0])):
        equivariance_error.check(student, rng, kind=layer, N=6, order=order, mistakes=gap_slips)


# Task 8, encoder


def norm_slips(X, gamma, beta, eps=1e-5):
    if X.ndim < 2:
        return {}
    centred, variance = X - X.mean(axis=-1, keepdims=True), X.var(axis=-1, keepdims=True)
    unbiased = X.var(axis=-1, keepdims=True, ddof=1)
    other = X - X.mean(axis=-2, keepdims=True)
    spread = X.var(axis=-2, keepdims=True)
    return {
        "is eps added outside the square root?": gamma * centred / (variance**0.5 + eps) + beta,
        "is the variance divided by D - 1?": gamma * centred / np.sqrt(unbiased + eps) + beta,
        "is the mean taken over the tokens?": gamma * other / np.sqrt(spread + eps) + beta,
        "is gamma missing?": centred / np.sqrt(variance + eps) + beta,
        "is the root missing?": gamma * centred / (variance + eps) + beta,
    }


def tokens(rng, B, D, scale=1.0):
    """Rows of different lengths whose mean is not zero."""
    X = rng.normal(size=(*B, D)) * rng.uniform(0.5, 3, size=(*B, 1)) + 0.7
    return X * scale


@Function.of(
    {"X": tokens, "gamma": arg.uniform("D", 0.5, 2), "beta": "D", "eps": arg.optional(0.3)},
    returns="the result",
    **LOOSE,
)
@in_torch
def layer_norm(X, gamma, beta, eps=1e-5):
    return torch.nn.functional.layer_norm(X, gamma.shape, gamma, beta, eps)


@task("encoder")
@pytest.mark.parametrize("shape", [(7,), (4, 6), (3, 5, 8)], ids=str)
def test_layer_norm(student, reference, rng, shape):
    """`layer_norm` agrees with torch for this shape, and leaves its arguments alone"""
    *front, D = shape
    sizes = {"B": tuple(front), "D": D}
    layer_norm.check(student, rng, reference, **sizes, eps=..., mistakes=norm_slips)
    # Where nothing is said of eps it is 1e-5, which shows in small numbers.
    small = arg.own(lambda rng, B, D: tokens(rng, B, D, scale=1 / 300))
    layer_norm.check(student, rng, **sizes, X=small)


def dropout_slips(X, rate, seed):
    truth = dropout(X, rate, seed)
    return {
        "the others are not divided by 1 - rate": truth * (1 - rate),
        "are those dropped that should be kept?": (X - truth * (1 - rate)) / (1 - rate),
    }


@Function.of(
    {
        "X": arg.uniform("N D", 0.5, 4),
        "rate": arg.uniform("", 0.2, 0.8),
        "seed": arg.optional(arg.seed()),
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
        dropout.check(
            student, rng, reference, N=3, D=40, rate=rate, seed=seed, mistakes=dropout_slips
        )


def block_by_hand(X, attention, p, norm_first, eps, drop1, drop2, phi=lambda A: np.maximum(A, 0)):
    """The block in torch's functions; dropout, order and activation as given."""

    def norm(X, which):
        parts = [torch.tensor(part) for part in (X, p[f"gamma{which}"], p[f"beta{which}"])]
        return torch.nn.functional.layer_norm(parts[0], X.shape[-1:], *parts[1:], eps).numpy()

    def second(X):
        return drop2(phi(X @ p["W1"] + p["b1"]) @ p["W2"] + p["b2"])

    if norm_first:
        X1 = X + drop1(attention(norm(X, 1)))
        return X1 + second(norm(X1, 2))
    X1 = norm(X + drop1(attention(X)), 1)
    return norm(X1 + second(X1), 2)


def by_gelu(A):
    return torch.nn.functional.gelu(torch.as_tensor(A)).numpy()


def same(X):
    return X


def block_slips(X, attention, p, norm_first=False, eps=1e-5, rate=0.1, *, _layer):
    other = block_by_hand(X, attention, p, not norm_first, eps, same, same)
    gelu = block_by_hand(X, attention, p, norm_first, eps, same, same, phi=by_gelu)
    wrong = {
        "is it pre-norm where post-norm is asked for, or the reverse?": other,
        "the activation is max(0, x), not GELU": gelu,
    }
    if norm_first:
        first = in_torch(_layer[0].norm1)(X)
        late = block_by_hand(first, lambda _: attention(first), p, True, eps, same, same)
        wrong["does the skip connection start behind the norm?"] = late
    return wrong


@task("encoder")
@pytest.mark.parametrize("norm_first", [False, True], ids=["post-norm", "pre-norm"])
def test_block(student, reference, rng, norm_first):
    """The block equals torch's `TransformerEncoderLayer` at evaluation, whatever the rate"""
    given = {"B": 2, "N": 5, "D": 6, "F": 7, "heads": 3, "eps": 0.3, "rate": ...}
    given |= {"norm_first": True} if norm_first else {}
    ENCODER_BLOCK.check(student, rng, reference, **given, mistakes=block_slips)


def block_while_training(X, attention, p, norm_first=False, rate=0.1, *, seed, second=1):
    drops = [lambda A, step=step: dropout(A, rate, seed + step) for step in (0, second)]
    return block_by_hand(X, attention, p, norm_first, 1e-5, *drops)


TRAINING_BLOCK = Function(
    "encoder_block",
    ENCODER_BLOCK.arguments,
    truth=block_while_training,
    returns="the block's output",
    **LOOSE,
)


def training_slips(*args, **settings):
    wrong = block_while_training(*args, **settings, second=0)
    return {"has the second step the seed of the first?": wrong}


@task("encoder", weight=0.5)
@pytest.mark.parametrize("norm_first", [False, True], ids=["post-norm", "pre-norm"])
def test_block_while_training(student, rng, norm_first):
    """While training both steps have dropout, the second with seed + 1; the rate is 0.1 by default"""
    sizes = {"B": 3, "N": 4, "D": 6, "F": 5, "heads": 2}
    drawn = TRAINING_BLOCK.draw(rng, **sizes, norm_first=norm_first).values
    TRAINING_BLOCK.check(student, rng, **drawn, seed=0, rate=0.35, mistakes=training_slips)
    TRAINING_BLOCK.check(student, rng, **drawn, seed=11, mistakes=training_slips)


# Task 9, decoder


def additive_slips(s, H, W_s, W_h, v):
    s, H, W_s, W_h, v = (torch.tensor(part) for part in (s, H, W_s, W_h, v))
    scores = torch.tanh((H @ W_h) + (s @ W_s)[:, None]) @ v
    plain = (H @ W_h + (s @ W_s)[:, None]) @ v
    wrong = {
        "is the softmax taken over the batch?": torch.softmax(scores, dim=0),
        "is tanh missing?": torch.softmax(plain, dim=1),
        "is the decoder's state left out?": torch.softmax(torch.tanh(H @ W_h) @ v, dim=1),
    }
    return {text: (None, weights) for text, weights in wrong.items()}


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
@pytest.mark.parametrize("size", [(3, 5, 4, 2, 6), (2, 3, 5, 7, 4), (4, 2, 3, 5, 1)], ids=str)
def test_additive_attention(student, reference, rng, size):
    """`additive_attention` is right for (B, T, E, S, A) of this size, and keeps its arguments"""
    sizes = dict(zip("BTESA", size, strict=True))
    additive_attention.check(student, rng, reference, **sizes, mistakes=additive_slips)


def torch_decoder(rng, D, F):
    """torch's decoder layer of two heads, with random weights."""
    torch.manual_seed(int(rng.integers(1 << 30)))
    layer = torch.nn.TransformerDecoderLayer(D, 2, F, batch_first=True).double().eval()
    for weights in layer.parameters():
        torch.nn.init.normal_(weights, mean=0.2, std=weights.shape[-1] ** -0.5)
    return layer


def attend(module):
    def called(queries, context, mask):
        queries, context = np.asarray(queries), np.asarray(context)
        forbidden = None if mask is None else ~torch.as_tensor(np.asarray(mask) == 1)
        f = lambda q, c: module(q, c, c, attn_mask=forbidden, need_weights=False)[0]  # noqa: E731
        return in_torch(f)(queries, context)

    return called


def part_of_layer(pick):
    """A part of the layer as a function of an array, whatever the student passes."""
    return lambda rng, _layer: lambda X: in_torch(pick(_layer))(np.asarray(X))


def causal(N):
    return torch.nn.Transformer.generate_square_subsequent_mask(N, dtype=torch.float64)


def decoder_slips(Y, memory, *_, _layer):
    @in_torch
    def notes(y, m):
        first = _layer.self_attn(y, y, y, attn_mask=causal(y.shape[1]))[0]
        found = _layer.norm2(_layer.norm1(y + first) + _layer.multihead_attn(y, m, m)[0])
        hidden = torch.relu(_layer.linear1(found))
        return _layer.norm3(found + _layer.linear2(hidden))

    return {
        "are the queries of the second step those of Y? This is Eq. (46) of the notes": notes(
            Y, memory
        ),
        "is the causal mask missing? A position sees those after it": in_torch(_layer)(Y, memory),
    }


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
    returns="the block's output",
    **LOOSE,
)
def decoder_block(Y, memory, *_, _layer):
    return in_torch(lambda y, m: _layer(y, m, tgt_mask=causal(y.shape[1])))(Y, memory)


@task("decoder", weight=2)
@pytest.mark.parametrize("size", [(2, 4, 3), (3, 2, 5)], ids=str)
def test_decoder_block_equals_torch(student, rng, size):
    """The block equals torch's `TransformerDecoderLayer` with a causal mask, for (B, N, M)"""
    sizes = dict(zip("BNM", size, strict=True))
    decoder_block.check(student, rng, **sizes, D=6, F=7, mistakes=decoder_slips)


# Task 10, language-model

PROJECTIONS = ("W_q", "W_k", "W_v", "W_o")


@torch.no_grad()
def torch_model(params, x, heads, forbidden=None):
    """The logits and the weights by torch's `TransformerEncoderLayer`, pre-norm and causal."""
    T, p = x.shape[1], {name: value.double() for name, value in params.items()}
    forbidden = torch.ones(T, T).triu(1) > 0 if forbidden is None else forbidden
    layer = torch_block({name: p[name] for name in (*BLOCK, *PROJECTIONS)}, heads, norm_first=True)
    X = p["tokens"][x] + p["positions"][:T]
    three = [layer.norm1(X)] * 3
    _, weights = layer.self_attn(*three, attn_mask=forbidden, average_attn_weights=False)
    return layer(X, src_mask=forbidden) @ p["U"], weights


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


def logits_slips(params, x, heads=2):
    shift = torch.ones(x.shape[1], x.shape[1]).triu(2) > 0
    where = params["positions"]
    first = where[:, : where.shape[1] // heads].repeat(1, heads)
    return {
        "the mask is missing: every letter sees the whole text": torch_model(
            params, x, heads, shift & False
        ),
        "the mask is off by one: a letter sees the next one, the answer": torch_model(
            params, x, heads, shift
        ),
        "every head gets the same positions": torch_model(params | {"positions": first}, x, heads),
        "are the positions missing?": torch_model(params | {"positions": 0 * where}, x, heads),
    }


@task("language-model")
@pytest.mark.parametrize("size", [(7, 5, 12, 9, 3), (4, 6, 8, 5, 2)], ids=str)
def test_logits(student, reference, rng, size):
    """Logits and weights equal those of torch's layer, for (V, T, D, F, heads) of this size"""
    sizes, heads = dict(zip("VTDF", size[:4], strict=True)), size[4]
    sizes |= {} if heads == 2 else {"heads": heads}
    causal_logits.check(student, rng, reference, **sizes, mistakes=logits_slips)


def loss_slips(params, x, heads=2):
    log_p, right = (
        torch_model(params, x, heads)[0].log_softmax(-1),
        next_letter_loss(params, x, heads),
    )
    nll, count = torch.nn.functional.nll_loss, x[:, 1:].numel()
    return {
        "is a letter to predict itself? Shift the targets": nll(log_p.flatten(0, 1), x.flatten()),
        "does a letter predict the one before it?": nll(
            log_p[:, 1:].flatten(0, 1), x[:, :-1].flatten()
        ),
        "the sum is not divided by the number of predicted letters": right * count,
        "is it divided by B only?": right * (x.shape[1] - 1),
        "is it divided by B·T? Only T - 1 letters are predicted": right * count / x.numel(),
    }


@Function.of(MODEL, returns="the loss", **LOOSE)
def next_letter_loss(params, x, heads=2):
    """The mean loss of the next letter."""
    log_p = torch_model(params, x, heads)[0].log_softmax(-1)[:, :-1]
    return torch.nn.functional.nll_loss(log_p.flatten(0, 1), x[:, 1:].flatten())


@task("language-model")
@pytest.mark.parametrize("heads", [2, 4])
def test_loss(student, reference, rng, heads):
    """The loss is the mean over all predicted letters, for this number of heads"""
    sizes = {"V": 5, "T": 7, "D": 8, "F": 6} | ({} if heads == 2 else {"heads": heads})
    next_letter_loss.check(student, rng, reference, **sizes, mistakes=loss_slips)


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


def excess(trained, x, heads=2):
    """How much longer the model's code is than the best one, in nats for each letter: ≥ 0.

    The mean relative entropy from the true chances to the model's, from the third letter on.
    """
    trained = {name: torch.as_tensor(np.asarray(value)).double() for name, value in trained.items()}
    log_p = torch_model(trained, x, heads)[0].log_softmax(-1)[:, 1:-1]
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
