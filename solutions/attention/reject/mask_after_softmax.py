"""The mask is applied after the softmax: the weights of a row no longer sum to one.

fails: masks
says: after the softmax
"""


# %% masks
def causal_mask(n):
    return np.arange(n)[:, None] >= np.arange(n)


def padding_mask(lengths, n):
    return np.arange(n) < lengths[:, None]


def masked_attention(Q, K, V, mask):
    scores = Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])
    E = np.exp(scores - np.max(scores, axis=-1, keepdims=True))
    weights = np.where(mask, E / np.sum(E, axis=-1, keepdims=True), 0)
    return weights @ V, weights
