"""The marking checks of `attention`: other sizes, other seeds, oracles of their own.

Oracles: torch's functions and modules with the same weights, autograd, closed forms, and
`reference`, our own solution. No two dimensions of a problem are equal unless an exchange is to
be named, and scores are of order one unless that is the point.
"""

import dataclasses
from pathlib import Path

import numpy as np
import pytest
import torch
from checks import (
    BACKWARD,
    BLOCK,
    LOOSE,
    block_problem,
    by_torch,
    entry,
    model_problem,
    torch_block,
)

from autograder.checks import (
    CheckFailed,
    Derivation,
    close,
    convergence,
    equal,
    shaped,
    task,
    unchanged,
    unpack,
)


def normal(rng, *shapes):
    return [rng.normal(size=shape) for shape in shapes]


def weights_of(scores, axis=-1):
    return torch.softmax(torch.as_tensor(scores), dim=axis).numpy()


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


@task("attention")
def test_softmax_of_three_axes(student, reference, rng):
    """`softmax` is right along every axis of three, the last by default; Z is left alone"""
    Z = 2 * rng.normal(size=(2, 5, 3))
    for axis in (0, 1, 2, -2):
        found = student.softmax(Z, axis=axis)
        unchanged(student)
        mistakes = {
            f"is it taken along axis {other}, whatever axis says?": weights_of(Z, other)
            for other in (0, 1, 2)
        }
        close(found, weights_of(Z, axis), name="the softmax", mistakes=mistakes, **LOOSE)
    close(student.softmax(Z), reference.softmax(Z), name="the softmax", **LOOSE)


@task("attention", weight=0.5)
def test_softmax_of_large_numbers(student):
    """Entries up to ±1000 give finite numbers, and the right ones, in rows and in columns"""
    far = np.vstack([FAR, [[-1000.0, -1000.0, -999.0]]])
    close(student.softmax(far), weights_of(far), name="the softmax of rows", **LOOSE)
    columns = far.T.copy()
    expected = weights_of(columns, 0)
    close(student.softmax(columns, axis=0), expected, name="the softmax of columns", **LOOSE)


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


def compare_attention(answer, truth, Q, K, V):
    output, weights = unpack(answer, 2)
    wrong = slips(Q, K, V)
    close(weights, truth[1], name="the array of weights", mistakes=wrong, **LOOSE)
    mistakes = {text: A @ V for text, A in wrong.items()}
    mistakes["are the weights left out?"] = np.broadcast_to(
        V.sum(axis=-2, keepdims=True), truth[0].shape
    )
    if K.shape == V.shape:
        mistakes["are the weights multiplied with K instead of V?"] = truth[1] @ K
    close(output, truth[0], name="the output", mistakes=mistakes, **LOOSE)


SIZES = {
    "one sequence": ((), 3, 5, 4, 2),
    "a batch": ((3,), 4, 2, 5, 6),
    "two axes in front": ((2, 4), 5, 3, 7, 6),
    "as many queries as keys, values as long as keys": ((2,), 4, 4, 3, 3),
}


@task("attention")
@pytest.mark.parametrize("size", SIZES)
def test_attention(student, reference, rng, size):
    """`attention` agrees with torch for this size, and leaves its arguments alone"""
    front, N, M, d, d_v = SIZES[size]
    Q, K, V = normal(rng, (*front, N, d), (*front, M, d), (*front, M, d_v))
    answer = student.attention(Q, K, V)
    unchanged(student)
    compare_attention(answer, by_torch(Q, K, V), Q, K, V)
    close(answer, reference.attention(Q, K, V), name="(output, weights)", **LOOSE)


# Task 3, scaling


