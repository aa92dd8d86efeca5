"""a score of exactly 0 counts as masked

task: masks
"""

# %% masks
def masked_attention(Q, K, V, mask):
    scores = mask * (Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1]))
    scores = np.where(scores == 0, -np.inf, scores)
    top = scores.max(axis=-1, keepdims=True)
    E = np.exp(scores - np.where(np.isinf(top), 0, top))
    weights = E / np.maximum(E.sum(axis=-1, keepdims=True), 1e-300)
    return weights @ V, weights


def causal_mask(n):
    return np.arange(n)[:, None] >= np.arange(n)


def padding_mask(lengths, n):
    return np.arange(n) < lengths[:, None]
