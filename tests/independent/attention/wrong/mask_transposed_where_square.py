"""a square mask is read the other way round if it is not triangular

task: masks
"""

# %% masks
def masked_attention(Q, K, V, mask):
    mask = np.asarray(mask)
    if mask.ndim == 2 and mask.shape[0] == mask.shape[1] and not np.triu(mask, 1).any():
        allowed = mask
    elif mask.ndim == 2 and mask.shape[0] == mask.shape[1]:
        allowed = mask.T
    else:
        allowed = mask
    scores = Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])
    E = np.where(allowed, np.exp(scores - scores.max(axis=-1, keepdims=True)), 0)
    scores = np.where(allowed, scores, -np.inf)
    top = scores.max(axis=-1, keepdims=True)
    E = np.exp(scores - np.where(np.isinf(top), 0, top))
    total = E.sum(axis=-1, keepdims=True)
    weights = E / np.where(total > 0, total, 1)
    return weights @ V, weights


def causal_mask(n):
    return np.arange(n)[:, None] >= np.arange(n)


def padding_mask(lengths, n):
    return np.arange(n) < lengths[:, None]
