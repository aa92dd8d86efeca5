"""What `check("...")` runs in your notebook. Read on: there is nothing secret in here.

Every check compares your answer with torch, with numerical differences or with a case worked out
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
    gradient,
    in_torch,
    normal,
    shaped,
    task,
    unpack,
)

SALT = "attention-2026"
# As wide as right answers in float32 need.
LOOSE = {"rtol": 1e-4, "atol": 1e-5}


@in_torch
def by_torch(Q, K, V, mask=None):
    """Return the output and the weights of attention, by torch."""
    scores = Q @ K.mT / Q.shape[-1] ** 0.5
    if mask is not None:
        scores = scores.masked_fill(~mask, -torch.inf)
    A = torch.softmax(scores, dim=-1)
    return A @ V, A


# 1 by-hand


@draw("by-hand")
def own_query(rng):
    """Draw a query, keys and values with scores that differ clearly."""
    while True:
        query, keys, values = (
            rng.uniform(-2, 2, size=shape).round(1) + 0.0 for shape in (2, (3, 2), (3, 2))
        )
        scores = np.sort(keys @ query / np.sqrt(2))
        if np.min(np.diff(scores)) > 0.3 and scores[-1] - scores[0] < 2.5:
            _, weights = by_torch(query[None], keys, values)
            if np.min(np.abs(weights @ values)) > 0.1:
                return {"query": query.tolist(), "keys": keys.tolist(), "values": values.tolist()}


@task("by-hand")
def test_your_numbers_belong_together(student, variant):
    """The weights are those of the scores, the output is their mean of the values"""
    answers = student.get("my_attention")
    scores = entry(answers, "scores", "my_attention")
    odds = np.exp(shaped(scores, (3,), name='my_attention["scores"]'))
    weights = odds / odds.sum()
    hand = {"rtol": 2e-3, "atol": 2e-4}
    close(entry(answers, "weights", "my_attention"), weights, name="the array of weights", **hand)
    output = weights @ np.array(variant["values"])
    close(entry(answers, "output", "my_attention"), output, name="the output", **hand)


# 2 attention

# The weights first: what is wrong with them is wrong with the output, too.
ATTENDED = {1: "the array of weights", 0: "the output"}
EXAMPLE = (
    np.array([[1.0, 0.0]]),
    np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]]),
    np.array([[1.0, 0.0], [0.0, 2.0], [3.0, 3.0]]),
)


@Function.of({"Z": "*B N M", "axis": arg.optional(1)}, returns="the softmax", large=200, **LOOSE)
@in_torch
def softmax(Z, axis=-1):
    return torch.softmax(Z, dim=axis)


@task("attention", weight=0.5)
@pytest.mark.parametrize("axis", [0, -1])
def test_softmax_along_an_axis(student, rng, axis):
    """`softmax` agrees with torch for an array of shape (3, 5), along this axis"""
    softmax.check(student, rng, N=3, M=5, axis=axis)


@task("attention")
def test_the_worked_example(student):
    """`attention` gives the output and the weights of task 1's example"""
    by_hand = [[1.604448, 1.598888]], [[0.401112, 0.197776, 0.401112]]
    close(student.attention(*EXAMPLE), by_hand, rtol=1e-4, name=ATTENDED)


# 3 scaling


@task("scaling")
def test_statistics_of_two_queries(student):
    """Two queries of length 4 with three keys each, worked out by hand"""
    Q = np.array([[1.0, 1.0, 0.0, 0.0], [0.0, 2.0, 0.0, -1.0]])
    K = np.zeros((2, 3, 4))
    K[0, 0, 0] = K[1, 2, 1] = 2.0
    # The dot products are (2, 0, 0) and (0, 0, 4): mean 1, mean square 20/6.
    found = student.score_statistics(Q, K)
    e = np.exp(np.array([1.0, 2.0, 4.0]))
    tops = e / (e + 2)
    expected = {
        "variance": 20 / 6 - 1,
        "top_unscaled": (tops[1] + tops[2]) / 2,
        "top_scaled": (tops[0] + tops[1]) / 2,
    }
    close(found, expected, name={name: name for name in expected}, **LOOSE)


# 4 masks


@task("masks", weight=0.5)
def test_masks_of_three_and_four(student):
    """`causal_mask(3)` and `padding_mask([2, 0, 4], 4)` are what they are by hand"""
    equal(student.causal_mask(3), np.tril(np.ones((3, 3))) == 1, name="the causal mask")
    padding = np.array([[1, 1, 0, 0], [0, 0, 0, 0], [1, 1, 1, 1]]) == 1
    equal(student.padding_mask(np.array([2, 0, 4]), 4), padding, name="the padding mask")


