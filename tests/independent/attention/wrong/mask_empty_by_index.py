"""rows that see nothing are looked up in the mask before it is broadcast

task: masks
"""

# %% masks
def masked_attention(Q, K, V, mask):
    scores = Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])
    scores = np.where(mask, scores, -1e30)
    E = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = E / E.sum(axis=-1, keepdims=True)
    if mask.shape == weights.shape:
        weights[~mask.any(axis=-1)] = 0
    return weights @ V, weights


def causal_mask(n):
    return np.arange(n)[:, None] >= np.arange(n)


def padding_mask(lengths, n):
    return np.arange(n) < lengths[:, None]
