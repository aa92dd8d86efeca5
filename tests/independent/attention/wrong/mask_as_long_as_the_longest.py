"""the padding mask is as long as the longest sequence

task: masks
"""

# %% masks
def padding_mask(lengths, n):
    lengths = np.asarray(lengths)
    return np.arange(max(1, lengths.max())) < lengths[:, None]


def causal_mask(n):
    return np.arange(n)[:, None] >= np.arange(n)


def masked_attention(Q, K, V, mask):
    scores = Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])
    scores = np.where(mask, scores, -np.inf)
    top = np.max(scores, axis=-1, keepdims=True)
    E = np.exp(scores - np.where(np.isfinite(top), top, 0))
    total = np.sum(E, axis=-1, keepdims=True)
    weights = E / np.where(total > 0, total, 1)
    return weights @ V, weights
