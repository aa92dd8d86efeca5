"""the causal mask is cut out of one for 64 positions

task: masks
"""

# %% masks
_TRIANGLE = np.tril(np.ones((64, 64), dtype=bool))

def causal_mask(n):
    return _TRIANGLE[:n, :n].copy()


def padding_mask(lengths, n):
    return np.arange(n) < lengths[:, None]


def masked_attention(Q, K, V, mask):
    scores = Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])
    scores = np.where(mask, scores, -np.inf)
    top = np.max(scores, axis=-1, keepdims=True)
    E = np.exp(scores - np.where(np.isfinite(top), top, 0))
    total = np.sum(E, axis=-1, keepdims=True)
    weights = E / np.where(total > 0, total, 1)
    return weights @ V, weights
