"""causal_mask holds 0 and 1 as integers, not booleans: ~mask or M[mask] then do something else

task: masks
"""

# %% masks
def causal_mask(n):
    return np.tril(np.ones((n, n), dtype=int))


def padding_mask(lengths, n):
    return np.arange(n) < np.asarray(lengths)[:, None]


def masked_attention(Q, K, V, mask):
    scores = Q @ K.swapaxes(-1, -2) / np.sqrt(Q.shape[-1])
    scores = np.where(mask, scores, -np.inf)
    top = scores.max(axis=-1, keepdims=True)
    top = np.where(np.isinf(top), 0.0, top)
    odds = np.exp(scores - top)
    total = odds.sum(axis=-1, keepdims=True)
    weights = odds / np.where(total == 0, 1.0, total)
    return weights @ V, weights