@task("masks")
def test_attention_with_a_mask(student, rng):
    """`masked_attention` agrees with torch where every query may look somewhere"""
    Q, K, V = normal(rng, (3, 2), (4, 2), (4, 5))
    mask = np.array([[1, 0, 0, 0], [1, 0, 1, 1], [0, 1, 1, 0]]) == 1
    found = student.masked_attention(Q, K, V, mask)
    close(found, by_torch(Q, K, V, mask), name=ATTENDED, **LOOSE)


# 5 backward

BACKWARD = Derivation(
    given={"q": (3,), "K": (4, 3), "V": (4, 2), "g": (2,), "d": ()},
    forward={"s": "K @ q/sqrt(d)", "a": "softmax(s)", "o": "a @ V", "loss": "dot(g, o)"},
    lines=[
        Line("dl_da", derivative=("loss", "a")),
        Line("dl_dV", derivative=("loss", "V")),
        Line("dl_ds", derivative=("loss", "s")),
        Line("dl_dq", derivative=("loss", "q")),
        Line("dl_dK", derivative=("loss", "K")),
    ],
    positive={"d"},
)


@task("backward", weight=0.4)
@pytest.mark.parametrize("line", BACKWARD.names)
def test_line(student, line):
    """The line equals the derivative it stands for"""
    BACKWARD.check(student.get("backward_lines"), line)


@task("backward", weight=0.5)
@pytest.mark.parametrize("name", ["Q", "K", "V"])
def test_slopes(student, rng, name):
    """The gradient is the slope of a loss, for 3 queries and 4 keys"""
    upstream, Q, K, V = normal(rng, (3, 5), (3, 2), (4, 2), (4, 5))
    arrays = {"Q": Q, "K": K, "V": V}

    def loss(A):
        return float(np.sum(upstream * by_torch(**(arrays | {name: A}))[0]))

    found = entry(student.attention_backward(upstream, **arrays), name)
    gradient.check(loss, found, arrays[name], tol=1e-4, names=[name])


# 6 multi-head


@task("multi-head", weight=0.5)
def test_heads_of_the_numbers_0_to_23(student):
    """Two heads of 12 numbers, for 2 positions of 6 columns in 2 sequences; and back"""
    X = np.arange(24.0).reshape(2, 2, 6)
    heads = shaped(student.split_heads(X, 2), (2, 2, 2, 3), name="the array of heads")
    close(heads[0, 0], [[0, 1, 2], [6, 7, 8]], name="head 0 of the first sequence")
    close(heads[1, 1], [[15, 16, 17], [21, 22, 23]], name="head 1 of the second sequence")
    close(student.merge_heads(np.array(heads)), X, name="the array of merged heads")


@task("multi-head", weight=0.5)
def test_two_heads_are_two_attentions(student, rng):
    """`multi_head` is attention of the left columns, and of the right ones, side by side"""
    X, C = rng.normal(size=(1, 3, 5)), rng.normal(size=(1, 4, 2))
    shapes = {"W_q": (5, 6), "W_k": (2, 6), "W_v": (2, 6), "W_o": (6, 7)}
    p = {name: rng.normal(size=shape) for name, shape in shapes.items()}
    Q, K, V = X[0] @ p["W_q"], C[0] @ p["W_k"], C[0] @ p["W_v"]
    both = [by_torch(Q[:, part], K[:, part], V[:, part])[0] for part in (np.s_[:3], np.s_[3:])]
    expected = np.hstack(both)[None] @ p["W_o"]
    close(student.multi_head(X, C, p, 2), expected, name="the output", **LOOSE)


@draw("multi-head")
def own_sizes(rng):
    """Draw the sizes of a layer."""
    heads = int(rng.choice([3, 5, 6, 7]))
    n, width, F = (int(rng.integers(*bounds)) for bounds in ((90, 400), (11, 30), (450, 999)))
    return {"n": n, "D": heads * width, "H": heads, "F": F}


@task("multi-head", weight=0.5)
@pytest.mark.parametrize("name", ["attention_parameters", "feed_forward_parameters"])
def test_parameters_as_torch_has_them(student, variant, name):
    """The number is that of torch's modules of your sizes"""
    D, F = variant["D"], variant["F"]
    modules = {
        "attention_parameters": [torch.nn.MultiheadAttention(D, variant["H"], bias=False)],
        "feed_forward_parameters": [torch.nn.Linear(D, F), torch.nn.Linear(F, D)],
    }
    count = sum(p.numel() for module in modules[name] for p in module.parameters())
    close(entry(student.get("my_counts"), name, "my_counts"), count, rtol=0, atol=0, name=name)


# 7 positions


