"""softmax first, then zeros, then division by the new sum (0 where it is 0): with a forbidden score 1000 above the allowed ones the row becomes all zeros

task: masks
"""

# %% masks
def causal_mask(n):
    return np.arange(n)[:, None] >= np.arange(n)


def padding_mask(lengths, n):
    return np.arange(n) < np.asarray(lengths)[:, None]


def masked_attention(Q, K, V, mask):
    scores = Q @ K.swapaxes(-1, -2) / np.sqrt(Q.shape[-1])
    top = scores.max(axis=-1, keepdims=True)
    top = np.where(np.isinf(top), 0.0, top)
    odds = np.exp(scores - top) * mask
    total = odds.sum(axis=-1, keepdims=True)
    weights = odds / np.where(total == 0, 1.0, total)
    return weights @ V, weights
