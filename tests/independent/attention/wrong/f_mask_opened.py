"""opens the rows of empty queries in the caller's mask to avoid nan and zeroes their weights afterwards: results are right, the mask has changed

task: masks
"""

# %% masks
def causal_mask(n):
    return np.tri(n, dtype=bool)


def padding_mask(lengths, n):
    return np.arange(n)[None, :] < np.asarray(lengths)[:, None]


def masked_attention(Q, K, V, mask):
    mask = np.asarray(mask)
    empty = ~mask.any(axis=-1)
    mask[empty] = True
    scores = np.where(mask, Q @ K.swapaxes(-1, -2) / np.sqrt(Q.shape[-1]), -np.inf)
    weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights /= weights.sum(axis=-1, keepdims=True)
    weights = np.where(empty[..., None], 0.0, weights)
    return weights @ V, weights
