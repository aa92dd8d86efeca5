"""A query that may look nowhere becomes nan, expected are zeros.

fails: masks
says: may look nowhere is nan
tells: A query that may look nowhere becomes nan: minus infinity minus itself, or 0/0. It has to get zeros.
"""


# %% masks
def causal_mask(n):
    return np.arange(n)[:, None] >= np.arange(n)


def padding_mask(lengths, n):
    return np.arange(n) < lengths[:, None]


def masked_attention(Q, K, V, mask):
    scores = Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])
    scores = np.where(mask, scores, -np.inf)
    top = np.max(scores, axis=-1, keepdims=True)
    E = np.exp(scores - top)
    total = np.sum(E, axis=-1, keepdims=True)
    weights = E / total
    return weights @ V, weights
