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
    allowed,
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
# Large numbers make scores of some hundreds: float32 does for these.
ATTENTION = Function("attention", QKV, truth=by_torch, returns=ATTENDED, large=16, **LOOSE)


@task("attention")
@pytest.mark.parametrize("sizes", [{}, {"B": (2, 4)}, {"N": 4, "M": 4, "d": 3, "d_v": 3}], ids=str)
def test_attention(student, reference, rng, sizes):
    """`attention` agrees with torch for these sizes, and leaves its arguments alone"""
    ATTENTION.check(student, rng, reference, **sizes)


MANY = {"M": 130, "N": 2}
AXES = {
    f"along axis {axis}, of {N}": {"B": front, "N": N, "M": 3, "axis": axis}
    for axis in (0, 1, -2, -3)
    for front, N in (((2, 4), 5), ((3, 3), 3))
} | {"for a vector": {"Z": arg.weights("M")}, "for many numbers": MANY}


@task("attention", weight=0.5)
def test_softmax_in_all_sizes(student, reference, rng):
    """`softmax` is right in all sizes, along every axis, for unusual numbers, call after call"""
    softmax.battery(student, rng, reference, also=AXES)


@task("attention")
def test_attention_in_all_sizes(student, reference, rng):
    """`attention` is right in all sizes, for unusual numbers, for many keys, and call after call"""
    ATTENTION.battery(student, rng, reference, also={"for many keys": MANY})


# Task 3, scaling


STATISTICS = ("variance", "top_unscaled", "top_scaled")


@Function.of(
    {"Q": "R d", "K": "R M d"}, returns={name: name for name in STATISTICS}, large=10, **LOOSE
)
def score_statistics(Q, K):
    products = torch.einsum("rd,rmd->rm", torch.tensor(Q), torch.tensor(K))
    tops = (torch.softmax(products / c, -1).amax(-1).mean() for c in (1, Q.shape[-1] ** 0.5))
    return dict(zip(STATISTICS, (products.var(correction=0), *tops), strict=True))


@task("scaling")
def test_statistics(student, reference, rng):
    """The three numbers are right for R queries with M keys each, of length d"""
    score_statistics.check(student, rng, reference, R=6, M=4, d=5)


def with_products(products):
    """Queries and keys of length 4 whose dot products are these, in float32 too."""
    return {
        "Q": np.tile([2.0, 0, 1, 0], (len(products), 1)),
        "K": np.stack([products / 2, products, 0 * products, products], axis=-1),
    }


CLOSE = np.array([[0, 0.5, -1, 1.5], [1, -2, 0.25, 0], [-0.5, 2, 1.25, -1]])
PRODUCTS = {
    "of ±1000, as large in every row": FAR,
    "of ±1000, each row far from the others": CLOSE + np.array([[-997], [997], [0]]),
    "near 1000": 997 + CLOSE,
    "near -1000": CLOSE - 983,
}


@task("scaling")
def test_statistics_in_all_sizes(student, reference, rng):
    """The three numbers are right in all sizes, for unusual numbers, and call after call"""
    also = {f"for products {which}": with_products(each) for which, each in PRODUCTS.items()}
    also["for many keys, most of them far behind"] = {"M": 130, "R": 2, "d": 40}
    score_statistics.battery(student, rng, reference, also=also)


# Task 4, masks


@Function.of({"n": arg.size("n")}, returns="the mask", exact=True)
def causal_mask(n):
    return np.tri(n) == 1


@task("masks")
def test_causal_mask(student, reference, rng):
    """`causal_mask` allows position i and those before it, no others, for any n, call after call"""
    also = {f"for n = {n}": {"n": n} for n in (2, 5, 150)}
    causal_mask.battery(student, rng, reference, also=also)


@Function.of(
    {"lengths": lambda rng, N, n: rng.integers(n + 1, size=N), "n": arg.size("n")},
    returns="the mask",
    exact=True,
)
def padding_mask(lengths, n):
    return np.array([[j < length for j in range(n)] for length in lengths])


@task("masks")
def test_padding_mask(student, reference, rng):
    """`padding_mask` allows the first positions of each sequence, 0 to n of them"""
    ends = {
        "from nothing to all": [3, 0, 7, 1, 6],
        "where all are padded": [5, 6, 4],
        "where none is": [7, 7, 7, 7],
        "where all are empty": [0, 0],
        "for one sequence": [2],
    }
    also = {where: {"lengths": np.array(each), "n": 7} for where, each in ends.items()}
    padding_mask.battery(student, rng, reference, also=also)