@task("positions")
def test_two_rows_by_hand(student):
    """`positional_encoding(2, 4)` is (0, 1, 0, 1) and (0.841471, 0.540302, 0.01, 0.99995)"""
    rows = [[0, 1, 0, 1], [0.841471, 0.540302, 0.01, 0.99995]]
    close(student.positional_encoding(2, 4), rows, name="P", **LOOSE)


@task("positions")
def test_two_layers_that_are_easily_judged(student):
    """Doubling is equivariant, numbering the rows is not"""
    X, order = np.array([[1.0], [5.0], [7.0]]), np.array([2, 0, 1])
    close(student.equivariance_error(lambda X: 2 * X, X, order), 0.0, name="the error of doubling")
    # (0, 1, 2) for the permuted tokens, and (2, 0, 1) for the permuted numbers.
    found = student.equivariance_error(lambda X: np.arange(3.0)[:, None], X, order)
    close(found, 2.0, name="the error of numbering")


# 8 encoder


@task("encoder", weight=0.5)
def test_two_tokens_by_hand(student):
    """Two tokens with the variances 1 and 6, and eps = 3, give what they give by hand"""
    X = np.array([[4.0, 4.0, 6.0, 6.0], [-1.0, 3.0, 5.0, 5.0]])
    gamma, beta = np.array([1.0, 2.0, 4.0, 6.0]), np.array([10.0, 0.0, -1.0, 0.5])
    # The roots are 2 and 3, the rows before gamma and beta ∓1/2 and (-4/3, 0, 2/3, 2/3).
    by_hand = np.array([[9.5, -1.0, 1.0, 3.5], [26 / 3, 0.0, 5 / 3, 4.5]])
    close(student.layer_norm(X, gamma, beta, eps=3.0), by_hand, name="the result", **LOOSE)


PROJECTIONS = ("W_q", "W_k", "W_v", "W_o")
BLOCK = ("gamma1", "beta1", "gamma2", "beta2", "W1", "b1", "W2", "b2")


def torch_block(params, heads, norm_first, eps=1e-5):
    """Return torch's encoder layer in float64, without dropout and biases of attention."""
    (D, _), F = params["W_o"].shape, len(params["b1"])
    layer = torch.nn.TransformerEncoderLayer(
        D, heads, F, dropout=0.0, batch_first=True, norm_first=norm_first, layer_norm_eps=eps
    ).double()
    p = {name: torch.as_tensor(value, dtype=torch.float64) for name, value in params.items()}
    state = {name: torch.zeros_like(value) for name, value in layer.state_dict().items()}
    joined = torch.cat([p["W_q"], p["W_k"], p["W_v"]], dim=1)
    state |= {"self_attn.in_proj_weight": joined.T, "self_attn.out_proj.weight": p["W_o"].T}
    for which in "12":
        state |= {f"linear{which}.weight": p[f"W{which}"].T, f"linear{which}.bias": p[f"b{which}"]}
        state |= {f"norm{which}.weight": p[f"gamma{which}"], f"norm{which}.bias": p[f"beta{which}"]}
    layer.load_state_dict(state)
    return layer.eval()


def a_layer(rng, D, F, heads, norm_first=False, eps=1e-5):
    """Return torch's block with random weights, and what `encoder_block` needs of them."""
    shapes = dict.fromkeys((*BLOCK[:4], "b2"), (D,))
    shapes |= dict.fromkeys(PROJECTIONS, (D, D))
    shapes |= {"W1": (D, F), "b1": (F,), "W2": (F, D)}
    p = {name: rng.normal(size=shape) / shape[0] ** 0.25 for name, shape in shapes.items()}
    return torch_block(p, heads, norm_first, eps), {name: p[name] for name in BLOCK}


BLOCK_ARGUMENTS = {
    "_layer": a_layer,
    "X": "B N D",
    "attention": lambda rng, _layer: lambda X: in_torch(_layer[0].self_attn)(X, X, X)[0],
    "params": lambda rng, _layer: _layer[1],
    "norm_first": arg.optional(True),
    "eps": arg.optional(0.2),
    "rate": arg.optional(0.4),
    "seed": arg.optional(arg.seed()),
}


@Function.of(BLOCK_ARGUMENTS, returns="the block's output", **LOOSE)
def encoder_block(X, *_, _layer, **options):
    return in_torch(_layer[0])(X)


@task("encoder", weight=0.5)
@pytest.mark.parametrize("norm_first", [False, True], ids=["post-norm", "pre-norm"])
def test_block_equals_torch(student, rng, norm_first):
    """The block equals torch's `TransformerEncoderLayer` with the same weights, at evaluation"""
    encoder_block.check(student, rng, D=4, heads=2, norm_first=norm_first, eps=0.2)


# 9 decoder


