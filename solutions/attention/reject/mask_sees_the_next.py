"""The causal mask is off by one: a position sees the next one, which it has to predict.

fails: masks
says: sees position i + 1
tells: The causal mask is off by one: a position sees the next one, which it has to predict.
"""


# %% masks
def causal_mask(n):
    return np.arange(n)[:, None] + 1 >= np.arange(n)


def padding_mask(lengths, n):
    return np.arange(n) < lengths[:, None]


def masked_attention(Q, K, V, mask):
    scores = Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])
    scores = np.where(mask, scores, -np.inf)
    top = np.max(scores, axis=-1, keepdims=True)
    E = np.exp(scores - np.where(np.isfinite(top), top, 0))
    total = np.sum(E, axis=-1, keepdims=True)
    weights = E / np.where(total > 0, total, 1)
    return weights @ V, weights
