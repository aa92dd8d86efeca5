"""The mask is taken the wrong way round: what is allowed is hidden.

fails: masks
says: inverted
"""


# %% masks
def causal_mask(n):
    return np.arange(n)[:, None] >= np.arange(n)


def padding_mask(lengths, n):
    return np.arange(n) < lengths[:, None]


def masked_attention(Q, K, V, mask):
    scores = Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])
    scores = np.where(mask, -np.inf, scores)
    top = np.max(scores, axis=-1, keepdims=True)
    E = np.exp(scores - np.where(np.isfinite(top), top, 0))
    total = np.sum(E, axis=-1, keepdims=True)
    weights = E / np.where(total > 0, total, 1)
    return weights @ V, weights