@task("decoder", weight=0.5)
def test_context_of_two_states(student):
    """Additive attention to two states with scores 0 and ln 3, worked out by hand"""
    H = np.array([[[4.0, 0.0, 8.0], [0.0, 1.0, -4.0]]])
    s, W_s, W_h = np.array([[1.0, 0.0]]), np.array([[0.5], [9.0]]), np.array([[0.0], [0.3], [0.0]])
    # tanh(0.5) and tanh(0.8), times what makes ln 3 of their difference.
    v = np.array([np.log(3) / (np.tanh(0.8) - np.tanh(0.5))])
    by_hand = [[1.0, 0.75, -1.0]], [[0.25, 0.75]]
    found = student.additive_attention(s, H, W_s, W_h, v)
    close(found, by_hand, name={1: "the array of weights", 0: "the context"}, **LOOSE)


def allowed(queries, context, mask):
    """Return the mask that an attention is called with as an array; None is True everywhere."""
    shape = np.shape(queries)[-2], np.shape(context)[-2]
    if mask is None:
        return np.ones(shape, dtype=bool)
    # A mask of numbers is added to the scores by torch, and forbids nothing.
    if str(getattr(mask, "dtype", "")) not in ("bool", "torch.bool"):
        raise CheckFailed("an attention is called with a mask that is no array of dtype bool")
    if np.shape(mask) != shape:
        said = "a row for each query and a column for each row of context"
        raise CheckFailed(f"an attention is called with a mask that does not have {said}")
    return np.asarray(mask)


@task("decoder")
def test_steps_of_the_block(student):
    """With simple functions in the place of attention the block gives what it gives by hand"""
    Y, memory = np.array([[[1.0, 2.0], [3.0, 5.0]]]), np.full((1, 3, 2), 7.0)

    def last_allowed(queries, context, mask):
        if mask is None:
            raise CheckFailed("self-attention needs the causal mask")
        mask = allowed(queries, context, mask)
        if not mask.any(axis=1).all():
            raise CheckFailed("a position sees nothing: True is where it may look, at itself, too")
        seen = [np.flatnonzero(row)[-1] for row in mask]
        return np.asarray(context)[:, seen]

    def half_and_first(queries, context, mask):
        allowed(queries, context, mask)
        return 0.5 * np.asarray(queries) + np.asarray(context)[:, :1]

    found = student.decoder_block(
        Y,
        memory,
        last_allowed,
        half_and_first,
        lambda X: -(np.asarray(X) ** 2),
        lambda X: np.asarray(X) + 1,
        lambda X: 0.1 * np.asarray(X),
        lambda X: np.asarray(X) - 4,
    )
    # 2Y + 1, then 0.1·(1.5 of it + 7), then that minus its square and minus 4.
    Y2 = 0.1 * (1.5 * (2 * Y + 1) + 7)
    close(found, Y2 - Y2**2 - 4, name="the block's output", **LOOSE)


# 10 language-model


def model_problem(seed, V, T, D, F, longest=None):
    """Return random parameters of the model, float64, nothing zero and nothing alike."""
    generator = torch.Generator().manual_seed(seed)
    shapes = {"tokens": (V, D), "positions": (longest or T, D), "U": (D, V), "W1": (D, F)}
    shapes |= {"b1": (F,), "W2": (F, D), "b2": (D,)}
    shapes |= dict.fromkeys(PROJECTIONS, (D, D))
    shapes |= dict.fromkeys(BLOCK[:4], (D,))
    params = {}
    for name, shape in shapes.items():
        values = torch.randn(*shape, generator=generator, dtype=torch.float64)
        params[name] = values if name in ("tokens", "positions") else values / D**0.5
    return params, torch.randint(V, (3, T), generator=generator)


@task("language-model")
def test_no_letter_sees_the_future(student):
    """Other letters at the end change no logits before them, and do change those at the end"""
    params, x = model_problem(1, V=4, T=6, D=8, F=5)
    other = x.clone()
    other[:, 4:] = (x[:, 4:] + 1) % 4
    logits = (unpack(student.causal_logits(params, text), 2)[0] for text in (x, other))
    first, second = (shaped(each, (3, 6, 4), name="the array of logits") for each in logits)
    if not np.allclose(first[:, :4], second[:, :4], rtol=1e-4, atol=1e-5):
        raise CheckFailed("a letter changes the logits of positions before it: they see the future")
    if np.allclose(first[:, 4:], second[:, 4:]):
        raise CheckFailed("the logits do not depend on the letters at their own position")


@task("language-model")
def test_loss_of_equal_logits(student):
    """A model with U = 0 knows nothing: its loss is the logarithm of the number of letters"""
    params, x = model_problem(2, V=7, T=5, D=8, F=6)
    params["U"] = 0 * params["U"]
    close(student.next_letter_loss(params, x), np.log(7), name="the loss", **LOOSE)
