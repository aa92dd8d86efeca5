"""a mask of some shape is computed once and used in later calls

task: masks
"""

# %% masks
_bias = {}

def masked_attention(Q, K, V, mask):
    scores = Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])
    if mask.shape not in _bias:
        _bias[mask.shape] = np.array(mask)
    mask = _bias[mask.shape]
    scores = np.where(mask, scores, -np.inf)
    top = scores.max(axis=-1, keepdims=True)
    E = np.exp(scores - np.where(np.isinf(top), 0, top))
    total = E.sum(axis=-1, keepdims=True)
    weights = E / np.where(total > 0, total, 1)
    return weights @ V, weights


def causal_mask(n):
    return np.arange(n)[:, None] >= np.arange(n)


def padding_mask(lengths, n):
    return np.arange(n) < lengths[:, None]