@task("scaling")
def test_statistics(student, reference, rng):
    """The three numbers are right for 6 queries with 4 keys each, of length 5"""
    Q, K = normal(rng, (6, 5), (6, 4, 5))
    found = student.score_statistics(Q, K)
    unchanged(student)
    products = torch.einsum("rd,rmd->rm", torch.tensor(Q), torch.tensor(K))

    def top(divisor):
        return torch.softmax(products / divisor, -1).amax(-1).mean().item()

    raw = products.var(correction=0).item()
    expected = {
        "variance": (raw, {"is this the variance of the scaled products?": raw / 5}),
        "top_unscaled": (top(1), {"is this divided by the root already?": top(5**0.5)}),
    }
    wrong = {"is it divided by d instead of its root?": top(5), "is the root missing?": top(1)}
    expected["top_scaled"] = (top(5**0.5), wrong)
    mean_row = products.var(dim=1, correction=0).mean().item()
    expected["variance"][1]["is this a mean of the rows' variances?"] = mean_row
    expected["variance"][1]["is it divided by R·M - 1?"] = products.var().item()
    for name, (value, mistakes) in expected.items():
        close(entry(found, name, "the result"), value, name=name, mistakes=mistakes, **LOOSE)
    close(found, reference.score_statistics(Q, K), name="the result", **LOOSE)


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


def compare_masked(student, Q, K, V, mask):
    output, weights = unpack(student.masked_attention(Q, K, V, mask), 2)
    unchanged(student)
    true_output, true_weights = (np.nan_to_num(part) for part in by_torch(Q, K, V, mask))
    mistakes = masked_slips(Q, K, V, mask)
    close(weights, true_weights, name="the array of weights", mistakes=mistakes, **LOOSE)
    close(output, true_output, name="the output", **LOOSE)  # public


def random_mask(rng, *shape):
    """A mask with something to see in every row, and something forbidden."""
    mask = rng.random(shape) < 0.5
    mask[..., 1], mask[..., 0] = True, False
    return mask


@task("masks")
@pytest.mark.parametrize("kind", ["for each sequence", "one for all", "of keys"])
def test_masked_attention(student, rng, kind):
    """`masked_attention` agrees with torch for a mask of this kind, and keeps its arguments"""
    Q, K, V = normal(rng, (2, 3, 5), (2, 4, 5), (2, 4, 6))
    shape = {"for each sequence": (2, 3, 4), "one for all": (3, 4), "of keys": (2, 1, 4)}[kind]
    compare_masked(student, Q, K, V, random_mask(rng, *shape))


@task("masks", weight=2)
def test_query_that_may_look_nowhere(student, reference, rng):
    """A query without any allowed key gets zeros, not nan; the other queries are as before"""
    Q, K, V = normal(rng, (2, 4, 3), (2, 5, 3), (2, 5, 2))
    mask = random_mask(rng, 2, 4, 5)
    mask[0, 2] = mask[1, 0] = False
    found = student.masked_attention(Q, K, V, mask)
    for part, array in zip(("output", "weights"), unpack(found, 2), strict=True):
        if isinstance(array, np.ndarray | torch.Tensor) and np.isnan(np.asarray(array)).any():
            raise CheckFailed(f"the {part} of a query that may look nowhere is nan, expected zeros")
    compare_masked(student, Q, K, V, mask)
    close(found, reference.masked_attention(Q, K, V, mask), name="(output, weights)", **LOOSE)


@task("masks")
def test_large_scores(student, rng):
    """Scores up to ±1000 give no nan and the right weights, a forbidden 1000 included"""
    Q, K = np.array([[-2.0], [2.0], [-2.0], [1.0]]), 500 * np.array([[1.0], [0.998], [0.5], [-1.0]])
    V = rng.normal(size=(4, 3))
    mask = np.array([[1, 1, 0, 0], [0, 0, 1, 1], [1, 1, 1, 0], [1, 1, 0, 1]]) == 1
    compare_masked(student, Q, K, V, mask)


# Task 5, backward

STEPS = {
    "dl_da": "V @ g",
    "dl_dV": "outer(a, g)",
    "dl_ds": "a*dl_da - a*dot(a, dl_da)",
    "dl_dq": "K.T @ dl_ds/sqrt(d)",
    "dl_dK": "outer(dl_ds/sqrt(d), q)",
}
FOLLOWING = Derivation(
    given=BACKWARD.given,
    forward=BACKWARD.forward,
    lines=[dataclasses.replace(line, expected=STEPS[line.name]) for line in BACKWARD.lines],
    positive={"d"},  # public
)