@Function.of({**QKV, "mask": arg.mask("*B N M")}, returns=ATTENDED, large=16, **LOOSE)
def masked_attention(Q, K, V, mask):
    return tuple(np.nan_to_num(part) for part in by_torch(Q, K, V, mask))


MASKS = {"for each sequence": "*B N M", "one for all": "N M", "of keys": "*B 1 M"}


@task("masks")
@pytest.mark.parametrize("kind", MASKS)
def test_masked_attention(student, rng, kind):
    """`masked_attention` agrees with torch for a mask of this kind, and keeps its arguments"""
    masked_attention.check(student, rng, B=2, mask=arg.mask(MASKS[kind]))


def blind_at_random(rng, B, N, M):
    return rng.random((*B, N, M)) < 0.3


@arg.own
def blind(rng, B, N, M):
    """A mask with two queries that may look nowhere."""
    mask = rng.random((*B, N, M)) < 0.5
    mask[..., 1], mask[..., 0] = True, False
    mask[0, 2] = mask[1, 0] = False
    return mask


# Who guesses from sizes which axis of a mask is which guesses wrong where some are equal.
SHAPES = {
    "of keys, for all queries": arg.mask("M"),
    "of keys, in one row": arg.mask("1 M"),
    "of keys, a row for each sequence": arg.mask("*B 1 M"),
    "of queries": arg.own(lambda rng, N: np.arange(N)[:, None] != rng.integers(N)),
    "for all sequences": arg.mask("N M"),
    "for all sequences, with axes of 1": arg.mask("1 N M"),
    "for each sequence": arg.mask("*B N M"),
}
SIZES = {
    "": {"B": 2},
    " where N = M": {"B": 2, "N": 4, "M": 4},
    " where B = N": {"B": 4, "N": 4},
    " where B = M": {"B": 4, "M": 4},
    " where all sizes are equal": {"B": 3, "N": 3, "M": 3, "d": 3},
}
BROADCAST = {
    which + where: {**sizes, "mask": mask}
    for which, mask in SHAPES.items()
    for where, sizes in SIZES.items()
} | {
    "of three axes, for four": {"B": (2, 3), "mask": arg.mask("3 N M")},
    "of one query alone": {"B": (2,), "N": 1, "mask": arg.own(blind_at_random)},
    "that allow nothing": {"N": 3, "M": 4, "mask": np.zeros((3, 4), dtype=bool)},
    "that allow nobody a key": {"B": (2,), "M": 4, "mask": np.zeros((1, 4), dtype=bool)},
    "of many keys": {**MANY, "mask": arg.mask("N M")},
    "of one of many keys": {**MANY, "mask": np.arange(130) == 129},
}


@task("masks", weight=2)
def test_masked_attention_in_all_sizes(student, reference, rng):
    """`masked_attention` is right in all sizes, for masks of all shapes, and call after call"""
    also = {f"for masks {which}": given for which, given in BROADCAST.items()}
    masked_attention.battery(student, rng, reference, also=also)


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
    with np.errstate(divide="ignore"):
        return slopes(weighted, np.log(weights))[0]


def with_zeros(rng, B, M):
    """Weights of keys some of which are masked, or far from the query: exactly zero."""
    weights = softmax(rng.normal(size=(*B, M))) * (np.arange(M) % 3 > 0)
    return weights / weights.sum(axis=-1, keepdims=True)


@task("backward")
@pytest.mark.parametrize("front", [(), (2, 3)], ids=str)
def test_softmax_backward(student, reference, rng, front):
    """`softmax_backward` agrees with autograd for these axes in front, and keeps its arguments"""
    softmax_backward.check(student, rng, reference, B=front, M=5)


@task("backward")
def test_softmax_backward_in_all_sizes(student, reference, rng):
    """`softmax_backward` is right in all sizes, for weights of 0 and of 1, and call after call"""
    one = np.array([[0.0, 1.0, 0.0], [1.0, 0.0, 0.0]])
    also = {
        "where weights are zero": {"B": (2,), "M": 7, "weights": arg.own(with_zeros)},
        "where one weight is 1": {"weights": one, "upstream": arg.weights("2 3")},
        "for many weights": {"B": (2,), "M": 130},
    }
    softmax_backward.battery(student, rng, reference, also=also)


