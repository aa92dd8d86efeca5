"""-10000 for minus infinity, which is not enough below -1000, and even weights are zeroed only if nobody sees anything

task: masks
"""

# %% masks
def masked_attention(Q, K, V, mask):
    scores = Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])
    scores = scores + np.where(mask, 0.0, -1000.0)
    E = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = E / E.sum(axis=-1, keepdims=True)
    seen = np.broadcast_to(mask, weights.shape).any(axis=-1, keepdims=True)
    weights = np.where(seen, weights, 0)
    return weights @ V, weights


def causal_mask(n):
    return np.arange(n)[:, None] >= np.arange(n)


def padding_mask(lengths, n):
    return np.arange(n) < lengths[:, None]