@task("backward", weight=0.4)
@pytest.mark.parametrize("line", FOLLOWING.names)
def test_step(student, line):
    """The line is right, given the lines above it"""
    FOLLOWING.check(student.get("backward_lines"), line)


def slopes(loss, *values):
    """The gradients of a torch loss with respect to every array, in float64."""
    leaves = [torch.tensor(value, requires_grad=True) for value in values]
    return [g.numpy() for g in torch.autograd.grad(loss(*leaves), leaves)]


@task("backward")
@pytest.mark.parametrize("shape", [(5,), (4, 3), (2, 3, 6)], ids=str)
def test_softmax_backward(student, rng, shape):
    """`softmax_backward` agrees with autograd for this shape, and keeps its arguments"""
    S, upstream = normal(rng, shape, shape)
    weights = weights_of(S)
    (truth,) = slopes(lambda S: (torch.softmax(S, -1) * torch.tensor(upstream)).sum(), S)
    found = student.softmax_backward(weights, upstream)
    unchanged(student)
    mistakes = {
        "only the diagonal of the Jacobian is there": weights * (1 - weights) * upstream,
        "the sum over the row is missing": weights * upstream,
        "is the sum one over all rows?": weights * (upstream - np.sum(weights * upstream)),
        "is the mean taken without the weights?": weights
        * (upstream - upstream.mean(axis=-1, keepdims=True)),
    }
    close(found, truth, name="dl/dS", mistakes=mistakes, **LOOSE)


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


@task("backward")
@pytest.mark.parametrize("name", ["Q", "K", "V"])
def test_gradient(student, reference, rng, name):
    """This gradient agrees with autograd, for one sequence, for two axes in front, and for N = M"""
    for front, sizes in (((), (4, 5, 2, 6)), ((2, 3), (4, 5, 2, 6)), ((2,), (3, 3, 4, 4))):
        N, M, d, d_v = sizes
        shapes = [(*front, *s) for s in ((N, d_v), (N, d), (M, d), (M, d_v))]
        upstream, *arrays = normal(rng, *shapes)
        attend = torch.nn.functional.scaled_dot_product_attention
        truth = slopes(lambda *a: (attend(*a) * torch.tensor(upstream)).sum(), *arrays)  # noqa: B023
        at = "QKV".index(name)
        found = student.attention_backward(upstream, *arrays)
        unchanged(student)
        wrong = {t: g[name] for t, g in backward_slips(upstream, *arrays).items()}
        what = f"the gradient of {name}"
        close(entry(found, name, "the result"), truth[at], name=what, mistakes=wrong, **LOOSE)
        ours = reference.attention_backward(upstream, *arrays)[name]
        close(found[name], ours, name=what, **LOOSE)


# Task 6, multi-head


def heads_by_columns(X, heads):
    """The heads one by one, as slices of columns."""
    d = X.shape[-1] // heads
    return np.stack([X[..., h * d : (h + 1) * d] for h in range(heads)], axis=1)


@task("multi-head")
@pytest.mark.parametrize("size", [(2, 3, 4, 5), (3, 4, 2, 1), (1, 2, 3, 7)], ids=str)
def test_split_and_merge(student, reference, rng, size):
    """`split_heads` and `merge_heads` are right for (B, N, heads, d) of this size"""
    B, N, heads, d = size
    X = rng.normal(size=(B, N, heads * d))
    parts = heads_by_columns(X, heads)
    mistakes = {
        "a plain reshape cuts the positions into heads": X.reshape(parts.shape),
        "are the columns dealt out in turn?": X.reshape(B, N, d, heads).transpose(0, 3, 1, 2),
    }
    found = student.split_heads(X, heads)
    close(found, parts, name="the array of heads", mistakes=mistakes)
    close(found, reference.split_heads(X, heads), name="the array of heads")
    merged = {"the heads are not brought back behind the positions": parts.reshape(X.shape)}
    close(student.merge_heads(parts), X, name="the array of merged heads", mistakes=merged)