@Function.of(
    {"upstream": "*B N d_v", **QKV},
    returns={name: f"the gradient of {name}" for name in "QKV"},
    large=10,
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


@task("backward")
def test_gradients_in_all_sizes(student, reference, rng):
    """All gradients are right in all sizes, for scores up to ±1000, and call after call"""
    # Scores that are exact in float32, with close ones at both ends.
    Q, K = 250 * np.array([[-4.0, 4, 2, 1]]).T, np.array([[512, 511, -509, -512, -256]]).T / 512
    also = {"for many keys": MANY, "for scores up to ±1000": {"Q": Q, "K": K, "N": 4, "M": 5}}
    attention_backward.battery(student, rng, reference, also=also)


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
    large=3,
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


@Function.of({"X": "B N heads*d", "heads": arg.size("heads")}, returns="the heads", **LOOSE)
def split_heads(X, heads):
    return np.stack(np.split(X, heads, axis=-1), axis=1)


@Function.of({"X": "B heads N d"}, returns="the merged heads", **LOOSE)
def merge_heads(X):
    return np.concatenate(list(X.swapaxes(0, 1)), axis=-1)


@task("multi-head")
@pytest.mark.parametrize("function", [split_heads, merge_heads], ids=lambda each: each.name)
def test_heads_in_all_sizes(student, reference, rng, function):
    """Heads are split and merged in all sizes, more heads than positions too, and call after call"""
    function.battery(student, rng, reference, also={"for more heads": {"heads": 5, "N": 2}})


# Whatever broadcasts to (B, heads, N, M), where sizes differ and where some are equal.
HEADS = {where: {"heads": 3, **sizes} for where, sizes in SIZES.items()}
HEADS[" where B = heads"] = {"B": 3, "heads": 3}
HEAD_MASKS = {
    f"for a mask ({', '.join(shape.split())}){where}": {"mask": arg.mask(shape), **sizes}
    for shape in ("1 M", "N M", "heads N M", "heads 1 M", "B 1 1 M", "B 1 N M", "B heads N M")
    for where, sizes in HEADS.items()
}


@task("multi-head")
def test_multi_head_in_all_sizes(student, reference, rng):
    """`multi_head` is right in all sizes, for masks of all shapes, and call after call"""
    square = {"heads": 3, "d": 2, "D": 6, "C": 6, "O": 6}
    also = {**HEAD_MASKS, "for square weights": square, "for one sequence": {"B": 1}}
    multi_head.battery(student, rng, reference, also=also, B=2)


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
    {"n": arg.size("n"), "D": arg.size("D"), "base": arg.optional(100.0)},
    returns="P",
    sizes={"D": (2, 4, 6, 8, 10)},
    **LOOSE,
)
def positional_encoding(n, D, base=10000.0):
    """Sine and cosine as the two parts of a complex number that turns."""
    speeds = np.exp(-np.log(base) * np.arange(D // 2) * 2 / D)
    hands = np.exp(1j * np.outer(np.arange(n), speeds))
    return np.stack([hands.imag, hands.real], axis=-1).reshape(n, D)


@task("positions")
@pytest.mark.parametrize("settings", [{"n": 7, "D": 6, "base": 100.0}, {"n": 40, "D": 8}], ids=str)
def test_encoding(student, reference, rng, settings):
    """`positional_encoding` is right for this size, with another base and with the usual one"""
    positional_encoding.check(student, rng, reference, **settings)


@task("positions")
def test_encoding_in_all_sizes(student, reference, rng):
    """`positional_encoding` is right in all sizes, for many positions, and call after call"""
    also = {
        "for a base of 9": {"n": 3, "D": 10, "base": 9.0},
        # One speed, 1: float32 has exact angles.
        "for many positions": {"n": 6000, "D": 2},
    }
    positional_encoding.battery(student, rng, reference, also=also)


def another_order(rng, N):
    order = rng.permutation(N)
    return np.roll(order, 1) if (order == np.arange(N)).all() else order


@Function.of(
    {
        "_W": "D D",
        "layer": lambda rng, _W: lambda X: np.cumsum(np.tanh(np.asarray(X) @ _W), axis=0),
        "X": "N D",
        "order": another_order,
    },
    returns="the error",
    **LOOSE,
)
def equivariance_error(layer, X, order):
    return np.max(np.abs(layer(X[order]) - layer(X)[order]))


@task("positions")
@pytest.mark.parametrize("order", [(2, 0, 1), (2, 0, 1, 4, 5, 3)], ids=str)
def test_equivariance_error(student, reference, rng, order):
    """The error of a recurrent layer is right for an order that is not its own inverse"""
    equivariance_error.check(student, rng, reference, N=len(order), order=np.array(order))


LAYERS = {
    "a narrow layer": lambda rng, _W: lambda X: np.cumsum(np.asarray(X) @ _W[:, :1], axis=0),
    "a wide layer": lambda rng, _W: lambda X: np.cumsum(np.asarray(X) @ np.hstack([_W, _W]), 0),
    # Whole numbers, which float32 holds exactly.
    "large outputs": lambda rng: lambda X: 1e6 + np.cumsum(np.round(3 * np.asarray(X)), axis=0),
    "an equivariant layer": lambda rng, _W: lambda X: np.asarray(X) ** 2,
    "a layer that negates": lambda rng: lambda X: -np.cumsum(np.abs(np.asarray(X)), axis=0),
}


@task("positions")
def test_equivariance_error_in_all_sizes(student, reference, rng):
    """The error is right for tokens in all sizes, for layers of another width, and call after call"""
    also = {f"for {which}": {"layer": arg.own(layer)} for which, layer in LAYERS.items()}
    also["for whole numbers"] = {"X": arg.integers("N D", "5")}
    equivariance_error.battery(student, rng, reference, also=also)


# Task 8, encoder


def tokens(rng, B, D, scale=1.0):
    """Rows of different lengths whose mean is not zero."""
    return scale * (rng.normal(size=(*B, D)) * rng.uniform(0.5, 3, size=(*B, 1)) + 0.7)


@Function.of(
    {"X": "*B D", "gamma": arg.uniform("D", 0.5, 2), "beta": "D", "eps": arg.optional(0.3)},
    returns="the result",
    large=30,
    **LOOSE,
)
@in_torch
def layer_norm(X, gamma, beta, eps=1e-5):
    return torch.nn.functional.layer_norm(X, gamma.shape, gamma, beta, eps)


@task("encoder")
@pytest.mark.parametrize("front", [(), (3, 5)], ids=str)
def test_layer_norm(student, reference, rng, front):
    """`layer_norm` agrees with torch for these axes in front, and leaves its arguments alone"""
    layer_norm.check(student, rng, reference, B=front, D=7, eps=..., X=arg.own(tokens))
    # Where nothing is said of eps it is 1e-5, which shows in small numbers.
    small = arg.own(lambda rng, B, D: tokens(rng, B, D, scale=1 / 300))
    layer_norm.check(student, rng, B=front, D=7, X=small)


@task("encoder")
def test_layer_norm_in_all_sizes(student, reference, rng):
    """`layer_norm` is right in all sizes, for tokens of equal or of close entries, call after call"""
    equal = arg.own(lambda rng, D: rng.normal(size=(4, 1)).repeat(D, axis=1))
    # Quarters are exact in float32, and the squares of numbers near 1000 are not.
    far = arg.own(lambda rng, D: 1000 + rng.integers(-9, 9, size=(5, D)) / 4)
    also = {"for tokens of equal entries": {"X": equal}, "for numbers near 1000": {"X": far}}
    layer_norm.battery(student, rng, reference, also=also)


@Function.of(
    {
        "X": arg.uniform("*B D", 0.5, 4),
        "rate": arg.uniform("", 0.2, 0.8),
        "seed": arg.optional(arg.seed()),  # public
    },
    returns="the result",
    **LOOSE,
)
def dropout(X, rate, seed=None):
    if seed is None:
        return X
    return X * (np.random.default_rng(seed).random(X.shape) >= rate) / (1 - rate)


@task("encoder")
def test_dropout_in_all_sizes(student, reference, rng):
    """`dropout` is right in all sizes, at both ends of the rate, for seed after seed"""
    also = {
        f"for seed {seed} and rate {rate}": {"B": (3,), "D": 9, "seed": seed, "rate": rate}
        for seed, rate in ((0, 0.5), (1, 0.5), (2, 0.0), (0, 0.95), (None, 0.0))
    }
    also["for numbers of both signs"] = {"X": arg.weights("D D"), "seed": 3}
    dropout.battery(student, rng, reference, also=also)


@task("encoder")
def test_dropout(student, reference, rng):
    """While training entries drop out and the others grow; at evaluation nothing happens"""
    X = rng.normal(size=(3, 40)) + 2
    close(student.dropout(X, 0.6), X, name="the result at evaluation")
    for seed, rate in ((0, 0.7), (..., 0.2)):
        dropout.check(student, rng, reference, B=3, D=40, rate=rate, seed=seed)


@task("encoder")
@pytest.mark.parametrize("norm", [{}, {"norm_first": True}], ids=["post-norm", "pre-norm"])
def test_block(student, reference, rng, norm):
    """The block equals torch's `TransformerEncoderLayer` at evaluation, whatever the rate"""
    encoder_block.check(student, rng, reference, D=6, heads=3, eps=0.3, rate=..., **norm)


def block_by_hand(X, attention, p, norm_first=False, eps=1e-5, rate=0.1, seed=None):
    def norm(X, which):
        return layer_norm(X, p[f"gamma{which}"], p[f"beta{which}"], eps)

    def second(X):
        hidden = np.maximum(X @ p["W1"] + p["b1"], 0)
        return dropout(hidden @ p["W2"] + p["b2"], rate, None if seed is None else seed + 1)

    if norm_first:
        X1 = X + dropout(attention(norm(X, 1)), rate, seed)
        return X1 + second(norm(X1, 2))
    X1 = norm(X + dropout(attention(X), rate, seed), 1)
    return norm(X1 + second(X1), 2)


TRAINING_BLOCK = Function(
    "encoder_block", BLOCK_ARGUMENTS, truth=block_by_hand, returns="the output", **LOOSE
)
ANY_BLOCK = Function(
    "encoder_block",
    {
        "_W": arg.weights("D D"),
        "X": "B N D",
        "attention": lambda rng, _W: lambda X: np.cumsum(np.asarray(X) @ _W, axis=1),
        "params": {
            **{f"gamma{which}": arg.uniform("D", 0.5, 2) for which in "12"},
            **{f"beta{which}": "D" for which in "12"},
            **{"W1": arg.weights("D F"), "b1": "F", "W2": arg.weights("F D"), "b2": "D"},
        },
        **{name: BLOCK_ARGUMENTS[name] for name in ("norm_first", "eps", "rate", "seed")},
    },
    truth=block_by_hand,
    returns="the output",
    large=10,
    **LOOSE,
)


@task("encoder")
@pytest.mark.parametrize("norm_first", [False, True], ids=["post-norm", "pre-norm"])
def test_block_in_all_sizes(student, reference, rng, norm_first):
    """The block is right in all sizes, for unusual numbers, seed after seed, and call after call"""
    sizes = {"B": 2, "N": 3, "D": 4, "F": 5}
    also = {
        f"for seed {seed} and rate {rate}": {**sizes, "seed": seed, "rate": rate}
        for seed, rate in ((0, 0.5), (1, 0.5), (0, 0.2))
    }
    ANY_BLOCK.battery(student, rng, reference, also=also, norm_first=norm_first)


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
    large=5,
    **LOOSE,
)
@in_torch
def additive_attention(s, H, W_s, W_h, v):
    each = [torch.tanh(s @ W_s + H[:, t] @ W_h) @ v for t in range(H.shape[1])]
    weights = torch.softmax(torch.stack(each, dim=1), dim=1)
    return torch.einsum("bt,bte->be", weights, H), weights


@task("decoder")
@pytest.mark.parametrize("sizes", [{}, {"B": 2, "T": 7}], ids=str)
def test_additive_attention(student, reference, rng, sizes):
    """`additive_attention` is right for other sizes, and keeps its arguments"""
    additive_attention.check(student, rng, reference, **sizes)


@task("decoder")
def test_additive_attention_in_all_sizes(student, reference, rng):
    """`additive_attention` is right in all sizes, for scores up to ±1000, and call after call"""
    # Far out tanh is ±1: all scores of the first are near 1000, all of the second near -1000.
    H = 64.0 * rng.choice([-1, 1], size=(3, 9, 2))
    H[0, :, 0], H[1, :, 0] = 64, -64
    far = {"s": np.zeros((3, 2)), "H": H, "W_s": np.eye(2), "W_h": np.eye(2)}
    far["v"] = np.array([999.5, 0.5])
    also = {"for many states": {"T": 130}, "for scores up to ±1000": far}
    additive_attention.battery(student, rng, reference, also=also)


def torch_decoder(rng, D, F):
    """torch's decoder layer of two heads, with random weights."""
    torch.manual_seed(int(rng.integers(1 << 30)))
    layer = torch.nn.TransformerDecoderLayer(D, 2, F, batch_first=True).double().eval()
    for weights in layer.parameters():
        torch.nn.init.normal_(weights, mean=0.2, std=weights.shape[-1] ** -0.5)
    return layer


def attend(module):
    def called(queries, context, mask):
        forbidden = None if mask is None else ~allowed(queries, context, mask)
        arrays = map(np.asarray, (queries, context, context))
        return in_torch(module)(*arrays, attn_mask=forbidden)[0]

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


def mean_of_allowed(rng, D):
    """An attention whose weights are those of the context's places."""
    W, places = rng.normal(size=(D, D)) / D**0.5, rng.uniform(1, 2, size=200)

    def attention(queries, context, mask):
        weights = places[: np.shape(context)[1]] * allowed(queries, context, mask)
        means = weights / weights.sum(axis=1, keepdims=True) @ np.asarray(context)
        return np.tanh(np.asarray(queries) @ W) * means

    return attention


def of_each(rng, D):
    W = rng.normal(size=(D, D)) / D**0.5
    return lambda X: np.sin(np.asarray(X) @ W)


def decoder_by_hand(Y, memory, self_attention, cross_attention, feed_forward, *norms):
    norm1, norm2, norm3 = norms
    Y1 = norm1(Y + self_attention(Y, Y, np.tri(Y.shape[1]) == 1))
    Y2 = norm2(Y1 + cross_attention(Y1, memory, None))
    return norm3(Y2 + feed_forward(Y2))


ANY_DECODER = Function(
    "decoder_block",
    {
        "Y": "B N D",
        "memory": "B M D",
        **dict.fromkeys(("self_attention", "cross_attention"), mean_of_allowed),
        **dict.fromkeys(("feed_forward", "norm1", "norm2", "norm3"), of_each),
    },
    truth=decoder_by_hand,
    returns="the block's output",
    large=3,
    **LOOSE,
)


@task("decoder", weight=2)
def test_decoder_block_in_all_sizes(student, rng):
    """The block is right in all sizes, for a single position too, and call after call"""
    also = {f"for N = {N} after others": {"N": N} for N in (7, 2, 5)}
    also["for many positions"] = {"N": 70, "B": 1}
    ANY_DECODER.battery(student, rng, also=also)


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


# As many columns as 2 and 3 heads can share.
WIDTHS = {"D": (6, 12, 18)}


@Function.of(
    MODEL, returns={1: "the array of weights", 0: "the array of logits"}, sizes=WIDTHS, **LOOSE
)
def causal_logits(params, x, heads=2):
    return torch_model(params, x, heads)


@task("language-model")
@pytest.mark.parametrize("sizes", [{"D": 12, "heads": 3}, {"D": 8}], ids=str)
def test_logits(student, reference, rng, sizes):
    """Logits and weights equal those of torch's layer for this width and number of heads"""
    causal_logits.check(student, rng, reference, **sizes)


def faint(rng, _both):
    """Parameters whose tokens vary less than layer normalisation's eps."""
    faded = {name: 1e-3 * _both[0][name] for name in ("tokens", "positions")}
    return _both[0] | faded


MODELS = {
    "for one text": {"x": arg.own(lambda rng, _both: _both[1][:1])},
    "for many texts": {"x": arg.own(lambda rng, _both: _both[1].repeat(7, 1))},
    "for texts of one letter": {"x": arg.own(lambda rng, _both: 0 * _both[1])},
    "for long texts": {"T": 30},
    "for one head": {"heads": 1},
    "for as many heads as columns": {"D": 6, "heads": 6},
    "for tokens that hardly vary": {"params": arg.own(faint)},
}


@task("language-model")
def test_logits_in_all_sizes(student, reference, rng):
    """Logits and weights are right in all sizes, for long texts, and call after call"""
    causal_logits.battery(student, rng, reference, also=MODELS)


@Function.of(MODEL, returns="the loss", sizes=WIDTHS, **LOOSE)
def next_letter_loss(params, x, heads=2):
    log_p = torch_model(params, x, heads)[0].log_softmax(-1)[:, :-1]
    return torch.nn.functional.nll_loss(log_p.flatten(0, 1), x[:, 1:].flatten())


@task("language-model")
@pytest.mark.parametrize("heads", [{}, {"heads": 1}, {"heads": 4}], ids=str)
def test_loss(student, reference, rng, heads):
    """The loss is the mean over all predicted letters, for this number of heads"""
    next_letter_loss.check(student, rng, reference, V=5, T=7, D=8, **heads)


@task("language-model")
def test_loss_in_all_sizes(student, reference, rng):
    """The loss is right in all sizes, for one text and for many, and call after call"""
    also = {where: MODELS[where] for where in ("for one text", "for many texts", "for one head")}
    also["for texts of two letters"] = {"T": 2}
    alone = {"T = 1": "a single letter is not predicted by anything"}
    next_letter_loss.battery(student, rng, reference, also=also, without=alone)


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
    if not usual:
        params, _ = model_problem(int(rng.integers(1000)), 7, 5, 12, 8, longest=9)
        batches = torch.as_tensor(rng.integers(7, size=(6, 2, 5)))
        # Large slopes, which some would clip; and nothing is said of the order of the parameters.
        params = dict(reversed((params | {"U": 8 * params["U"]}).items()))
    trained, losses = checked(student.train(params, batches, **settings), params, 6)
    unchanged(student)
    # The optimiser is another one in every call.
    again, _ = checked(student.train(params, batches, **settings), params, 6)
    ours, our_losses = reference.train(params, batches, **settings)
    first = next_letter_loss(params, batches[0], settings.get("heads", 2))
    close(losses[0], first, name="the first loss", **LOOSE)
    later = "the list of losses from the second on"
    close(losses[1:], our_losses[1:], rtol=1e-3, atol=1e-4, name=later)
    for name, value in params.items():
        for steps, found in (("six steps", trained), ("the same six in a second call", again)):
            moved, right = (np.asarray(p[name]) - value.numpy() for p in (found, ours))
            # Where a slope is nearly zero, the sign of Adam's first step is a rounding error's.
            off = np.abs(moved - right) > 5e-3 * np.abs(right).max()
            if np.mean(off) > 0.03:
                text = "it has betas of 0.9 and 0.999, no weight decay, and one rate for all steps"
                raise CheckFailed(f"after {steps} `{name}` is not where Adam takes it: {text}")


@task("language-model", weight=0.5)
def test_equal_steps(student, rng):
    """`train` makes a step for every batch, as long as the others, even if the loss hardly falls"""
    params, x = model_problem(int(rng.integers(1000)), 4, 3, 6, 5)
    # So small a rate that the slopes stay the same: each step of Adam is as long as the rate.
    for rate, steps in ((3e-7, 32), (0.0, 2)):
        trained, losses = checked(student.train(params, x.repeat(steps, 1, 1), rate), params, steps)
        first = np.full(steps, next_letter_loss(params, x, 2))
        close(losses, first, rtol=1e-3, name="the list of losses")
        moved = [np.ravel(np.asarray(trained[name]) - params[name].numpy()) for name in params]
        way = np.median(np.abs(np.concatenate(moved)))
        if abs(way - rate * steps) > 0.03 * rate * steps:
            raise CheckFailed("with equal slopes parameters do not move by the rate in each step")


ENVELOPE = Path(__file__).parent / "reference" / "cpu.json"


@task("language-model", weight=1.5)
def test_training_reaches_the_floor(student):
    """Trained on another language of the kind, the model comes as close to the floor as ours"""

    def run(seed):
        params, batches, new = problem(seed)
        trained, _ = checked(student.train(params, batches), params, len(batches))
        return excess(trained, new)

    convergence.check(run, convergence.read(ENVELOPE, "excess"), name="`train`")
