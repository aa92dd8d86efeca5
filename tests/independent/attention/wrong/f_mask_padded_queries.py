"""takes a mask with a single row, (1, M) or (B, 1, M), for padding if N equals M and forbids the padded positions as queries as well: they get zeros although they may look

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
    if mask.ndim > 1 and mask.shape[-2] == 1 and mask.shape[-1] == Q.shape[-2]:
        mask = mask & mask.swapaxes(-1, -2)
    scores = np.where(mask, scores, -np.inf)
    top = scores.max(axis=-1, keepdims=True)
    top = np.where(np.isinf(top), 0.0, top)
    odds = np.exp(scores - top)
    total = odds.sum(axis=-1, keepdims=True)
    weights = odds / np.where(total == 0, 1.0, total)
    return weights @ V, weights
