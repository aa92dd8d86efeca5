"""Layer normalisation, attention, transformers."""

from __future__ import annotations

import numpy as np
import torch
from torch.nn import functional

from errata import FOUND, Three, erratum, rng, softmax


def attend(Q, K, V, mask=None):
    """Scaled dot-product attention of one head, by torch."""
    batch = (torch.tensor(np.asarray(a))[None] for a in (Q, K, V))
    return functional.scaled_dot_product_attention(*batch, attn_mask=mask)[0].numpy()


@erratum("001.45")
def eps_of_layer_normalisation() -> Three:
    a, eps = 1e-3 * np.array([1.0, 2.0, 3.0]), 1e-5
    centred = a - a.mean()
    truth = functional.layer_norm(torch.tensor(a), (3,), eps=eps)
    return centred / (a.std() + eps), centred / np.sqrt(a.var() + eps), truth


@erratum("001.47")
def the_central_moment() -> Three:
    a = np.array([1.0, 2.0, 4.0])
    return np.mean(a**2), np.mean((a - a.mean()) ** 2), torch.tensor(a).var(correction=0)


@erratum("000.23")
def values_are_what_is_averaged() -> Three:
    draw = rng()
    X, Q, K, V = draw.normal(size=(4, 5, 3))
    weights = softmax(Q @ K.T / np.sqrt(3))
    return weights @ X, weights @ V, attend(Q, K, V)


@erratum("000.24")
def which_index_the_denominator_sums_over() -> Three:
    """Where the sum over m meets keys of index m', it only counts them: all weights are 1/M."""
    Q, K = rng().normal(size=(2, 4, 3))
    kernel = np.exp(Q @ K.T)
    truth = attend(Q, K * np.sqrt(3), np.eye(4))  # these notes do not scale
    return kernel / (4 * kernel), kernel / kernel.sum(1, keepdims=True), truth


@erratum("001.60")
def a_head_keeps_its_weights() -> Three:
    """The numbers that a head of fixed size stores, with 8 tokens and with 16."""
    head = torch.nn.MultiheadAttention(6, 1, bias=False)
    parameters = sum(each.numel() for each in head.parameters())
    weights = [head(*3 * [torch.zeros(M, 6)])[1].numel() for M in (8, 16)]
    right = [parameters + M * M for M in (8, 16)]
    return 2 * [parameters + 64], right, [parameters + each for each in weights]


@erratum("001.61")
def a_long_vector_wins() -> Three:
    """The token that each of three attends to most."""
    X = np.array([[1.0, 0], [0, 1], [3, 3]])
    weights = softmax(X @ X.T / np.sqrt(2))
    return [0, 1, 2], [2, 2, 2], weights.argmax(1)


@erratum("001.64")
def attention_is_equivariant() -> Three:
    X, order = rng().normal(size=(4, 3)), [2, 0, 3, 1]
    return attend(X, X, X), attend(X, X, X)[order], attend(*3 * [X[order]])


FOUND["003.28"] = attention_is_equivariant


@erratum("001.65")
def who_asks_the_encoder() -> Three:
    """The second sub-layer of torch's decoder: queries from its input, and from its first one."""
    torch.manual_seed(0)
    layer = torch.nn.TransformerDecoderLayer(6, 2, 8, 0.0, batch_first=True).double().eval()
    Y, X = torch.randn(1, 4, 6).double(), torch.randn(1, 5, 6).double()
    mask = torch.nn.Transformer.generate_square_subsequent_mask(4, dtype=torch.float64)
    with torch.no_grad():
        first = layer.norm1(Y + layer.self_attn(Y, Y, Y, attn_mask=mask)[0])

        def rest(asking):
            second = layer.norm2(first + layer.multihead_attn(asking, X, X)[0])
            return layer.norm3(second + layer.linear2(torch.relu(layer.linear1(second))))

        return rest(Y), rest(first), layer(Y, X, tgt_mask=mask)


@erratum("001.67")
def masked_rows_sum_to_one() -> Three:
    scores, past = rng().normal(size=(3, 3)), np.tri(3)
    after = (softmax(scores) * past).sum(1)
    before = softmax(np.where(past > 0, scores, -np.inf)).sum(1)
    return after, before, np.ones(3)


@erratum("001.73")
def padding_is_masked() -> Three:
    """Two tokens, and two of zeros behind them; the truth has never seen the padding."""
    X = rng().normal(size=(2, 3))
    padded = np.concatenate([X, np.zeros((2, 3))])
    kept = torch.tensor([True, True, False, False])
    return attend(X, padded, padded), attend(X, padded, padded, kept), attend(X, X, X)


@erratum("003.27")
def the_variance_of_scores() -> Three:
    """Entries with variance 4: the scores over √d have variance 16, not 1."""
    q, k = 2 * rng().normal(size=(2, 20_000, 64))
    return 1, 16, round(float(np.var((q * k).sum(1) / 8)))