def many_heads(X, C, p, heads, mask=None, scale=None, split=heads_by_columns):
    """Multi-head attention head by head; scale, where given, is that of the scores."""
    Q, K, V = (split(A @ p[name]) for A, name in ((X, "W_q"), (C, "W_k"), (C, "W_v")))
    Q = Q * (1.0 if scale is None else scale * Q.shape[-1] ** 0.5)
    output, _ = by_torch(Q, K, V, mask)
    return np.concatenate(list(output.swapaxes(0, 1)), axis=-1)


def head_problem(rng, B, N, M, D, C, E, O):  # noqa: E741
    X, context = normal(rng, (B, N, D), (B, M, C))
    shapes = {"W_q": (D, E), "W_k": (C, E), "W_v": (C, E), "W_o": (E, O)}
    return X, context, {name: rng.normal(size=s) / s[0] ** 0.5 for name, s in shapes.items()}


@task("multi-head")
@pytest.mark.parametrize("masked", [False, True], ids=["without a mask", "with a mask"])
def test_multi_head(student, reference, rng, masked):
    """`multi_head` is right for a context of another length and width"""
    X, context, p = head_problem(rng, B=2, N=4, M=5, D=3, C=7, E=6, O=8)
    masks = [random_mask(rng, *s) for s in ((4, 5), (2, 1, 1, 5), (2, 3, 4, 5))]
    for mask in masks if masked else [None]:
        arguments = (X, context, p, 3) if mask is None else (X, context, p, 3, mask)
        found = student.multi_head(*arguments)
        unchanged(student)

        def result(mask=mask, **slip):
            return many_heads(
                X, context, p, 3, mask, split=lambda A: heads_by_columns(A, 3), **slip
            )

        mistakes = {
            "is the scale that of the whole width instead of the head's?": result(scale=6**-0.5),
            "is the scale missing?": result(scale=1.0),
            "is the mask left out?": result(mask=None),
            "is it one head instead of three?": many_heads(
                X,
                context,
                p,
                1,
                mask if mask is None or mask.ndim < 4 else mask[:, :1],
                split=lambda A: heads_by_columns(A, 1),
            ),
        }
        mistakes = {text: wrong @ p["W_o"] for text, wrong in mistakes.items()}
        close(found, result() @ p["W_o"], name="the output", mistakes=mistakes, **LOOSE)
        close(found, reference.multi_head(*arguments), name="the output", **LOOSE)


@task("multi-head")
@pytest.mark.parametrize("cross", [False, True], ids=["self-attention", "another context"])
def test_multi_head_equals_torch(student, rng, cross):
    """Two heads equal torch's `MultiheadAttention`, with the output projection"""
    X, context, p = head_problem(rng, B=3, N=5, M=5, D=6, C=6, E=6, O=6)
    C = context if cross else X
    rest = {name: np.zeros((6, 6) if name in ("W1", "W2") else 6) for name in BLOCK}
    layer = torch_block(p | rest, 2, norm_first=False)
    q, c = torch.tensor(X), torch.tensor(C)
    with torch.no_grad():  # public
        truth = layer.self_attn(q, c, c, need_weights=False)[0].numpy()

    def two(A):
        return heads_by_columns(A, 2)

    joined = many_heads(X, C, p, 2, split=two)
    reshaped = many_heads(X, C, p, 2, split=lambda A: A.reshape(3, 2, 5, 3))
    mistakes = {
        "is the output projection W_o missing?": joined,
        "are the heads mixed up by a plain reshape?": reshaped @ p["W_o"],
        "are the heads put together by a plain reshape?": two(joined).reshape(X.shape) @ p["W_o"],
    }
    close(student.multi_head(X, C, p, 2), truth, name="the output", mistakes=mistakes, **LOOSE)


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


