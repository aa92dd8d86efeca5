"""takes a (B, 1, M) mask for padding and rebuilds it from its number of True as a prefix: a padding mask with a hole or on the left is wrong

task: masks
"""

# %% masks
def causal_mask(n):
    return np.arange(n)[:, None] >= np.arange(n)


def padding_mask(lengths, n):
    return np.arange(n) < np.asarray(lengths)[:, None]


def masked_attention(Q, K, V, mask):
    scores = Q @ K.swapaxes(-1, -2) / np.sqrt(Q.shape[-1])
    mask = np.asarray(mask)
    if mask.ndim == 3 and mask.shape[1] == 1:
        M = K.shape[-2]
        lengths = mask[:, 0].sum(axis=-1)
        mask = padding_mask(lengths, M)[:, None, :]
    scores = np.where(mask, scores, -np.inf)
    top = scores.max(axis=-1, keepdims=True)
    top = np.where(np.isinf(top), 0.0, top)
    odds = np.exp(scores - top)
    total = odds.sum(axis=-1, keepdims=True)
    weights = odds / np.where(total == 0, 1.0, total)
    return weights @ V, weights
