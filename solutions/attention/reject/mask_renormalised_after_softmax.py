"""The mask is applied after the softmax, and the rest divided by its sum: where a forbidden score is far larger, nothing is left.

fails: masks
says: underflow
tells: The mask is applied after the softmax, and the rest divided by its sum: where a forbidden score is far larger, nothing is left of the allowed ones.
"""


# %% masks
def causal_mask(n):
    return np.arange(n)[:, None] >= np.arange(n)


def padding_mask(lengths, n):
    return np.arange(n) < lengths[:, None]


def masked_attention(Q, K, V, mask):
    scores = Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])
    E = np.exp(scores - np.max(scores, axis=-1, keepdims=True))
    E = np.where(mask, E, 0)
    total = np.sum(E, axis=-1, keepdims=True)
    weights = E / np.where(total > 0, total, 1)
    return weights @ V, weights
