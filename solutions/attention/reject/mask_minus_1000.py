"""A forbidden key gets the score -1000: where the allowed ones are as low, it takes its share.

fails: masks
says: is wrong
tells: A forbidden key gets a finite score such as -1000: where the allowed ones are as low, it takes its share.
"""


# %% masks
def causal_mask(n):
    return np.arange(n)[:, None] >= np.arange(n)


def padding_mask(lengths, n):
    return np.arange(n) < lengths[:, None]


def masked_attention(Q, K, V, mask):
    scores = Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])
    scores = np.where(mask, scores, -1000.0)
    top = np.max(scores, axis=-1, keepdims=True)
    E = np.exp(scores - np.where(np.isfinite(top), top, 0))
    total = np.sum(E, axis=-1, keepdims=True)
    weights = E / total * mask
    return weights @ V, weights