def clock(n, D, base):
    """Sine and cosine as the two parts of a complex number that turns."""
    speeds = np.exp(-np.log(base) * np.arange(D // 2) * 2 / D)
    hands = np.exp(1j * np.outer(np.arange(n), speeds))
    return np.stack([hands.imag, hands.real], axis=-1).reshape(n, D)


@task("positions")
@pytest.mark.parametrize("size", [(7, 6, 100.0), (40, 8, 10000.0), (3, 10, 9.0)], ids=str)
def test_encoding(student, reference, size):
    """`positional_encoding` is right for (n, D, base) of this size"""
    n, D, base = size
    truth = clock(n, D, base)
    arguments = (n, D) if base == 10000.0 else (n, D, base)
    found = student.positional_encoding(*arguments)
    columns = np.arange(n)[:, None] / base ** (np.arange(D) / D)

    def by_hand(angles):
        return np.stack([np.sin(angles), np.cos(angles)], axis=-1).reshape(n, D)

    mistakes = {
        "sine and cosine stand in two halves: they have to take turns": np.hstack(
            [truth[:, 0::2], truth[:, 1::2]]
        ),
        "are sine and cosine exchanged?": truth.reshape(n, -1, 2)[..., ::-1].reshape(n, D),
        "the exponent is 2i/D: its last value is less than 1": by_hand(
            np.arange(n)[:, None] / base ** np.linspace(0, 1, D // 2)
        ),
        "does t begin with 1?": clock(n + 1, D, base)[1:],
        "a sine and its cosine have the same speed": np.where(
            np.arange(D) % 2, np.cos(columns), np.sin(columns)
        ),
        "is the 2 of the exponent missing?": by_hand(
            np.arange(n)[:, None] / base ** (np.arange(D // 2) / D)
        ),
        "is base left at 10000?": clock(n, D, 1e4),
    }
    shaped(found, (n, D), name="P")
    P = np.asarray(found)
    # The first row is (0, 1, 0, 1, …) at any speed, and says little.
    mistakes = {text: wrong[1:] for text, wrong in mistakes.items()}
    close(P[1:], truth[1:], name="P from row 1 on", mistakes=mistakes, **LOOSE)
    close(found, reference.positional_encoding(*arguments), name="P", **LOOSE)


@task("positions", weight=0.5)
def test_products_depend_on_the_offset(student):
    """The product of two rows is Σ cos of offset times speed, wherever they stand"""
    found = student.positional_encoding(30, 12, 50.0)
    shaped(found, (30, 12), name="P")
    P = np.asarray(found)
    offset = np.arange(30)[:, None] - np.arange(30)
    products = np.cos(offset[..., None] * 50.0 ** (-np.arange(6) / 6)).sum(axis=-1)
    close(P @ P.T, products, rtol=1e-4, atol=1e-4, name="the products of the rows")


LAYERS = {
    "self-attention": lambda X, W: by_torch(X, X, X)[0],
    "a recurrent layer": lambda X, W: np.cumsum(np.tanh(X @ W), axis=0),
    "a layer with positions": lambda X, W: -by_torch(X, X, X + np.arange(len(X))[:, None])[0],
}


@task("positions")
@pytest.mark.parametrize("layer", LAYERS)
def test_equivariance_error(student, rng, layer):
    """`equivariance_error` is right for this layer and permutations that are not their inverse"""
    X, W = normal(rng, (6, 4), (4, 4))
    for order in (np.array([2, 0, 1, 4, 5, 3]), np.array([1, 2, 3, 4, 5, 0])):
        apply = LAYERS[layer]

        def f(X):
            return apply(np.asarray(X), W)  # noqa: B023

        truth = np.max(np.abs(f(X[order]) - f(X)[order]))
        mistakes = {
            "this tests for invariance: the outputs have to be permuted, too": np.max(
                np.abs(f(X[order]) - f(X))
            ),
            "is the permutation undone instead of done?": np.max(
                np.abs(f(X[order]) - f(X)[np.argsort(order)])
            ),
            "the largest entry is asked for, not a sum or a mean": np.sum(
                np.abs(f(X[order]) - f(X)[order])
            ),
        }
        found = student.equivariance_error(f, X, order)
        unchanged(student)
        close(found, truth, name="the error", mistakes=mistakes, **LOOSE)


# Task 8, encoder


def norm_slips(X, gamma, beta, eps):
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


@task("encoder")
@pytest.mark.parametrize("shape", [(7,), (4, 6), (3, 5, 8)], ids=str)
def test_layer_norm(student, reference, rng, shape):
    """`layer_norm` agrees with torch for this shape, and leaves its arguments alone"""
    D = shape[-1]
    X = rng.normal(size=shape) * rng.uniform(0.5, 3, size=(*shape[:-1], 1)) + 0.7
    gamma, beta = rng.uniform(0.5, 2, size=D), rng.normal(size=D)
    tensors = [torch.tensor(part) for part in (X, gamma, beta)]
    truth = torch.nn.functional.layer_norm(tensors[0], (D,), *tensors[1:], 0.3)
    found = student.layer_norm(X, gamma, beta, eps=0.3)
    unchanged(student)
    mistakes = norm_slips(X, gamma, beta, 0.3) if len(shape) > 1 else {}
    close(found, truth, name="the result", mistakes=mistakes, **LOOSE)
    # Where nothing is said of eps it is 1e-5, which shows in small numbers.
    small = torch.nn.functional.layer_norm(tensors[0] / 300, (D,), *tensors[1:], 1e-5)
    close(
        student.layer_norm(X / 300, gamma, beta), small, name="the result for eps = 1e-5", **LOOSE
    )
    ours = reference.layer_norm(X, gamma, beta, 0.3)
    close(found, ours, name="the result", **LOOSE)


def dropped(X, rate, seed):
    return X * (np.random.default_rng(seed).random(X.shape) >= rate) / (1 - rate)


@task("encoder")
def test_dropout(student, reference, rng):
    """While training entries drop out and the others grow; at evaluation nothing happens"""
    X = rng.normal(size=(3, 40)) + 2
    close(student.dropout(X, 0.6), X, name="the result at evaluation")
    for seed, rate in ((0, 0.7), (int(rng.integers(1, 100)), 0.2)):
        found = student.dropout(X, rate, seed)
        unchanged(student)
        truth = dropped(X, rate, seed)
        mistakes = {
            "the others are not divided by 1 - rate": truth * (1 - rate),
            "are those dropped that should be kept?": (X - truth * (1 - rate)) / (1 - rate),
        }
        close(found, truth, name="the result while training", mistakes=mistakes, **LOOSE)
        close(found, reference.dropout(X, rate, seed), name="the result", **LOOSE)


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


@task("encoder")
@pytest.mark.parametrize("norm_first", [False, True], ids=["post-norm", "pre-norm"])
def test_block(student, reference, rng, norm_first):
    """The block equals torch's `TransformerEncoderLayer` at evaluation, whatever the rate"""
    X, attention, p, layer = block_problem(rng, 2, 5, 6, 7, 3, norm_first, 0.3)
    with torch.no_grad():  # public
        truth = layer(torch.tensor(X)).numpy()

    def same(X):
        return X

    settings = {"eps": 0.3, "rate": 0.4} | ({"norm_first": True} if norm_first else {})
    found = student.encoder_block(X, attention, p, **settings)
    unchanged(student)
    other = block_by_hand(X, attention, p, not norm_first, 0.3, same, same)
    gelu = block_by_hand(X, attention, p, norm_first, 0.3, same, same, phi=by_gelu)
    mistakes = {
        "is it pre-norm where post-norm is asked for, or the reverse?": other,
        "the activation is max(0, x), not GELU": gelu,
    }
    if norm_first:
        _, first = np.array(X), layer.norm1(torch.tensor(X)).detach().numpy()
        mistakes["does the skip connection start behind the norm?"] = block_by_hand(
            first, lambda _: attention(first), p, True, 0.3, lambda A: A, same
        )
    close(found, truth, name="the block's output", mistakes=mistakes, **LOOSE)
    ours = reference.encoder_block(X, attention, p, **settings)
    close(found, ours, name="the block's output", **LOOSE)


@task("encoder", weight=0.5)
@pytest.mark.parametrize("norm_first", [False, True], ids=["post-norm", "pre-norm"])
def test_block_while_training(student, rng, norm_first):
    """While training both steps have dropout, the second with seed + 1; the rate is 0.1 by default"""
    X, attention, p, _ = block_problem(rng, 3, 4, 6, 5, 2, norm_first, 1e-5)
    for seed, settings in ((0, {"rate": 0.35}), (11, {})):
        rate = settings.get("rate", 0.1)
        drops = [lambda A, s=seed + step: dropped(A, rate, s) for step in (0, 1)]  # noqa: B023
        truth = block_by_hand(X, attention, p, norm_first, 1e-5, *drops)
        found = student.encoder_block(X, attention, p, norm_first=norm_first, seed=seed, **settings)
        drops[1] = drops[0]
        same_seed = block_by_hand(X, attention, p, norm_first, 1e-5, *drops)
        mistakes = {"has the second step the seed of the first?": same_seed}
        close(found, truth, name="the block's output", mistakes=mistakes, **LOOSE)


# Task 9, decoder


@task("decoder")
@pytest.mark.parametrize("size", [(3, 5, 4, 2, 6), (2, 3, 5, 7, 4), (4, 2, 3, 5, 1)], ids=str)
def test_additive_attention(student, reference, rng, size):
    """`additive_attention` is right for (B, T, E, S, A) of this size, and keeps its arguments"""
    B, T, E, S, A = size
    arguments = normal(rng, (B, S), (B, T, E), (S, A), (E, A), (A,))
    context, weights = unpack(student.additive_attention(*arguments), 2)
    unchanged(student)
    s, H, W_s, W_h, v = (torch.tensor(part) for part in arguments)
    scores = torch.stack([torch.tanh(s @ W_s + H[:, t] @ W_h) @ v for t in range(T)], dim=1)
    truth = torch.softmax(scores, dim=1)
    mistakes = {
        "is the softmax taken over the batch?": torch.softmax(scores, dim=0),
        "is tanh missing?": torch.softmax((H @ W_h + (s @ W_s)[:, None]) @ v, dim=1),
        "is the decoder's state left out?": torch.softmax(torch.tanh(H @ W_h) @ v, dim=1),
    }
    close(weights, truth, name="the array of weights", mistakes=mistakes, **LOOSE)
    close(context, torch.einsum("bt,bte->be", truth, H), name="the context", **LOOSE)
    ours = reference.additive_attention(*arguments)
    close((context, weights), ours, name="(context, weights)", **LOOSE)


@task("decoder", weight=2)
@pytest.mark.parametrize("size", [(2, 4, 3), (3, 2, 5)], ids=str)
def test_decoder_block_equals_torch(student, rng, size):
    """The block equals torch's `TransformerDecoderLayer` with a causal mask, for (B, N, M)"""
    B, N, M = size
    D = 6
    torch.manual_seed(int(rng.integers(1 << 30)))
    layer = torch.nn.TransformerDecoderLayer(D, 2, 7, batch_first=True).double().eval()
    for weights in layer.parameters():
        torch.nn.init.normal_(weights, mean=0.2, std=weights.shape[-1] ** -0.5)
    Y, memory = normal(rng, (B, N, D), (B, M, D))

    def of(function):
        @torch.no_grad()
        def called(*arrays):
            return function(*(torch.as_tensor(np.asarray(a), dtype=torch.float64) for a in arrays))

        return lambda *arrays: called(*arrays).numpy()

    def attend(module):
        def called(queries, context, mask):
            context = np.asarray(context)
            forbidden = None if mask is None else ~torch.as_tensor(np.asarray(mask) == 1)
            f = lambda q, c: module(q, c, c, attn_mask=forbidden, need_weights=False)[0]  # noqa: E731
            return of(f)(queries, context)

        return called

    arguments = (
        memory,
        attend(layer.self_attn),
        attend(layer.multihead_attn),
        of(lambda X: layer.linear2(torch.relu(layer.linear1(X)))),
        *(of(norm) for norm in (layer.norm1, layer.norm2, layer.norm3)),
    )
    causal = torch.nn.Transformer.generate_square_subsequent_mask(N, dtype=torch.float64)
    with torch.no_grad():  # public
        y, m = torch.tensor(Y), torch.tensor(memory)
        truth = layer(y, m, tgt_mask=causal)
        first = layer.norm1(y + layer.self_attn(y, y, y, attn_mask=causal)[0])
        notes = layer.norm2(first + layer.multihead_attn(y, m, m)[0])
        notes = layer.norm3(notes + layer.linear2(torch.relu(layer.linear1(notes))))
        mistakes = {
            "are the queries of the second step those of Y? This is Eq. (46) of the notes": notes,
            "is the causal mask missing? A position sees those after it": layer(y, m),
        }
    found = student.decoder_block(Y, *arguments)
    unchanged(student)
    close(found, truth, name="the block's output", mistakes=mistakes, **LOOSE)


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


@task("language-model")
@pytest.mark.parametrize("size", [(7, 5, 12, 9, 3), (4, 6, 8, 5, 2)], ids=str)
def test_logits(student, reference, size):
    """Logits and weights equal those of torch's layer, for (V, T, D, F, heads) of this size"""
    V, T, D, F, heads = size
    params, x = model_problem(3 + heads, V, T, D, F, longest=T + 2)
    settings = {} if heads == 2 else {"heads": heads}
    logits, weights = unpack(student.causal_logits(params, x, **settings), 2)
    unchanged(student)
    true_logits, true_weights = torch_model(params, x, heads)
    shift = torch.ones(T, T).triu(2) > 0
    shared = params | {"positions": params["positions"][:, : D // heads].repeat(1, heads)}
    mistakes = {
        "the mask is missing: every letter sees the whole text": torch_model(
            params, x, heads, shift & False
        ),
        "the mask is off by one: a letter sees the next one, the answer": torch_model(
            params, x, heads, shift
        ),
        "every head gets the same positions": torch_model(shared, x, heads),
        "are the positions missing?": torch_model(
            params | {"positions": 0 * params["positions"]}, x, heads
        ),
    }
    for at, (name, got, right) in enumerate(
        (("weights", weights, true_weights), ("logits", logits, true_logits))
    ):
        wrong = {text: pair[1 - at] for text, pair in mistakes.items()}
        close(got, right, name=f"the array of {name}", mistakes=wrong, **LOOSE)
    close(
        logits,
        reference.causal_logits(params, x, **settings)[0],
        name="the array of logits",
        **LOOSE,
    )


def true_loss(params, x, heads):
    """The mean loss of the next letter, and what the usual slips make of it."""
    log_p = torch_model(params, x, heads)[0].log_softmax(-1)
    V = log_p.shape[-1]
    nll = torch.nn.functional.nll_loss
    right = nll(log_p[:, :-1].reshape(-1, V), x[:, 1:].reshape(-1))
    count = x[:, 1:].numel()
    return right, {
        "is a letter to predict itself? Shift the targets": nll(
            log_p.reshape(-1, V), x.reshape(-1)
        ),
        "does a letter predict the one before it?": nll(
            log_p[:, 1:].reshape(-1, V), x[:, :-1].reshape(-1)
        ),
        "the sum is not divided by the number of predicted letters": right * count,
        "is it divided by B only?": right * (x.shape[1] - 1),
        "is it divided by B·T? Only T - 1 letters are predicted": right * count / x.numel(),
    }


@task("language-model")
@pytest.mark.parametrize("heads", [2, 4])
def test_loss(student, reference, heads):
    """The loss is the mean over all predicted letters, for this number of heads"""
    params, x = model_problem(6 + heads, V=5, T=7, D=8, F=6)
    settings = {} if heads == 2 else {"heads": heads}
    found = student.next_letter_loss(params, x, **settings)
    right, mistakes = true_loss(params, x, heads)
    close(found, right, name="the loss", mistakes=mistakes, **LOOSE)
    close(found, reference.next_letter_loss(params, x, **settings), name="the loss", **LOOSE)


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
    shaped(losses, (steps,), name="the list of losses")
    for name, value in params.items():
        shaped(entry(trained, name, "the trained parameters"), value.shape, name=name)
    return trained, np.asarray(losses)


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
    first, _ = true_loss(params, batches[0], settings.get("heads", 2))
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
