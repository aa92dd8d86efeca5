"""takes a 2-D mask with as many rows as there are batch elements for a padding mask (B, M): wrong for a common (N, M) mask if B equals N

task: masks
"""

# %% masks
def causal_mask(n):
    return np.arange(n)[:, None] >= np.arange(n)


def padding_mask(lengths, n):
    return np.arange(n) < np.asarray(lengths)[:, None]


def masked_attention(Q, K, V, mask):
    scores = Q @ K.swapaxes(-1, -2) / np.sqrt(Q.shape[-1])
    if Q.ndim == 3 and np.ndim(mask) == 2 and len(mask) == len(Q):
        mask = mask[:, None, :]
    scores = np.where(mask, scores, -np.inf)
    top = scores.max(axis=-1, keepdims=True)
    top = np.where(np.isinf(top), 0.0, top)
    odds = np.exp(scores - top)
    total = odds.sum(axis=-1, keepdims=True)
    weights = odds / np.where(total == 0, 1.0, total)
    return weights @ V, weights
