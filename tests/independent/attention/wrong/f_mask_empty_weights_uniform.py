"""a query that may look nowhere gets an output of zeros, but uniform weights 1/M are returned for it instead of zeros

task: masks
"""

# %% masks
def causal_mask(n):
    return np.arange(n)[:, None] >= np.arange(n)


def padding_mask(lengths, n):
    return np.arange(n) < np.asarray(lengths)[:, None]


def masked_attention(Q, K, V, mask):
    scores = Q @ K.swapaxes(-1, -2) / np.sqrt(Q.shape[-1])
    scores = np.where(mask, scores, -np.inf)
    top = scores.max(axis=-1, keepdims=True)
    top = np.where(np.isinf(top), 0.0, top)
    odds = np.exp(scores - top)
    total = odds.sum(axis=-1, keepdims=True)
    weights = odds / np.where(total == 0, 1.0, total)
    output = weights @ V
    nowhere = np.broadcast_to(~np.any(mask, axis=-1, keepdims=True), weights.shape)
    return output, np.where(nowhere, 1 / K.shape[-2], weights)
