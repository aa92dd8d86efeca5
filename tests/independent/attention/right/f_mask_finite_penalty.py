"""a huge finite number instead of infinity, row maximum over the allowed by max with where, product with the mask at the end

task: masks
"""

# %% masks
def causal_mask(n):
    return ~np.triu(np.ones((n, n), dtype=bool), k=1)


def padding_mask(lengths, n):
    lengths = np.asarray(lengths).reshape(-1, 1)
    return np.greater(lengths, np.arange(n).reshape(1, -1))


def masked_attention(Q, K, V, mask):
    scores = np.matmul(Q, np.moveaxis(K, -1, -2)) * Q.shape[-1] ** -0.5
    allowed = np.broadcast_to(np.asarray(mask, dtype=bool), scores.shape)
    top = np.max(scores, axis=-1, keepdims=True, where=allowed, initial=-1e300)
    gaps = np.where(allowed, scores - np.where(allowed.any(-1, keepdims=True), top, 0), 0)
    odds = np.exp(gaps) * allowed
    total = odds.sum(-1, keepdims=True)
    weights = np.divide(odds, total, out=np.zeros_like(odds), where=total > 0)
    return weights @ V, weights
